/**
 * A machine without a core, a bank or a plan: its devices under a clock that somebody else advances.
 *
 *   commands ─► devices ─messages─► whoever listens
 *                  ▲
 *     hand, person │ clock: advance(by), as fast as real time goes or faster
 *
 * Somebody else's ATM software commands it; somebody else's hand works it. Time passes only in
 * {@linkcode PacedMachine.advance}, so the machine itself is repeatable, like a run.
 *
 * @module
 */
import { assert } from "../../../core/assert.ts";
import type { JsonObject } from "../../../core/json.ts";
import type { Tdea } from "../../../core/pin/mod.ts";
import { type Micros, micros, seconds } from "../../../core/units.ts";
import type {
  CommandMessage,
  DeviceMessage,
  UnsolicitedMessage,
} from "../../../core/xfs4iot/mod.ts";
import { type Scene, type Shot, shotHashes } from "../../../devices/camera/mod.ts";
import type { FrameSource } from "../../../core/face/mod.ts";
import {
  type Biometric,
  createBiometric,
  createVendorApplication,
  createVendorMode,
  type Device,
  type FaceReader,
  type Frame,
  GENERIC_FAULTS,
  type Profile,
  sensorsOf,
  type Surroundings,
  type Timer,
  type VendorApplication,
} from "../../../devices/mod.ts";
import { Clock, PRIORITY, type Priority } from "../../clock/mod.ts";
import type { Broken } from "../../faults/mod.ts";
import type { OperatorAct } from "../../plan/mod.ts";
import { runStream } from "../../prng/mod.ts";
import { createMachine, type LocalDevices } from "../devices.ts";
import { operatorDoes } from "../operator.ts";
import { FrameStore } from "../frames.ts";
import { lieInSlot } from "../view.ts";
import { Person, type StandingOrder } from "./person.ts";

export interface PacedOptions {
  readonly profile: Profile;
  /** Of everything that is left to chance. */
  readonly seed: number;
  /** Shared with whoever opens PIN blocks; absent: {@linkcode TEST_PIN_KEY}. */
  readonly pin_key?: Uint8Array;
  /** The pad has TDEA too, and `pin_key` is of that; absent: AES alone. */
  readonly tdea?: Tdea;
  /** Shared with whoever makes dispense tokens; absent: {@linkcode TEST_TOKEN_KEY}. */
  readonly token_key?: Uint8Array;
  render(scene: Scene): Shot;
  /** Judges and compares faces in these frames; absent: the machine has no Biometric service. */
  face?(frames: FrameSource): FaceReader;
  /** The power was cut: whatever is connected to the machine is connected no more. */
  powerLost?(): void;
  /** This request to the service will never be completed. */
  over?(service: string, requestId: number): void;
  /** The line to this service was cut: who is connected to it is connected no more. */
  lineLost?(service: string): void;
  /** A device says something. */
  heard(service: string, message: DeviceMessage): void;
}

/** Keys that anybody may know and a test may use: bytes 00, 11, 22 … FF; for tokens, twice. */
export const TEST_PIN_KEY: Uint8Array = Uint8Array.from({ length: 16 }, (_, i) => 0x11 * i);
export const TEST_TOKEN_KEY: Uint8Array = Uint8Array.of(...TEST_PIN_KEY, ...TEST_PIN_KEY);

/** Entries of the clock that one advance may take: a bound on loops, not on machines. */
const STEPS_MAX = 1_000_000;

/**
 * No entry lies farther ahead in the clock than this: what is due later gets there in steps. A timer
 * that is cancelled leaves its entry behind until it is due, and a client may set a thousand timers of
 * a day in a second.
 */
const HOP = seconds(1);

/** Why something could not be done; null when it was done. */
export type Refusal = string | null;

function nameOf({ id, device }: Broken): string {
  return device === undefined ? id : `${id} ${device}`;
}

