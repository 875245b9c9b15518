/**
 * `run --devices ws://host:port`: the real core at somebody else's XFS4IoT services.
 *
 *   GetServices ─► every service's capabilities ─► which of them is the camera, the pin pad, …
 *   ImportKey ─► the pad seals PIN blocks with the key that this run's bank knows, here or elsewhere
 *
 * The run then lives in real time, `speed` virtual seconds in each real one, as the machine there does.
 * Where the machine answers at `/control`, the visitor's hands are there; where it does not, somebody
 * has to stand in front of it.
 */
import { pinAlgorithmOf, pinFormatOf } from "../../core/pin/mod.ts";
import type { DeviceName } from "../../core/session/mod.ts";
import { type Micros, micros } from "../../core/units.ts";
import { toBase64 } from "../../core/xfs4iot/mod.ts";
import type { Surroundings } from "../../devices/mod.ts";
import { InputError, type Plan } from "../plan/mod.ts";
import { PIN_KEY, pinKeyOf, type RemoteBank, type RemotePorts, standingOf } from "../world/mod.ts";
import { type Deed, remoteDevices } from "./remote_devices.ts";
import { RemoteLine, type RemoteLineOptions } from "./remote_line.ts";
import { later, steadyNow } from "./wall_time.ts";

/** The interface by which each device of the core's is found. */
const FOUND_BY: Readonly<Record<DeviceName, string>> = {
  camera: "Camera",
  pinpad: "PinPad",
  cashdispenser: "CashDispenser",
  printer: "Printer",
  auxiliaries: "Auxiliaries",
};

/** A machine that says nothing while nothing is due any more has said everything. */
const QUIET_MS = 60_000;

/** Time that passes by itself, in milliseconds: this computer's, unless somebody else's is followed. */
export interface Passing {
  now(): number;
  /** Acts once, so many milliseconds from now; returns how to call it off. */
  later(ms: number, act: () => void): () => void;
}

const REAL: Passing = { now: steadyNow, later };

export interface RemoteMachineOptions extends RemoteLineOptions {
  /** What the run's time follows; real time unless told. */
  readonly time?: Passing;
}

/** Whoever opens what the pad seals. */
type PinKeeper = Pick<RemoteBank, "pin_key" | "legacy_pins">;

export interface RemoteMachine {
  /**
   * What a run of this plan needs of the machine: lines that were lost are opened anew. Throws
   * {@linkcode InputError} when nobody answers there any more. `bank`: one that is somewhere else too, whose
   * PIN key the pad gets instead of the run's own.
   */
  ports(plan: Plan, bank?: PinKeeper): Promise<RemotePorts>;
  close(): void;
}

/** Connects to every service. Throws {@linkcode InputError} when one that is needed is not there. */
export async function connectMachine(
  address: string,
  speed: number,
  options: RemoteMachineOptions = {},
): Promise<RemoteMachine> {
  const base = URL.parse(address);
  if (base === null || !/^wss?:$/.test(base.protocol)) {
    throw problem(`${address} is no address; write ws://host:port`);
  }
  const publisher = new URL("/xfs4iot/v1.0", base).href;
  let lines = await linesOf(publisher, options);
  const close = () => Object.values(lines).forEach((line) => line.close());
  return {
    async ports(plan, bank = { pin_key: pinKeyOf(plan.seed) }) {
      await bringPinKey(lines.pinpad, bank);
      // A line that was lost has answered nothing, and nobody of this run has heard of it.
      if (!Object.values(lines).every(({ isOpen }) => isOpen)) {
        close();
        lines = await linesOf(publisher, options);
        await bringPinKey(lines.pinpad, bank);
      }
      return portsOf(lines, plan, new Hands(base), speed, options.time ?? REAL);
    },
    close,
  };
}

async function linesOf(
  publisher: string,
  options: RemoteLineOptions,
): Promise<Record<DeviceName, RemoteLine>> {
  const line = await RemoteLine.open(publisher, options);
  const answer = await line.ask("ServicePublisher.GetServices", "2.0").finally(() => line.close());
  const payload = "payload" in answer ? answer.payload : undefined;
  const services = payload?.["services"] as { serviceURI: string }[] | undefined;
  const open = await Promise.all(
    (services ?? []).map(({ serviceURI }) => opened(serviceURI, options)),
  );
  const found = Object.entries(FOUND_BY).map(([device, wanted]) => {
    const service = open.find(({ interfaces }) => interfaces.includes(wanted.toLowerCase()));
    if (service === undefined) throw problem(`no service of ${publisher} has ${wanted}`);
    return [device, service.line] as const;
  });
  for (const { line } of open) if (!found.some(([, used]) => used === line)) line.close();
  return Object.fromEntries(found) as Record<DeviceName, RemoteLine>;
}

