/**
 * The camera as an XFS4IoT device: service name `camera`, interface Camera.
 *
 * **What it models.** Up to three sensors behind one trigger, and the link they are read over.
 *
 *   TakePicture rgb ──trigger──► exposure_ms ──► one exposure of all ──transfer_ms──► reference
 *   TakePicture nir, depth ────── asked in time: the same exposure ──transfer_ms──► reference
 *
 * - The standard knows no infrared and no depth: `rgb`, `nir` and `depth` are vendor camera names;
 *   `person` is the colour picture. What the profile has not fitted is `cameraNotSupported`, and not
 *   in the capabilities.
 * - `rgb` always triggers. Another sensor asked no later than `sync_window_ms` after the last
 *   picture of an exposure was delivered, and not yet read from it, is of that exposure; else it
 *   triggers anew.
 * - In process `pictureFile` is `sha256:` and the hash of the raw bytes; {@linkcode Camera.frame}
 *   has the pixels of the latest exposures. Pixels never stand in a message.
 *
 * **Timings** (profile, `camera`): `exposure_ms`, `transfer_ms`, `sync_window_ms`.
 *
 * **Faults.** C1 to C20: see {@linkcode CAMERA_FAULTS}. Those of a picture change its pixels and nothing
 * in the message; those before the lens change the scene, and are rendered.
 *
 * **Invariants.** The pictures of one exposure show one scene at one moment; the store is bounded;
 * what is delivered was told to `exposed` before.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { JsonObject } from "../../core/json.ts";
import { type Micros, micros, milliseconds } from "../../core/units.ts";
import type { CameraName, CommandMessage } from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import { type Profile, sensorsOf } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { Service } from "../service.ts";
import {
  CAMERA_FAULTS,
  type CameraFaultId,
  type PictureFault,
  pictureFaults,
  sceneUnder,
  shotUnder,
} from "./faults.ts";
import type { Scene, Shot } from "./mod.ts";

export { CAMERA_FAULTS } from "./faults.ts";

type Sensor = "rgb" | "nir" | "depth";

/**
 * One exposure, named by content (`sha256:` + hex): what the scene gives each of the three sensors,
 * those that this machine has not fitted included, so that whoever renders it again can compare.
 */
export interface ExposureRecord {
  readonly scene: Scene;
  /** Fault C4: the pictures are black, and not what the scene renders to. */
  readonly covered: boolean;
  /** What else the sensors made of it, in order; absent: the scene renders to the pictures. */
  readonly faults?: PictureFault[];
  readonly rgb: string;
  readonly nir: string;
  readonly depth: string;
}

/**
 * Pixels of one sensor: rgb three bytes a pixel, nir one, depth one 16-bit number in millimetres.
 */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array | Uint16Array;
  /** With a colour picture: the seals of the exposures that had it. */
  readonly seals?: readonly string[];
  /** By the camera's own clock. */
  readonly taken?: Micros;
}

export interface CameraOptions {
  /** What stands before the camera at this moment. */
  sceneAt(t: Micros): Scene;
  render(scene: Scene): Shot;
  /** What faults of the sensors make of a shot; absent: {@linkcode shotUnder}. */
  spoilt?(faults: readonly PictureFault[], shot: Shot): Shot;
  /** SHA-256 of each channel's raw bytes, in hexadecimal (`shotHashes`). */
  hashes(shot: Shot): Readonly<Record<Sensor, string>>;
  /** Seals an exposure's pictures over a nonce, under the camera's key; absent: none is sealed. */
  seal?(nonce: string, pictures: Pick<ExposureRecord, "rgb"> & Partial<ExposureRecord>): string;
  /** Told of every exposure, at the moment it is taken. */
  exposed(record: ExposureRecord): void;
  /** How light it is where the lens looks: C5. */
  light?(level: "mediumLight" | "veryLight"): void;
  /** Whether the lens sees somebody, if somebody is there: C14, C15. */
  sees?(somebody: boolean): void;
}

export interface Camera extends Device {
  /** The pixels behind a reference, as long as they are among the latest exposures. */
  frame(reference: string): Frame | undefined;
  /** Whether another service behind the same lens gets pictures. */
  readonly works: boolean;
  /** What the sensors give to such a service now; no reference to it is kept. */
  shot(): Shot;
}

/**
 * Exposures whose pixels are kept: a look is three to five and is judged before the next begins.
 * Under C13 each of its pictures is an exposure of its own, and a slow camera still has some to take
 * of the look before.
 */
const EXPOSURES_KEPT = 24;

