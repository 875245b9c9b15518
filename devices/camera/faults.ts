/**
 * What breaks in the camera, and what goes wrong before its lens.
 *
 *   scene ──► what is before the lens (C14…C20) ──► picture ──► what the sensors make of it (C4…C13)
 *
 * @module
 */
import type { FaultEntry } from "../device.ts";
import type { FaultSet } from "../fault_set.ts";
import type { Scene, Shot } from "./mod.ts";

export const CAMERA_FAULTS = [
  {
    id: "C1",
    does: "The camera does not work",
    wire: "TakePicture cameraInoperable; cameras.* inop; device hardwareError; Biometric.Read " +
      "hardwareError",
  },
  {
    id: "C2",
    does: "The camera's cable is out: it is as if none were fitted",
    wire: "TakePicture cameraNotSupported; Biometric.Read hardwareError",
  },
  {
    id: "C3",
    does: "The camera's store is full",
    wire: "TakePicture mediaFull; Camera.MediaThresholdEvent full; media.person full",
  },
  {
    id: "C4",
    does: "Something covers the lenses: every picture is black",
    wire: "success, with a picture that is zero everywhere",
  },
  {
    id: "C5",
    does: "The sun stands in the lens: pictures are burnt out",
    wire: "success, with a colour and infrared picture at its limit; ambientLightSensor veryLight",
  },
  {
    id: "C6",
    does: "Pictures are blurred, as by a shaken or dirty lens",
    wire: "success, with a picture without edges",
  },
  {
    id: "C7",
    does: "The picture is frozen: the same bytes as the last one, whatever happens in front",
    wire: "success, with the pictureFile of an earlier exposure",
  },
  {
    id: "C8",
    does: "Frames are dropped: of three triggers one is carried out",
    wire: "success; two of three pictures are those of the exposure before",
  },
  {
    id: "C9",
    does: "The camera was mounted upside down",
    wire: "success, with pictures turned by 180 degrees",
  },
  {
    id: "C10",
    does: "The near-infrared channel is missing",
    wire: "success, with an infrared picture that is zero everywhere",
  },
  {
    id: "C11",
    does: "Colour and infrared are out of step",
    wire: "success, with infrared and depth of the exposure before",
  },
  {
    id: "C12",
    does: "The camera's clock is wrong: its frames are stamped an hour late",
    wire: "success; the picture's own time is an hour after its completion",
  },
  {
    id: "C13",
    does: "Pictures are torn: transmission ends in the middle",
    wire: "success, with pictures whose lower half is missing",
  },
  {
    id: "C14",
    does: "Nobody stands before the lens, whatever the proximity sensor says",
    wire: "Biometric.Read PresentSubjectEvent, then timeOut; TakePicture shows the empty lobby",
  },
  {
    id: "C15",
    does: "Whoever stands there leaves in the middle of a look",
    wire:
      "Biometric.SubjectRemovedEvent; TakePicture shows the empty lobby after the first picture",
  },
  {
    id: "C16",
    does: "A second face looks into the lens",
    wire: "success, with two faces in the picture; Biometric.Read readFailed",
  },
  {
    id: "C17",
    does: "The face is covered from the nose down",
    wire: "success, with half a face in the picture; Biometric.Read readFailed",
  },
  {
    id: "C18",
    does: "Whoever stands there is too far away",
    wire: "success, with a small face; Biometric.Read readFailed",
  },
  {
    id: "C19",
    does: "Somebody who looks like them stands there: a sibling",
    wire: "success, with another face; Biometric.Match a confidenceLevel near the threshold",
  },
  {
    id: "C20",
    does: "A printed photo is held before the face",
    wire: "Biometric.Read fraudAttempt, Common.ErrorEvent fraudAttempt, device fraudAttempt",
  },
] as const satisfies readonly FaultEntry[];

export type CameraFaultId = (typeof CAMERA_FAULTS)[number]["id"];

/** Faults after which the pictures are not what the scene renders to. */
const OF_PICTURES = ["C4", "C5", "C6", "C9", "C10", "C13", "C16", "C17"] as const;
export type PictureFault = (typeof OF_PICTURES)[number];

/** Whether a fault named in a trace is one that changes pictures. */
export function isPictureFault(id: string): id is PictureFault {
  return (OF_PICTURES as readonly string[]).includes(id);
}

/** Specimen of the photo that C20 holds up: beyond those that models are trained and judged on. */
const PHOTO = 5_000;
const FAR_MM = 1_400;