export class PacedMachine {
  readonly #profile: Profile;
  readonly #clock = new Clock();
  readonly #devices: LocalDevices;
  /** What no session core commands: services for an application under test alone. */
  readonly #others: readonly Device[];
  readonly #vendorApplication: VendorApplication;
  readonly #biometric: Biometric | null;
  readonly #person: Person;
  /** Whether the lens sees whoever stands there. */
  #lensSees = true;
  readonly #powerLost: () => void;
  /** Faults that will end by themselves. */
  readonly #ending = new Map<string, Timer>();

  constructor(options: PacedOptions) {
    const { profile, seed, render, heard } = options;
    const { pin_key = TEST_PIN_KEY, token_key = TEST_TOKEN_KEY } = options;
    this.#powerLost = () => options.powerLost?.();
    this.#profile = profile;
    this.#person = new Person(runStream(seed, "paced/person"));
    const surroundings = (name: string): Surroundings => ({
      now: () => this.#clock.now(),
      after: (delay, task) => this.#after(delay, PRIORITY.device, task),
      send: (message) => heard(name, message),
      random: runStream(seed, `paced/${name}`),
      over: (requestId) => options.over?.(name, requestId),
      lineLost: () => options.lineLost?.(name),
      changed: () => {},
    });
    const keys = { pin_key, tdea: options.tdea, token_key };
    this.#devices = createMachine(profile, surroundings, keys, {
      sceneAt: (t) => this.#person.scene(t),
      render,
      hashes: shotHashes,
      exposed: () => {},
      sees: (somebody) => {
        this.#lensSees = somebody;
        this.#tellReader();
      },
    });
    this.#vendorApplication = createVendorApplication(surroundings("vendorapplication"));
    this.#biometric = options.face === undefined
      ? null
      : this.#createBiometric(options.face, surroundings("biometric"));
    this.#others = [
      ...(this.#biometric === null ? [] : [this.#biometric]),
      createVendorMode(surroundings("vendormode")),
      this.#vendorApplication,
    ];
  }

  get services(): string[] {
    return this.#all().map(({ name }) => name);
  }

  receive(service: string, command: CommandMessage, client?: number): void {
    this.#device(service).receive(command, client);
  }

  /** This client of a service is connected no more. */
  left(service: string, client: number): void {
    this.#device(service).left?.(client);
  }

  /** What this client of a service wants to be told of a message that is nobody's; null: nothing. */
  toldTo(
    service: string,
    client: number,
    message: UnsolicitedMessage,
  ): UnsolicitedMessage | null {
    const device = this.#device(service);
    return device.toldTo === undefined ? message : device.toldTo(client, message);
  }

  /** The pixels behind a picture's reference, as long as they are kept. */
  frame(reference: string): Frame | undefined {
    return this.#devices.camera.frame(reference);
  }

  /** Lets this much time pass, and everything happen that is due in it. */
  advance(by: Micros): void {
    let arrived = false;
    // Last of its moment: whatever is due then has happened.
    this.#clock.after(by, PRIORITY.person, () => {
      arrived = true;
    });
    for (let steps = 0; !arrived; steps++) {
      assert(steps < STEPS_MAX, `an advance takes at most ${STEPS_MAX} steps`);
      const task = this.#clock.take();
      assert(task !== null, "the end of an advance is in the queue");
      assert(task() === undefined, "nothing in a paced machine has to be awaited");
    }
  }

  /** Does something after what is being done now, at the same moment. */
  soon(task: () => void): void {
    this.#clock.after(micros(0), PRIORITY.device, task);
  }

  /** Does something of a person's, after this much time. */
  later(delay: Micros, task: () => void): void {
    this.#after(delay, PRIORITY.person, task);
  }

  /** Mains and battery are gone for a moment; what the devices do not keep without power is lost. */
  powerCut(): void {
    this.#powerLost();
    for (const device of this.#all()) device.powerCut?.();
  }

  stand(order: StandingOrder): void {
    this.#person.stand(order);
    this.#devices.auxiliaries.presence(true);
    this.#tellReader();
  }

  leave(): Refusal {
    if (this.#person.standing === null) return "nobody stands there";
    this.#person.leave();
    this.#devices.auxiliaries.presence(false);
    this.#tellReader();
    return null;
  }

  /** The hand presses these keys, one after another; the first at once unless it is busy. */
  press(keys: readonly string[], busyAtMost: Micros): Refusal {
    const now = this.#clock.now();
    if (this.#person.busy(now) > busyAtMost) return "the hand is still busy with earlier keys";
    this.#person.reaches(now, keys.length).forEach((delay, i) => {
      this.#after(delay, PRIORITY.person, () => this.#devices.pinpad.press(keys[i] ?? ""));
    });
    return null;
  }

  takeCash(howMany: "all" | number): Refusal {
    return this.#devices.cashdispenser.take(howMany) > 0 ? null : "no notes can be reached";
  }

  /** Whether notes lie in the slot, for whoever looks. */
  get cashLies(): boolean {
    return lieInSlot(this.#devices.cashdispenser.state());
  }

  /** Somebody ends the manufacturer's program at the machine. */
  endVendorApplication(): Refusal {
    return this.#vendorApplication.exit() ? null : "no program of the manufacturer's runs";
  }

  /** An operator's hand in the safe, and what the sensors around it notice. */
  operate(act: OperatorAct): Refusal {
    return operatorDoes(this.#devices, act);
  }

  takeReceipt(): Refusal {
    return this.#devices.printer.takeReceipt() ? null : "there is no receipt in the slot";
  }

  /** The ids of what can be broken here. */
  get faults(): string[] {
    const own = this.#all().flatMap(({ faults }) => faults.map(({ id }) => id));
    return [...own, ...this.genericFaults];
  }

  /** Of these any service can have each: whose it is has to be said. */
  get genericFaults(): string[] {
    return GENERIC_FAULTS.map(({ id }) => id);
  }

  /** Breaks something, for a while or until it is cleared. */
  fault(fault: Broken, lasts: Micros | null): void {
    this.#setFault(fault, true);
    if (lasts === null) return;
    const ends = this.#after(lasts, PRIORITY.fault, () => this.#setFault(fault, false));
    this.#ending.set(nameOf(fault), ends);
  }

  clear(fault: Broken): void {
    this.#setFault(fault, false);
  }

  /** Everything there is to see: of every device what opening the machine would show. */
  state(): JsonObject {
    const standing = this.#person.standing;
    return {
      profile: this.#profile.id,
      now_ms: Math.floor(this.#clock.now() / 1000),
      standing: standing === null ? null : { ...standing },
      devices: Object.fromEntries(this.#all().map((device) => [device.name, device.state()])),
    };
  }

  #device(service: string): Device {
    const device = this.#all().find(({ name }) => name === service);
    assert(device !== undefined, `${service} is a service of this machine`);
    return device;
  }

  #tellReader(): void {
    this.#biometric?.presence(this.#lensSees && this.#person.standing !== null);
  }

  #all(): Device[] {
    return [...Object.values(this.#devices), ...this.#others];
  }

  #createBiometric(
    face: NonNullable<PacedOptions["face"]>,
    surroundings: Surroundings,
  ): Biometric {
    const frames = new FrameStore();
    return createBiometric(this.#profile, surroundings, {
      face: face((name) => frames.get(name)),
      works: () => this.#devices.camera.works,
      expose: () => frames.keep(this.#devices.camera.shot(), sensorsOf(this.#profile.camera)),
    });
  }

  #setFault(broken: Broken, active: boolean): void {
    this.#ending.get(nameOf(broken))?.cancel();
    this.#ending.delete(nameOf(broken));
    const device = this.#all().find(({ name, faults }) =>
      broken.device === undefined
        ? faults.some((fault) => fault.id === broken.id)
        : name === broken.device
    );
    assert(device !== undefined, `the fault ${nameOf(broken)} has a device`);
    device.fault(broken.id, active);
  }

  #after(delay: Micros, priority: Priority, task: () => void): Timer {
    const due = this.#clock.now() + delay;
    const hop = (): Timer => {
      const left = micros(due - this.#clock.now());
      if (left <= HOP) return this.#clock.after(left, priority, task);
      return this.#clock.after(HOP, priority, () => {
        next = hop();
      });
    };
    let next = hop();
    return { cancel: () => next.cancel() };
  }
}