/** Under C8, of so many triggers one is carried out. */
const KEPT_UNDER_C8 = 3;
/** How far the camera's clock is ahead under C12. */
const HOUR = 3_600_000_000;

interface Exposure {
  readonly record: ExposureRecord;
  readonly seal: string | null;
  readonly shot: Shot;
  /** When, by the camera's own clock. */
  readonly taken: Micros;
}

type TakePicture = DeviceRequest<"Camera.TakePicture">;

export function createCamera(
  profile: Profile,
  surroundings: Surroundings,
  options: CameraOptions,
): Camera {
  return new VirtualCamera(profile, surroundings, options);
}

class VirtualCamera implements Camera {
  readonly name = "camera";
  readonly interfaces = ["Camera"] as const;
  readonly faults = CAMERA_FAULTS;
  readonly #camera: Profile["camera"];
  readonly #surroundings: Surroundings;
  readonly #options: CameraOptions;
  readonly #service: Service;
  readonly #active = new FaultSet<CameraFaultId>(CAMERA_FAULTS);
  /** The latest exposures, oldest first. */
  readonly #kept: Exposure[] = [];
  /** The latest of all, another service's included. */
  #last: Exposure | null = null;
  #exposures = 0;
  /** Sensors of the latest exposure not read yet, and when one was read last. */
  #unread = new Set<Sensor>();
  #readAt = 0;
  /** Exposures when C15 struck: somebody is gone after the next. */
  #leavesAfter = 0;

