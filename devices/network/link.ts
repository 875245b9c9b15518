/**
 * The line itself. See `mod.ts`.
 *
 * @module
 */
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import type { JsonObject } from "../../core/json.ts";
import { micros, milliseconds, seconds } from "../../core/units.ts";
import type { FaultEntry, Surroundings, Timer } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import type { Profile } from "../profiles/mod.ts";
import { NETWORK_FAULTS } from "./faults.ts";

export type Direction = "to_bank" | "to_atm";

/** What a link asks of the world: a device's surroundings, less the XFS4IoT client. */
export type LinkSurroundings = Omit<Surroundings, "send">;

export interface LinkOptions {
  /** Told of every message that will not arrive, when that is settled. */
  readonly lost?: (message: Iso8583Message, direction: Direction) => void;
}

type Deliver = (message: Iso8583Message) => void;

export interface Link {
  readonly name: "network";
  readonly faults: readonly FaultEntry[];
  toBank(message: Iso8583Message, deliver: Deliver): void;
  toAtm(message: Iso8583Message, deliver: Deliver): void;
  /** Breaks the line (`true`), with all that is on its way, or mends it. */
  cut(broken: boolean): void;
  fault(id: string, active: boolean): void;
  state(): JsonObject;
}

interface InFlight {
  readonly message: Iso8583Message;
  readonly direction: Direction;
  readonly timer: Timer;
}

export function createLink(
  profile: Profile,
  surroundings: LinkSurroundings,
  options: LinkOptions = {},
): Link {
  return new VirtualLink(profile, surroundings, options);
}

class VirtualLink implements Link {
  readonly name = "network";
  readonly faults = NETWORK_FAULTS;
  readonly #profile: Profile["network"];
  readonly #surroundings: LinkSurroundings;
  readonly #lost: (message: Iso8583Message, direction: Direction) => void;
  readonly #active = new FaultSet(NETWORK_FAULTS);
  readonly #inFlight = new Set<InFlight>();
  /** When the last message of each direction arrives: none overtakes it. */
  readonly #lastArrival: Record<Direction, number> = { to_bank: 0, to_atm: 0 };
  #broken = false;
  /** N4 has struck: dead until the fault is cleared. */
  #dead = false;
  #delivered = 0;
  #lostCount = 0;

  constructor(profile: Profile, surroundings: LinkSurroundings, options: LinkOptions) {
    this.#profile = profile.network;
    this.#surroundings = surroundings;
    this.#lost = options.lost ?? (() => {});
  }

  toBank(message: Iso8583Message, deliver: Deliver): void {
    this.#carry(message, "to_bank", deliver);
  }

  toAtm(message: Iso8583Message, deliver: Deliver): void {
    this.#carry(message, "to_atm", deliver);
  }

  cut(broken: boolean): void {
    if (broken === this.#broken) return;
    this.#broken = broken;
    if (broken) this.#loseInFlight();
    this.#surroundings.changed();
  }

  fault(id: string, active: boolean): void {
    if (!this.#active.set(id, active)) return;
    if (id === "N4") {
      this.#dead = false;
      const answers = [...this.#inFlight].some(isDebitAnswer);
      if (active && answers) this.#die();
    }
    this.#surroundings.changed();
  }

  state(): JsonObject {
    return {
      up: !this.#broken && !this.#dead,
      in_flight: this.#inFlight.size,
      delivered: this.#delivered,
      lost: this.#lostCount,
      faults: [...this.#active.list()],
    };
  }

  #carry(sent: Iso8583Message, direction: Direction, deliver: Deliver): void {
    const wrong = direction === "to_bank" && this.#active.has("N14");
    const message = wrong ? withWrongMac(sent) : sent;
    const { latency_ms, loss, late_s } = this.#profile;
    const { random } = this.#surroundings;
    const swing = (2 * random.uniform() - 1) * latency_ms.jitter;
    const vanishes = random.uniform() < loss;
    if (this.#active.has("N4") && isDebitAnswer({ message, direction })) this.#die();
    if (this.#broken || this.#dead || vanishes || this.#swallows(message, direction)) {
      return this.#lose(message, direction);
    }
    const now = this.#surroundings.now();
    const arrival = Math.max(
      now + milliseconds(latency_ms.mean + swing),
      this.#lastArrival[direction],
    );
    this.#lastArrival[direction] = arrival;
    const isAnswer = message.mti === "0110" || message.mti === "0210";
    const late = direction === "to_atm" && isAnswer && this.#active.has("N5") ? seconds(late_s) : 0;
    const flight: InFlight = {
      message,
      direction,
      timer: this.#surroundings.after(micros(arrival - now + late), () => {
        this.#inFlight.delete(flight);
        this.#delivered++;
        deliver(message);
        this.#surroundings.changed();
      }),
    };
    this.#inFlight.add(flight);
    this.#surroundings.changed();
  }

  #swallows(message: Iso8583Message, direction: Direction): boolean {
    if (direction === "to_bank") return this.#active.has("N3");
    return this.#active.has("N12") && message.mti === "0430";
  }

  #die(): void {
    this.#dead = true;
    this.#loseInFlight();
  }

  #loseInFlight(): void {
    for (const flight of [...this.#inFlight]) {
      flight.timer.cancel();
      this.#inFlight.delete(flight);
      this.#lose(flight.message, flight.direction);
    }
  }

  #lose(message: Iso8583Message, direction: Direction): void {
    this.#lostCount++;
    this.#lost(message, direction);
    this.#surroundings.changed();
  }
}

/** A key that is another at each end makes every code wrong; what was said stays as it was. */
function withWrongMac({ mti, fields }: Iso8583Message): Iso8583Message {
  const turned = (mac: string) => mac.replace(/./g, (digit) => digit === "0" ? "1" : "0");
  const { 64: first, 128: second } = fields;
  return {
    mti,
    fields: {
      ...fields,
      ...(first === undefined ? {} : { 64: turned(first) }),
      ...(second === undefined ? {} : { 128: turned(second) }),
    },
  };
}

/** The answer that tells a debit. */
function isDebitAnswer(flight: Pick<InFlight, "message" | "direction">): boolean {
  return flight.direction === "to_atm" && flight.message.mti === "0210";
}
