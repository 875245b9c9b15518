/**
 * The line itself. See `mod.ts`.
 *
 * @module
 */
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import type { JsonObject } from "../../core/json.ts";
import { type Micros, micros, milliseconds, seconds } from "../../core/units.ts";
import type { FaultEntry, Surroundings, Timer } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import type { Profile } from "../profiles/mod.ts";
import { declined, isAnswer, towardsAtm, towardsBank } from "./damage.ts";
import { NETWORK_FAULTS, type NetworkFaultId } from "./faults.ts";

/** Faults under which there is no line, and what is said of it. */
const LINE_DOWN = [["N1", "refused"], ["N2", "untrusted"]] as const;

/** A bad link: so many times slower, so much of it lost, so many bytes a second. */
const BAD_TIMES = 10;
const BAD_LOSS = 0.33;
const DRIP_BYTES_S = 200;
const TWICE_AFTER = milliseconds(50);

export type Direction = "to_bank" | "to_atm";

/** What a link asks of the world: a device's surroundings, less the XFS4IoT client. */
export type LinkSurroundings = Omit<Surroundings, "send">;

export interface LinkOptions {
  /** Told of every message that will not arrive, when that is settled. */
  readonly lost?: (message: Iso8583Message, direction: Direction) => void;
  /** A switch in between answers in the bank's place (N10). */
  readonly answers?: (answer: Iso8583Message) => void;
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
  readonly #answers: (answer: Iso8583Message) => void;
  readonly #active = new FaultSet<NetworkFaultId>(NETWORK_FAULTS);
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
    this.#answers = options.answers ?? (() => {});
  }

  toBank(message: Iso8583Message, deliver: Deliver): void {
    const answer = this.#active.has("N10") ? declined(message) : null;
    if (answer === null) return this.#carry(message, "to_bank", deliver);
    this.#carry(message, "to_bank", () => this.#answers(answer));
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
    const line = LINE_DOWN.find(([id]) => this.#active.has(id))?.[1];
    return {
      ...(line === undefined ? {} : { line }),
      up: line === undefined && !this.#broken && !this.#dead,
      in_flight: this.#inFlight.size,
      delivered: this.#delivered,
      lost: this.#lostCount,
      faults: [...this.#active.list()],
    };
  }

  #carry(sent: Iso8583Message, direction: Direction, deliver: Deliver): void {
    const towards = direction === "to_bank" ? towardsBank : towardsAtm;
    const message = towards(sent, this.#active);
    const { latency_ms, loss, late_s } = this.#profile;
    const { random } = this.#surroundings;
    const bad = this.#active.has("N9");
    const swing = (2 * random.uniform() - 1) * latency_ms.jitter;
    const vanishes = random.uniform() < (bad ? Math.max(loss, BAD_LOSS) : loss);
    if (this.#active.has("N4") && isDebitAnswer({ message, direction })) this.#die();
    if (this.#broken || this.#dead || vanishes || this.#swallows(message, direction)) {
      return this.#lose(message, direction);
    }
    const now = this.#surroundings.now();
    const takes = bad
      ? milliseconds(BAD_TIMES * (latency_ms.mean + swing) + dripped(message))
      : milliseconds(latency_ms.mean + swing);
    // On a bad link packets take different ways, and one overtakes another.
    const arrival = bad ? now + takes : Math.max(now + takes, this.#lastArrival[direction]);
    this.#lastArrival[direction] = Math.max(arrival, this.#lastArrival[direction]);
    const late = direction === "to_atm" && isAnswer(message) && this.#active.has("N5")
      ? seconds(late_s)
      : 0;
    this.#fly(message, direction, micros(arrival - now + late), deliver);
    if (direction === "to_atm" && this.#active.has("N6")) {
      this.#fly(message, direction, micros(arrival - now + late + TWICE_AFTER), deliver);
    }
    this.#surroundings.changed();
  }

  #fly(message: Iso8583Message, direction: Direction, delay: Micros, deliver: Deliver): void {
    const flight: InFlight = {
      message,
      direction,
      timer: this.#surroundings.after(delay, () => {
        this.#inFlight.delete(flight);
        this.#delivered++;
        deliver(message);
        this.#surroundings.changed();
      }),
    };
    this.#inFlight.add(flight);
  }

  #swallows(message: Iso8583Message, direction: Direction): boolean {
    if (this.#active.has("N8") || LINE_DOWN.some(([id]) => this.#active.has(id))) return true;
    if (direction === "to_bank") return this.#active.has("N3") || this.#active.has("N11");
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

/** How long a message takes byte by byte, in milliseconds; its length is that of its JSON. */
function dripped(message: Iso8583Message): number {
  return Math.ceil(1_000 * JSON.stringify(message).length / DRIP_BYTES_S);
}

/** The answer that tells a debit. */
function isDebitAnswer(flight: Pick<InFlight, "message" | "direction">): boolean {
  return flight.direction === "to_atm" && flight.message.mti === "0210";
}