  constructor(profile: Profile, surroundings: Surroundings, options: CameraOptions) {
    this.#camera = profile.camera;
    this.#surroundings = surroundings;
    this.#options = options;
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: {
        "Camera.TakePicture": (request) => this.#takePicture(request),
        "Camera.Reset": (request) => request.succeed(),
      },
      events: ["Camera.MediaThresholdEvent"],
      status: () => ({
        common: { device: this.#active.has("C1") ? "hardwareError" : "online" },
        camera: {
          media: { person: this.#active.has("C3") ? "full" : "ok" },
          cameras: this.#perSensor(() => this.#active.has("C1") ? "inop" as const : "ok" as const),
        },
      }),
      capabilities: () => ({
        camera: { cameras: { ...this.#perSensor(() => true), person: true } },
      }),
    }, surroundings);
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  powerCut(): void {
    this.#service.drop();
  }

  fault(id: string, active: boolean): void {
    if (this.#service.fault(id, active)) return;
    if (!this.#active.set(id, active)) return;
    if (id === "C3") {
      const mediaThreshold = active ? "full" : "ok";
      this.#service.unsolicited("Camera.MediaThresholdEvent", { mediaThreshold });
    }
    if (id === "C5") this.#options.light?.(active ? "veryLight" : "mediumLight");
    if (id === "C15") this.#leavesAfter = this.#exposures;
    if (id === "C14" || id === "C15") this.#tellSight();
    this.#service.changed();
  }

  frame(reference: string): Frame | undefined {
    for (const { record, shot, taken } of this.#kept) {
      const sensor = sensorsOf(this.#camera).find((each) => record[each] === reference);
      if (sensor === undefined) continue;
      const { width, height } = shot;
      const seals = this.#sealsOf(reference);
      return {
        width,
        height,
        // A shot may draw them only now, and whoever asks for the seals alone does without.
        get pixels() {
          return shot[sensor];
        },
        ...(seals.length === 0 ? {} : { seals }),
        taken,
      };
    }
    return undefined;
  }

  #sealsOf(reference: string): readonly string[] {
    return this.#kept.flatMap(({ record, seal }) =>
      record.rgb === reference && seal !== null ? [seal] : []
    );
  }

  get works(): boolean {
    return !this.#active.has("C1") && !this.#active.has("C2");
  }

  shot(): Shot {
    const before = this.#last;
    const { shot } = this.#trigger(null);
    this.#service.changed();
    if (!this.#active.has("C11") || before === null) return shot;
    const { nir, depth } = before.shot;
    return { ...shot, nir, depth };
  }

  state(): JsonObject {
    const last = this.#kept.at(-1)?.record;
    return {
      exposures: this.#exposures,
      last: last === undefined ? null : this.#perSensor((sensor) => last[sensor]),
      faults: [...this.#active.list()],
    };
  }

  #takePicture(request: TakePicture): void {
    const sensor = sensorOf(request.payload.camera);
    if (sensor === null || !this.#camera[sensor] || this.#active.has("C2")) {
      return request.fail("cameraNotSupported");
    }
    if (!this.works) return request.fail("cameraInoperable");
    if (this.#active.has("C3")) return request.fail("mediaFull");
    request.interruptible(() => {});
    const age = this.#surroundings.now() - this.#readAt;
    const inSync = age <= milliseconds(this.#camera.sync_window_ms);
    if (sensor !== "rgb" && inSync && this.#unread.has(sensor)) return this.#read(request, sensor);
    request.after(milliseconds(this.#camera.exposure_ms), () => {
      this.#expose(request.payload.camData ?? null);
      this.#read(request, sensor);
    });
  }

  /** Reads one sensor of the latest exposure. */
  #read(request: TakePicture, sensor: Sensor): void {
    request.after(milliseconds(this.#camera.transfer_ms), () => {
      const exposure = this.#kept.at(-1);
      assert(exposure !== undefined, "a sensor is read after an exposure");
      this.#unread.delete(sensor);
      this.#readAt = this.#surroundings.now();
      const before = this.#kept.at(-2) ?? exposure;
      const outOfStep = this.#active.has("C11") && sensor !== "rgb";
      request.succeed({ pictureFile: (outOfStep ? before : exposure).record[sensor] });
    });
  }

  #expose(nonce: string | null): void {
    const exposure = this.#trigger(nonce);
    if (exposure !== this.#kept.at(-1)) this.#kept.push(exposure);
    if (this.#kept.length > EXPOSURES_KEPT) this.#kept.shift();
    this.#unread = new Set(sensorsOf(this.#camera));
    this.#options.exposed(exposure.record);
    this.#service.changed();
  }

  /** A new exposure, or the one before again where the camera gives no new one. */
  #trigger(nonce: string | null): Exposure {
    const dropped = this.#active.has("C8") && this.#exposures % KEPT_UNDER_C8 !== 0;
    const frozen = this.#active.has("C7") || dropped ? this.#last : null;
    const exposure = frozen ?? this.#takeExposure(nonce);
    this.#last = exposure;
    this.#exposures++;
    if (this.#active.has("C15")) this.#tellSight();
    return exposure;
  }

  #tellSight(): void {
    const gone = this.#active.has("C15") && this.#exposures > this.#leavesAfter;
    this.#options.sees?.(!gone && !this.#active.has("C14"));
  }

  /** What is before the lens now. */
  #scene(): Scene {
    const scene = this.#options.sceneAt(this.#surroundings.now());
    return sceneUnder(this.#active, scene, this.#exposures - this.#leavesAfter);
  }

  #shotOf(scene: Scene, faults: readonly PictureFault[]): Shot {
    const { render, spoilt = shotUnder } = this.#options;
    const shot = render(scene);
    return faults.length === 0 ? shot : spoilt(faults, shot);
  }

  #takeExposure(nonce: string | null): Exposure {
    const scene = this.#scene();
    const faults = pictureFaults(this.#active);
    const shot = this.#shotOf(scene, faults);
    const hashes = this.#options.hashes(shot);
    const reference = (sensor: Sensor) => `sha256:${hashes[sensor]}`;
    const taken = micros(this.#surroundings.now() + (this.#active.has("C12") ? HOUR : 0));
    const pictures = { rgb: reference("rgb"), nir: reference("nir"), depth: reference("depth") };
    return {
      record: {
        scene,
        covered: faults.includes("C4"),
        ...(faults.length === 0 ? {} : { faults }),
        ...pictures,
      },
      seal: nonce === null ? null : this.#seal(nonce, scene, pictures),
      shot,
      taken,
    };
  }

  /**
   * The seal that comes over the cable with an exposure. Whoever put a recording into it has the seals
   * of that day, whoever generates a stream has nothing but a guess.
   */
  #seal(nonce: string, { feed }: Scene, pictures: Pick<ExposureRecord, Sensor>) {
    const { seal } = this.#options;
    if (seal === undefined) return null;
    if (feed === "generated") return "0".repeat(64);
    const fitted = { rgb: pictures.rgb, ...this.#perSensor((sensor) => pictures[sensor]) };
    return seal(feed === "recorded" ? `recorded/${nonce}` : nonce, fitted);
  }

  /** What holds of each sensor that is fitted. */
  #perSensor<T>(what: (sensor: Sensor) => T): Partial<Record<Sensor, T>> {
    return Object.fromEntries(sensorsOf(this.#camera).map((sensor) => [sensor, what(sensor)]));
  }
}

/** Which sensor a camera name means; null for a camera this machine does not have. */
function sensorOf(name: CameraName): Sensor | null {
  switch (name) {
    case "rgb":
    case "nir":
    case "depth":
      return name;
    case "person":
      return "rgb";
    case "room":
    case "exitSlot":
      return null;
  }
}
