/**
 * What was on a key that the trace tells as pressed and no more: the plan knows whose hand it was.
 *
 * A customer by the script types their own numbers and the amounts they want, entry by entry; hands that
 * act by deeds press the keys that stand in the plan, each at its moment.
 */
import { keyOfCharacter } from "../../core/session/mod.ts";
import { DIGIT_KEYS } from "../../core/xfs4iot/mod.ts";
import { type Deed, keyOf, ownerOf, type Plan, type Visit } from "../plan/mod.ts";
import { KEY_GAP, knowledgeOf, sessionConfigOf, visitsOf } from "../world/mod.ts";

/** Pages on which what is typed is masked and has to be known. */
export type TypingPage = "enter_number" | "enter_amount";
type Entries = Record<TypingPage, string[]>;

function entriesOf({ scenario, profile }: Plan, { at_the_machine, customer }: Visit): Entries {
  const { id, phone } = knowledgeOf(ownerOf(scenario, at_the_machine).person);
  const known: Readonly<Record<string, string>> = { id, phone };
  const offered = sessionConfigOf(profile).amounts_yuan;
  const actions = customer.filter((action) => typeof action === "object");
  return {
    enter_number: actions.flatMap((each) =>
      "enter" in each ? [known[each.enter] ?? each.enter] : []
    ),
    enter_amount: actions.flatMap((each) =>
      // An amount that has a key of its own on the screen is touched, not typed.
      "amount_yuan" in each && !offered.includes(each.amount_yuan) ? [String(each.amount_yuan)] : []
    ),
  };
}

/** Keys pressed by deeds, by the moment at which they were. */
function pressedBy({ scenario }: Plan): Map<number, string[]> {
  const knows = knowledgeOf(ownerOf(scenario).person);
  const at = new Map<number, string[]>();
  for (const deed of scenario.deeds ?? []) {
    if (!("press" in deed)) continue;
    deed.press.forEach((key, i) => {
      const moment = deed.at_us + i * KEY_GAP;
      at.set(moment, [...at.get(moment) ?? [], keyOf(key, knows)]);
    });
  }
  return at;
}

export class Typing {
  /** Who comes, one after another, and what each of them types on each page. */
  readonly #visitors: readonly Entries[];
  readonly #deeds: Map<number, string[]>;
  /** When a hand was made to slip, and has not pressed a digit since. */
  readonly #slips: Deed[];
  #at = 0;
  #arrived = 0;
  /** What is left of the entry under way. */
  #rest: string | null = null;

  constructor(plan: Plan) {
    this.#visitors = visitsOf(plan.scenario).map((visit) => entriesOf(plan, visit));
    this.#deeds = pressedBy(plan);
    this.#slips = (plan.scenario.deeds ?? []).filter((deed) => "slip" in deed);
  }

  /** The next visitor begins their own entries; what the last one left undone is gone. */
  arrives(): void {
    if (this.#arrived++ > 0) this.#at++;
    this.#rest = null;
  }

  /** A key that is told by its name ends the entry or changes it. */
  named(key: string): void {
    if (key === "enter") this.#rest = null;
  }

  /** The key of a character that was pressed at `t` on this page; undefined: the plan has none. */
  character(page: TypingPage, t: number): string | undefined {
    const key = this.#deeds.get(t)?.shift() ?? this.#typed(page);
    return key === undefined ? undefined : this.#slipped(key, t);
  }

  #typed(page: TypingPage): string | undefined {
    this.#rest ??= this.#visitors[this.#at]?.[page].shift() ?? "";
    const [character] = this.#rest;
    this.#rest = this.#rest.slice(1);
    return character === undefined ? undefined : keyOfCharacter(character);
  }

  /** As the world's hands: a slip makes the next digit the one after it. */
  #slipped(key: string, t: number): string {
    const digit = DIGIT_KEYS.findIndex((each) => each === key);
    if (digit < 0 || (this.#slips[0]?.at_us ?? Infinity) >= t) return key;
    while ((this.#slips[0]?.at_us ?? Infinity) < t) this.#slips.shift();
    return DIGIT_KEYS[(digit + 1) % DIGIT_KEYS.length] ?? key;
  }
}