/** A service and its interfaces in small letters: some services write `cashDispenser`. */
async function opened(
  uri: string,
  options: RemoteLineOptions,
): Promise<{ line: RemoteLine; interfaces: string[] }> {
  const line = await RemoteLine.open(uri, options);
  const answer = await line.ask("Common.Capabilities", "2.0");
  const payload = "payload" in answer ? answer.payload : undefined;
  const interfaces = (payload?.["interfaces"] ?? []) as { name: string }[];
  return { line, interfaces: interfaces.map(({ name }) => name.toLowerCase()) };
}

/** The pad and this run's bank must share a key. A pad that takes none keeps its own. */
async function bringPinKey(
  pinpad: RemoteLine,
  { pin_key, legacy_pins }: PinKeeper,
): Promise<void> {
  const algorithm = pinAlgorithmOf(pinFormatOf(legacy_pins));
  await pinpad.ask("KeyManagement.DeleteKey", "3.0", { key: PIN_KEY });
  await pinpad.ask("KeyManagement.ImportKey", "3.0", {
    key: PIN_KEY,
    keyAttributes: { keyUsage: "P0", algorithm, modeOfUse: "E" },
    value: toBase64(pin_key),
  });
}

function portsOf(
  lines: Readonly<Record<DeviceName, RemoteLine>>,
  plan: Plan,
  hands: Hands,
  speed: number,
  time: Passing,
): RemotePorts {
  let began: number | null = null;
  let woken = false;
  let wake = () => {};
  /** Virtual time of this moment. */
  const now_us = () => began === null ? 0 : (time.now() - began) * 1000 * speed;
  const arrives = (surroundings: Surroundings, told: () => void) => {
    const late = Math.max(0, Math.round(now_us() - surroundings.now()));
    surroundings.after(micros(late), told);
    woken = true;
    wake();
  };
  return {
    devices: (surroundings) =>
      remoteDevices({
        lines,
        surroundings,
        arrives,
        does: (deed) => hands.does(deed),
        afterDeeds: (task) => hands.then(task),
        standing: standOf(plan),
      }),
    async reached(moment: Micros | null): Promise<boolean> {
      began ??= time.now();
      const due_ms = moment === null ? QUIET_MS : (moment - now_us()) / 1000 / speed;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      // Even what is due already waits for a turn: the sockets are read between two turns.
      const waitNoMore = time.later(woken ? 0 : Math.max(0, due_ms), resolve);
      await promise;
      waitNoMore();
      const undisturbed = !woken;
      woken = false;
      return undisturbed;
    },
  };
}

/** Who the plan says stands there, in the words of `/control`. */
function standOf(plan: Plan): Deed {
  const { subject, attack } = standingOf(plan);
  const { person, kin } = subject ?? { person: 0, kin: "self" };
  return { person, kin, distance_cm: 45, attack: attack?.species ?? null };
}

/** The customer's hands at `/control`, one deed after another. */
class Hands {
  readonly #control: URL;
  #last: Promise<void> = Promise.resolve();
  /** Deeds and tasks that are not done yet. */
  #waiting = 0;

  constructor(base: URL) {
    this.#control = new URL("/control", base);
    this.#control.protocol = base.protocol === "wss:" ? "https:" : "http:";
  }

  /** A machine without `/control`, or a deed that cannot be done now, changes nothing here. */
  does(deed: Deed): void {
    this.#queue(async () => {
      const response = await fetch(this.#control, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(deed),
      });
      await response.body?.cancel();
    });
  }

  /** At once when no deed is under way, else after the last one. */
  then(task: () => void): void {
    if (this.#waiting === 0) task();
    else this.#queue(() => Promise.resolve(task()));
  }

  #queue(work: () => Promise<void>): void {
    this.#waiting++;
    this.#last = this.#last.then(work).catch((error: unknown) => {
      // Nobody listens at /control: somebody has to stand there. Anything else is a bug.
      if (!(error instanceof TypeError)) throw error;
    }).finally(() => {
      this.#waiting--;
    });
  }
}

function problem(message: string): InputError {
  return new InputError({ file: "run", field: "--devices", message });
}