/** What is before the lens while these faults are on; `looks`: exposures since C15 came on. */
export function sceneUnder(
  faults: FaultSet<CameraFaultId>,
  scene: Scene,
  looks: number,
): Scene {
  let seen = scene;
  if (faults.has("C14") || (faults.has("C15") && looks > 0)) {
    return { ...scene, subject: null, attack: null };
  }
  const { subject } = seen;
  if (subject === null) return seen;
  if (faults.has("C18")) seen = { ...seen, head: { ...seen.head, distance_mm: FAR_MM } };
  if (faults.has("C19")) seen = { ...seen, subject: { ...subject, kin: "sibling" } };
  if (faults.has("C20") && seen.attack === null) {
    seen = { ...seen, attack: { species: "printed-photo", instrument: PHOTO } };
  }
  return seen;
}

/** Those of the faults that are on and change what a picture shows, in the order they work. */
export function pictureFaults(faults: FaultSet<CameraFaultId>): PictureFault[] {
  return OF_PICTURES.filter((id) => faults.has(id));
}

/** The pictures as the sensors deliver them. Pure: whoever renders the scene again gets the same. */
export function shotUnder(faults: readonly PictureFault[], shot: Shot): Shot {
  return faults.reduce((seen, fault) => WORKS[fault](seen), shot);
}

const WORKS: { readonly [Id in PictureFault]: (shot: Shot) => Shot } = {
  C4: (shot) => each(shot, (pixels) => pixels.fill(0)),
  C5: (shot) => ({
    ...shot,
    rgb: new Uint8Array(shot.rgb.length).fill(255),
    nir: new Uint8Array(shot.nir.length).fill(255),
  }),
  C6: (shot) => ({ ...shot, rgb: blurred(shot, shot.rgb, 3), nir: blurred(shot, shot.nir, 1) }),
  C9: (shot) => ({
    ...shot,
    rgb: turned(shot.rgb, 3),
    nir: turned(shot.nir, 1),
    depth: shot.depth.toReversed(),
  }),
  C10: (shot) => ({ ...shot, nir: new Uint8Array(shot.nir.length) }),
  C13: (shot) => each(shot, (pixels) => pixels.fill(0, pixels.length / 2)),
  C16: (shot) => ({ ...shot, rgb: doubled(shot, shot.rgb, 3), nir: doubled(shot, shot.nir, 1) }),
  C17: (shot) => ({ ...shot, rgb: masked(shot, shot.rgb, 3), nir: masked(shot, shot.nir, 1) }),
};

/** The same done to a copy of each channel. */
function each(shot: Shot, work: (pixels: Uint8Array | Uint16Array) => void): Shot {
  const [rgb, nir, depth] = [shot.rgb.slice(), shot.nir.slice(), shot.depth.slice()];
  for (const pixels of [rgb, nir, depth]) work(pixels);
  return { ...shot, rgb, nir, depth };
}

function turned(pixels: Uint8Array, samples: number): Uint8Array {
  const out = new Uint8Array(pixels.length);
  const count = pixels.length / samples;
  for (let i = 0; i < count; i++) {
    for (let s = 0; s < samples; s++) {
      out[samples * (count - 1 - i) + s] = pixels[samples * i + s] ?? 0;
    }
  }
  return out;
}

/** A running mean across and down, wide enough that no edge of a face is left. */
function blurred({ width, height }: Shot, pixels: Uint8Array, samples: number): Uint8Array {
  const across = mean(pixels, width, height, samples, samples, samples * width);
  return mean(across, height, width, samples, samples * width, samples);
}

const REACH = 9;

function mean(
  pixels: Uint8Array,
  length: number,
  lines: number,
  samples: number,
  step: number,
  line: number,
): Uint8Array {
  const out = new Uint8Array(pixels.length);
  for (let y = 0; y < lines; y++) {
    for (let s = 0; s < samples; s++) {
      const at = (x: number) => {
        const inside = Math.min(length - 1, Math.max(0, x));
        return pixels[y * line + inside * step + s] ?? 0;
      };
      let sum = 0;
      for (let x = -REACH; x <= REACH; x++) sum += at(x);
      for (let x = 0; x < length; x++) {
        out[y * line + x * step + s] = Math.round(sum / (2 * REACH + 1));
        sum += at(x + REACH + 1) - at(x - REACH);
      }
    }
  }
  return out;
}

/** The middle of the picture twice, side by side: whoever stands there stands there two times. */
function doubled({ width, height }: Shot, pixels: Uint8Array, samples: number): Uint8Array {
  const out = new Uint8Array(pixels.length);
  const half = width / 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = half / 2 + x % half;
      for (let s = 0; s < samples; s++) {
        out[(y * width + x) * samples + s] = pixels[(y * width + from) * samples + s] ?? 0;
      }
    }
  }
  return out;
}

/** Grey cloth over the lower half of the picture. */
function masked({ width, height }: Shot, pixels: Uint8Array, samples: number): Uint8Array {
  const out = pixels.slice();
  return out.fill(120, Math.floor(height / 2) * width * samples);
}
