/** An operator's visit, as the machine notices it: the switch, the doors, the hand in the safe. */
import type { CashDispenser } from "../../devices/mod.ts";
import { micros, seconds } from "../../core/units.ts";
import { type Clock, PRIORITY } from "../clock/mod.ts";
import type { OperatorAct } from "../plan/mod.ts";
import type { TraceBody } from "../trace/mod.ts";
import type { Notes } from "./vault.ts";

/** What the sensors around the safe notice. */
type Noticed =
  | { operatorSwitch: "supervisor"; cabinetDoor: "open"; safeDoor: "open" }
  | { cabinetDoor: "closed"; safeDoor: "closed" }
  | { operatorSwitch: "run" };

export interface Operated {
  readonly cashdispenser: Pick<CashDispenser, "operate" | "state">;
  /** Absent in a machine that is somewhere else: its sensors notice by themselves. */
  readonly auxiliaries: { notice?(change: Noticed): void };
}

/** Does it; why it could not be done, or null when it was. */
export function operatorDoes(
  { cashdispenser, auxiliaries }: Operated,
  act: OperatorAct,
): string | null {
  const refused = cashdispenser.operate(act);
  if (refused !== null) return refused;
  switch (act.does) {
    case "open_door":
      auxiliaries.notice?.({ operatorSwitch: "supervisor", cabinetDoor: "open", safeDoor: "open" });
      break;
    case "close_door":
      auxiliaries.notice?.({ cabinetDoor: "closed", safeDoor: "closed" });
      break;
    case "back_in_service":
      auxiliaries.notice?.({ operatorSwitch: "run" });
      break;
    default:
  }
  return null;
}

/** Nobody turns the key and walks away: the operator watches what the machine makes of it. */
const STAYS_S = 60;

/** What is done with the hands in the safe: nobody does before the machine has opened an exchange. */
const INSIDE: readonly OperatorAct["does"][] = ["swap_cassette", "empty_bins", "count"];
const LOOKS_AGAIN = seconds(1);
/** A machine that has not opened one by then will not. */
const PATIENCE = seconds(120);
/** Nobody leaves a machine that does not go back into service, unless somebody else has to come. */
const STAYS_AT_MOST = seconds(600);

/** The bank hears of what was done, and of the notes before and after it. */
export type Slip = (act: OperatorAct, before: Notes, after: Notes) => void;

type Planned = OperatorAct & { readonly at_s: number };

/** The operator of a run: comes when the plan says, and what they do is in the trace. */
export class Operator {
  readonly #devices: Operated;
  readonly #record: (body: TraceBody) => void;
  readonly #slip: Slip;
  #left = 0;

  constructor(devices: Operated, record: (body: TraceBody) => void, slip: Slip) {
    this.#devices = devices;
    this.#record = record;
    this.#slip = slip;
  }

  /** Whether nothing is left to do of what the plan says. */
  get gone(): boolean {
    return this.#left === 0;
  }

  begin(acts: readonly Planned[], clock: Clock): void {
    this.#left = acts.length;
    this.#next(acts, clock);
  }

  /** Does it; why it could not be done, or null when it was. */
  does(act: OperatorAct): string | null {
    const before = this.#notes;
    const refused = operatorDoes(this.#devices, act);
    this.#told(act, refused);
    if (refused === null) this.#slip(act, before, this.#notes);
    return refused;
  }

  /** Tries until the machine takes it, or `until`: that it did is told. */
  #insist(act: OperatorAct, until: number, clock: Clock, done: () => void): void {
    clock.after(LOOKS_AGAIN, PRIORITY.person, () => {
      const before = this.#notes;
      const refused = operatorDoes(this.#devices, act) !== null;
      if (refused && clock.now() < until) return this.#insist(act, until, clock, done);
      if (!refused) {
        this.#told(act, null);
        this.#slip(act, before, this.#notes);
      }
      done();
    });
  }

  get #notes(): Notes {
    const { notes } = this.#devices.cashdispenser.state();
    return typeof notes === "object" ? { ...notes } : {};
  }

  #told(act: OperatorAct, refused: string | null): void {
    const detail = { ...act, ...(refused === null ? {} : { refused }) };
    this.#record({ type: "customer", does: "operator", detail });
  }

  /** One thing after another, each at its time or as soon as the one before it is done. */
  #next([first, ...rest]: readonly Planned[], clock: Clock): void {
    if (first === undefined) return;
    const { at_s, ...act } = first;
    const since = micros(Math.max(clock.now(), seconds(at_s)));
    const wait = micros(since - clock.now());
    const attempt = () => {
      const closed = INSIDE.includes(act.does) && this.#closedToHands;
      if (closed && clock.now() - since < PATIENCE) {
        clock.after(LOOKS_AGAIN, PRIORITY.person, attempt);
        return;
      }
      const done = () => {
        clock.after(seconds(STAYS_S), PRIORITY.person, () => void this.#left--);
        this.#next(rest, clock);
      };
      if (closed) this.#told(act, "the machine has opened no exchange");
      else if (this.does(act) !== null && act.does === "back_in_service") {
        return this.#insist(act, since + STAYS_AT_MOST, clock, done);
      }
      done();
    };
    clock.after(wait, PRIORITY.person, attempt);
  }

  /** The door is open, and the machine has not said yet that its notes may be handled. */
  get #closedToHands(): boolean {
    const { exchange, safe_door } = this.#devices.cashdispenser.state();
    return exchange === "inactive" && safe_door === "open";
  }
}
