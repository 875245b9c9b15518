/** `camera`: pictures from the virtual camera, with their ground truth. */
import { encode } from "fast-png";
import {
  type AttackSpecies,
  randomScene,
  render,
  type Scene,
  type Shot,
} from "../../devices/camera/mod.ts";
import { POPULATION } from "../people/mod.ts";
import { InputError } from "../plan/mod.ts";
import { runStream } from "../prng/mod.ts";
import { writableFolder, writeWhole } from "./files.ts";
import { breathe, interruption, print, Progress } from "./terminal.ts";

export interface CameraVerbOptions {
  readonly person: number;
  readonly shots: number;
  readonly attack?: AttackSpecies;
  readonly seed: number;
  readonly out: string;
}

/** Attack instruments of this verb; those of training, calibration and test lie below. */
const INSTRUMENT = 6000;

/** Returns the exit code: 0 done, 130 interrupted (what was written is whole and listed). */
export async function cameraVerb(options: CameraVerbOptions): Promise<number> {
  if (options.person >= POPULATION) {
    throw new InputError({
      file: "camera",
      field: "--person",
      message: `there is no person ${options.person}; use 0 to ${POPULATION - 1}`,
    });
  }
  await writableFolder(options.out);
  const progress = new Progress("rendering", options.shots);
  const interrupted = interruption();
  const listed: object[] = [];
  for (let n = 0; n < options.shots && !interrupted.asked; n++) {
    listed.push(await writeShot(render(sceneOf(options, n)), n, options));
    progress.step();
    await breathe();
  }
  progress.clear();
  interrupted.stop();
  await writeWhole(`${options.out}/shots.json`, JSON.stringify(listed, null, 1) + "\n");
  print(`${listed.length} shots of person ${options.person} in ${options.out}`);
  return listed.length === options.shots ? 0 : 130;
}

function sceneOf({ person, attack, seed }: CameraVerbOptions, n: number): Scene {
  const stream = runStream(seed, `camera/${person}/${n}`);
  const visit = stream.integer(1, 9);
  const scene = randomScene({ person, kin: "self", visit }, stream);
  if (attack === undefined) return scene;
  return { ...scene, attack: { species: attack, instrument: INSTRUMENT + stream.integer(0, 999) } };
}

async function writeShot(shot: Shot, n: number, options: CameraVerbOptions): Promise<object> {
  const { width, height, truth } = shot;
  const number = String(n).padStart(3, "0");
  const names = {
    rgb: `rgb-${number}.png`,
    nir: `nir-${number}.png`,
    depth: `depth-${number}.png`,
  };
  const grey = { width, height, channels: 1 } as const;
  await writeWhole(
    `${options.out}/${names.rgb}`,
    encode({ width, height, channels: 3, depth: 8, data: shot.rgb }),
  );
  await writeWhole(`${options.out}/${names.nir}`, encode({ ...grey, depth: 8, data: shot.nir }));
  await writeWhole(
    `${options.out}/${names.depth}`,
    encode({ ...grey, depth: 16, data: shot.depth }),
  );
  return {
    ...names,
    person: options.person,
    attack: options.attack ?? null,
    box: truth?.box ?? null,
    landmarks: truth?.landmarks ?? null,
    yaw_deg: truth?.yaw_deg ?? null,
    pitch_deg: truth?.pitch_deg ?? null,
    roll_deg: truth?.roll_deg ?? null,
    distance_mm: truth?.distance_mm ?? null,
  };
}
