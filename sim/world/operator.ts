/** An operator's visit, as the machine notices it: the switch, the doors, the hand in the safe. */
import type { CashDispenser } from "../../devices/mod.ts";
import { seconds } from "../../core/units.ts";
import { type Clock, PRIORITY } from "../clock/mod.ts";
import type { OperatorAct } from "../plan/mod.ts";
import type { TraceBody } from "../trace/mod.ts";

/** What the sensors around the safe notice. */
type Noticed =
  | { operatorSwitch: "supervisor"; cabinetDoor: "open"; safeDoor: "open" }
  | { cabinetDoor: "closed"; safeDoor: "closed" }
  | { operatorSwitch: "run" };

export interface Operated {
  readonly cashdispenser: Pick<CashDispenser, "operate">;
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

/** The operator of a run: comes when the plan says, and what they do is in the trace. */
export class Operator {
  readonly #devices: Operated;
  readonly #record: (body: TraceBody) => void;
  #left = 0;

  constructor(devices: Operated, record: (body: TraceBody) => void) {
    this.#devices = devices;
    this.#record = record;
  }

  /** Whether nothing is left to do of what the plan says. */
  get gone(): boolean {
    return this.#left === 0;
  }

  begin(acts: readonly (OperatorAct & { readonly at_s: number })[], clock: Clock): void {
    for (const { at_s, ...act } of acts) {
      this.#left++;
      clock.after(seconds(at_s), PRIORITY.person, () => this.does(act));
      clock.after(seconds(at_s + STAYS_S), PRIORITY.person, () => void this.#left--);
    }
  }

  does(act: OperatorAct): void {
    const refused = operatorDoes(this.#devices, act);
    const detail = { ...act, ...(refused === null ? {} : { refused }) };
    this.#record({ type: "customer", does: "operator", detail });
  }
}
