/**
 * What every virtual device is, and what it may ask of the world it stands in.
 *
 * A device knows no clock, no thread and no socket: it receives XFS4IoT commands and physical acts
 * (a key pressed, notes taken), and answers through its {@linkcode Surroundings}. The same object
 * therefore serves the simulation in process and a WebSocket client from outside.
 *
 * @module
 */
import type { JsonObject } from "../core/json.ts";
import type { RandomStream } from "../core/numeric/mod.ts";
import type { Micros } from "../core/units.ts";
import type { CommandMessage, DeviceMessage, UnsolicitedMessage } from "../core/xfs4iot/mod.ts";

/** Something that will happen; cancelling it twice, or after it happened, does nothing. */
export interface Timer {
  cancel(): void;
}

/** What a device may ask of the world around it. */
export interface Surroundings {
  /** Virtual time since the run began. */
  now(): Micros;
  /** Runs `task` once, `delay` from now, in the world's one order. */
  after(delay: Micros, task: () => void): Timer;
  /** Delivers a message to whoever commands this device. */
  send(message: DeviceMessage): void;
  /** This device's own chance. */
  readonly random: RandomStream;
  /** This request will never be completed; absent: nobody counts the open ones (in process). */
  over?(requestId: number): void;
  /** The line to whoever commands this device is lost; absent: nobody is told (in process). */
  lineLost?(): void;
  /** Says that {@linkcode Device.state} is not what it was. */
  changed(): void;
}

/** One entry of the fault catalogue: what breaks, and what a client sees of it. */
export interface FaultEntry {
  /**
   * Id of the catalogue: camera C…, keypad K…, dispenser D…, printer P…, network N…, environment E…,
   * lights L…, any device G….
   */
  readonly id: string;
  readonly does: string;
  readonly wire: string;
  /** It ends by itself after this, where nobody says otherwise; absent: it stays. */
  readonly lasts_s?: number;
}

/** A virtual device: an XFS4IoT service with a body. */
export interface Device {
  /** Service name, lower case, as in the last part of its URI. */
  readonly name: string;
  /** The XFS4IoT interfaces it answers, e.g. `["Keyboard", "PinPad"]`. */
  readonly interfaces: readonly string[];
  /** What can be broken here. */
  readonly faults: readonly FaultEntry[];
  /**
   * Takes one command: an acknowledge follows at once, then exactly one completion. `client` is whose it
   * is, where several are connected; absent: whoever commands it in process.
   */
  receive(command: CommandMessage, client?: number): void;
  /** This client is connected no more. Absent: the device keeps nothing of a client's. */
  left?(client: number): void;
  /** Power is gone for a moment. Absent: nothing of this device is lost with it. */
  powerCut?(): void;
  /** Starts (`true`) or ends (`false`) a fault of the catalogue; an unknown id is a bug. */
  fault(id: string, active: boolean): void;
  /**
   * What this client wants to be told of a message that is nobody's; null: nothing. Absent: everybody is
   * told everything.
   */
  toldTo?(client: number, message: UnsolicitedMessage): UnsolicitedMessage | null;
  /** What one would see by opening the machine: for the dashboard and the oracles, never secrets. */
  state(): JsonObject;
}
