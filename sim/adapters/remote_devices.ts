/**
 * The devices of a machine that is somewhere else, as a run sees its own: commands go out, what comes
 * back is told; the customer's hands are the machine's `/control`.
 *
 * What is inside them is not seen: their state is empty, and no oracle looks in.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { decode } from "fast-png";
import {
  type CommandMessage,
  type CompletionMessage,
  type DeviceMessage,
  fromBase64,
} from "../../core/xfs4iot/mod.ts";
import type { DeviceName } from "../../core/session/mod.ts";
import type { Device, Frame, OperatorDeed, Surroundings } from "../../devices/mod.ts";
import { FAULT_CATALOGUE } from "../faults/mod.ts";
import type { MachineDevices } from "../world/mod.ts";
import type { RemoteLine } from "./remote_line.ts";

/** Pictures kept: a look is three exposures of three, and is judged before the next begins. */
const FRAMES_MAX = 36;

/** A deed of the customer's or the tester's, for `POST /control`. */
export type Deed = Readonly<Record<string, unknown>>;

export interface RemoteDevicesOptions {
  readonly lines: Readonly<Record<DeviceName, RemoteLine>>;
  readonly surroundings: (device: DeviceName) => Surroundings;
  /** Brings something that was heard into the run's order. */
  arrives(surroundings: Surroundings, told: () => void): void;
  does(deed: Deed): void;
  /** Does this when every deed so far is done: what breaks on a command is broken before it comes. */
  afterDeeds(task: () => void): void;
  /** What `stand` says of the visitor of this run. */
  readonly standing: Deed;
}

export function remoteDevices(options: RemoteDevicesOptions): MachineDevices {
  const { does, standing } = options;
  const frames = new Map<string, Frame>();
  const of = (name: DeviceName): Device => device(name, options, frames);
  return {
    camera: Object.assign(of("camera"), { frame: (reference: string) => frames.get(reference) }),
    pinpad: Object.assign(of("pinpad"), {
      press: (key: string) => does({ press: [key] }),
      powerCut: () => does({ power_cut: true }),
    }),
    cashdispenser: Object.assign(of("cashdispenser"), {
      take: (howMany: "all" | number) => {
        does({ take_cash: howMany });
        return 0; // how much it was is told by the machine, not by the hand
      },
      operate: (deed: OperatorDeed) => {
        does({ operator: deed });
        return null; // the machine there says whether it was done
      },
      powerCut: () => does({ power_cut: true }),
    }),
    printer: Object.assign(of("printer"), {
      takeReceipt: () => {
        does({ take_receipt: true });
        return true;
      },
    }),
    auxiliaries: Object.assign(of("auxiliaries"), {
      presence: (present: boolean) => does(present ? { stand: standing } : { leave: true }),
    }),
  };
}

function device(
  name: DeviceName,
  options: RemoteDevicesOptions,
  frames: Map<string, Frame>,
): Device {
  const { lines, arrives, does } = options;
  const surroundings = options.surroundings(name);
  const line = lines[name];
  line.heard = (message) => {
    const told = name === "camera" ? withReference(message, frames) : message;
    arrives(surroundings, () => surroundings.send(told));
  };
  return {
    name,
    interfaces: [],
    faults: FAULT_CATALOGUE.filter((fault) => fault.device === name),
    receive: (command: CommandMessage) => options.afterDeeds(() => line.send(command)),
    fault: (id: string, active: boolean) => does(active ? { fault: { id } } : { clear: id }),
    state: () => ({}),
  };
}

/** A picture's pixels put aside, and their name in their place: inside, pictures go by reference. */
function withReference(message: DeviceMessage, frames: Map<string, Frame>): DeviceMessage {
  if (!isCompletion(message)) return message;
  const file = message.payload?.["pictureFile"];
  if (typeof file !== "string") return message;
  const frame = frameOf(fromBase64(file));
  if (frame === null) return unreadable(message);
  const reference = `sha256:${bytesToHex(sha256(bytesOf(frame.pixels)))}`;
  frames.set(reference, frame);
  const [oldest] = frames.keys();
  if (frames.size > FRAMES_MAX && oldest !== undefined) frames.delete(oldest);
  return { ...message, payload: { ...message.payload, pictureFile: reference } };
}

function isCompletion(message: DeviceMessage): message is CompletionMessage {
  return message.header.type === "completion";
}

/** A camera whose picture is none is as broken as one that says so. */
function unreadable({ header }: CompletionMessage): CompletionMessage {
  const errorDescription = "payload.pictureFile: is no PNG file that can be read";
  return { header: { ...header, completionCode: "hardwareError", errorDescription } };
}

/** The pixels of a PNG file, as the twin's own camera has them; null when it is none, or torn. */
function frameOf(png: Uint8Array): Frame | null {
  try {
    const { width, height, data } = decode(png);
    return {
      width,
      height,
      pixels: data instanceof Uint16Array ? data : Uint8Array.from(data),
    };
  } catch (error) {
    // The decoder says all of it in errors of no kind of their own: signature, chunks, check sums.
    if (!(error instanceof Error)) throw error;
    return null;
  }
}

/** Depth is little-endian on every machine. */
function bytesOf(pixels: Frame["pixels"]): Uint8Array {
  if (pixels instanceof Uint8Array) return pixels;
  const bytes = new Uint8Array(2 * pixels.length);
  pixels.forEach((mm, i) => {
    bytes[2 * i] = mm & 255;
    bytes[2 * i + 1] = mm >> 8;
  });
  return bytes;
}
