/**
 * What can break around the devices of a run, each as something that a plan can name.
 *
 * @module
 */
import type { FaceRequest, FaceResult } from "../../core/face/mod.ts";
import { BIOMETRIC_FAULTS } from "../../devices/mod.ts";
import {
  type Breakable,
  CLOCK_FAULTS,
  FACE_FAULTS,
  PROGRAM_FAULTS,
  SERVICES_FAULTS,
} from "../faults/mod.ts";
import type { Computer } from "./computer.ts";
import type { MachineDevices } from "./devices.ts";
import type { FaceEngine } from "./ports.ts";

const HOUR_MS = 3_600_000;
const BEHIND_MS = 7 * 60_000;

/** How far the machine's clock is ahead of the bank's. */
export class WallClock implements Breakable {
  readonly name = "clock";
  readonly faults = CLOCK_FAULTS;
  readonly #on = new Set<string>();

  fault(id: string, active: boolean): void {
    if (active) this.#on.add(id);
    else this.#on.delete(id);
  }

  get ahead_ms(): number {
    return (this.#on.has("E11") ? HOUR_MS : 0) - (this.#on.has("N15") ? BEHIND_MS : 0);
  }
}

/** The face engine of a run, which may fall silent, or lose what it kept. */
export class FrailFace implements FaceEngine {
  readonly #engine: FaceEngine;
  readonly #on = new Set<string>();
  /** As two things that can be broken: what judges, and what keeps templates. */
  readonly breakables: readonly Breakable[];

  constructor(engine: FaceEngine) {
    this.#engine = engine;
    const fault = (id: string, active: boolean) =>
      void (active ? this.#on.add(id) : this.#on.delete(id));
    this.breakables = [
      { name: "face", faults: FACE_FAULTS, fault },
      { name: "biometric", faults: BIOMETRIC_FAULTS, fault },
    ];
  }

  /** Whether no answer to this comes. */
  silentTo({ op }: FaceRequest): boolean {
    return this.#on.has("N16") && (op === "assess" || op === "verify");
  }

  handle(request: FaceRequest): FaceResult | Promise<FaceResult> {
    const full = this.#on.has("C21") || this.#on.has("C24");
    if (request.op === "enrol" && full) {
      return { op: "enrol", capture: request.capture, verdict: "not_kept" };
    }
    const result = this.#engine.handle(request);
    const lost = this.#on.has("C22") || this.#on.has("C24");
    if (!lost) return result;
    return result instanceof Promise ? result.then(withoutReference) : withoutReference(result);
  }

  enrolFrom(...given: Parameters<FaceEngine["enrolFrom"]>): void | Promise<unknown> {
    return this.#engine.enrolFrom(...given);
  }
}

function withoutReference(result: FaceResult): FaceResult {
  return result.op === "verify" ? { ...result, verdict: "no_reference", score: null } : result;
}

/** The program that the core runs in: it may crash, and starts again from what it wrote down. */
function programOf(computer: Computer): Breakable {
  return {
    name: "program",
    faults: PROGRAM_FAULTS,
    fault: (_id, active) => {
      if (active) computer.cut("program");
      else computer.returns("program");
    },
  };
}

/** The line to every service at once. */
function servicesOf(devices: MachineDevices): Breakable {
  return {
    name: "services",
    faults: SERVICES_FAULTS,
    fault: (id, active) => {
      // Where the publisher is matters to who looks for it, and the core of a run has found it.
      if (id !== "N17" || !active) return;
      for (const device of Object.values(devices)) {
        device.fault("G1", true);
        device.fault("G1", false);
      }
    },
  };
}

/** What can break around the devices, the clock apart. */
export function aroundOf(
  face: FrailFace,
  computer: Computer,
  devices: MachineDevices,
): readonly Breakable[] {
  return [...face.breakables, programOf(computer), servicesOf(devices)];
}
