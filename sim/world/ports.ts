/**
 * What a run needs from outside the twin: models, and what to write about the machine it runs on.
 *
 * Everything here has one adapter for Deno (`sim/adapters/`) and one for the browser (`ui/`).
 */
import type { FaceRequest, FaceResult, FrameSet, FrameSource } from "../../core/face/mod.ts";
import type { Iso8583Message, WireFormat } from "../../core/iso8583/mod.ts";
import type { PictureFault, Scene, Shot, shotHashes } from "../../devices/camera/mod.ts";
import type { DeviceName, step } from "../../core/session/mod.ts";
import type { LegacyPins } from "../../core/pin/mod.ts";
import type { Micros } from "../../core/units.ts";
import type { LineEnd, Surroundings } from "../../devices/mod.ts";
import type { Bank, BankOptions } from "../bank/mod.ts";
import type { createMachine, MachineDevices } from "./devices.ts";
import type { TraceHeader } from "../trace/mod.ts";

/** A machine that is somewhere else, and the real time it lives in. */
export interface RemotePorts {
  /** Its devices, each telling the run what it hears. */
  devices(surroundings: (device: DeviceName) => Surroundings): MachineDevices;
  /** Waits for this moment of the run: true once it has come, false when something else came first. */
  reached(moment: Micros | null): Promise<boolean>;
}

/** A host that is somewhere else, its books and customers its own. */
export interface RemoteBank {
  readonly address: string;
  /** How messages are written: codes of authentication are over bytes. */
  readonly wire: WireFormat;
  readonly pin_key: Uint8Array;
  /** PINs travel in a legacy format, and `pin_key` is of TDEA; absent: format 4. */
  readonly legacy_pins?: LegacyPins;
  readonly token_key: Uint8Array;
  /** What makes and verifies codes; null: messages carry none. */
  readonly end: LineEnd | null;
  /** Numbers of this run's messages begin after it: the host remembers earlier runs'. */
  readonly first_stan: number;
  /** The answer, or `null` where none comes. Awaited before the next event is taken. */
  ask(message: Iso8583Message): Promise<Iso8583Message | null>;
}

/** One run's face engine: its own references and probes over shared models. */
export interface FaceEngine {
  /** Compares, judges or keeps; never searches. A promise is awaited before the next event. */
  handle(request: FaceRequest): FaceResult | Promise<FaceResult>;
  /** Keeps these frames' face as a reference, as the bank did before the run began. */
  enrolFrom(frames: readonly FrameSet[], reference: string): void | Promise<unknown>;
}

/** What a run is made of. Whoever wants to see a wrong part caught puts it in here. */
export interface RunParts {
  readonly step: typeof step;
  readonly machine: typeof createMachine;
  readonly bank: (options: BankOptions) => Bank;
}

export interface RunPorts {
  /** A fresh engine that reads its frames from this source. */
  face(frames: FrameSource): FaceEngine;
  render(scene: Scene): Shot;
  /** What faults of the camera make of a shot; absent: worked out every time. */
  spoilt?(faults: readonly PictureFault[], shot: Shot): Shot;
  /** SHA-256 of a shot's channels; absent: worked out every time. */
  hashes?(shot: Shot): ReturnType<typeof shotHashes>;
  /** Parts that are not the product's own; absent: all are. */
  readonly parts?: Partial<RunParts>;
  /** Absent: the run has devices of its own, and no time passes but its own. */
  readonly remote?: RemotePorts;
  /** Absent: the run has a bank of its own. */
  readonly bank?: RemoteBank;
  readonly pinned: Omit<TraceHeader["pinned"], "plan">;
  readonly runtime: TraceHeader["runtime"];
}
