/**
 * The visitor: does what the plan says, in order, each thing when the machine is ready for it.
 *
 * They see what a person sees: the screen, whether the keypad takes keys, cash or paper in a slot. They
 * know nothing of the session's state. How long they take is drawn from their own stream.
 *
 *   plan:  language ─ show_face ─ enter ─ pin ─ choose ─ amount ─ take
 *             │ waits for the screen or device it answers │
 */
import { type Control, keyOfCharacter, type Screen } from "../../core/session/mod.ts";
import type { RandomStream } from "../../core/numeric/mod.ts";
import { type Micros, micros, seconds } from "../../core/units.ts";
import type { CustomerAction, Knowledge } from "../plan/mod.ts";
import type { Stance } from "./stance.ts";
import type { View } from "./view.ts";

/** What a visitor's hands can reach. */
export interface Reach {
  now(): Micros;
  after(delay: Micros, task: () => void): void;
  touch(control: Control): void;
  press(key: string): void;
  /** How many yuan were got. */
  takeCash(): number;
  takeReceipt(): void;
  /** Says in the trace what was done. */
  told(does: string, detail?: Record<string, string | number>): void;
  gone(): void;
}

/** How long people take, in seconds: shortest and longest. */
const PACE = {
  touch: [0.7, 1.2],
  /** Until one has seen what a touch did. */
  see: [0.2, 0.35],
  read_consent: [2.2, 3.4],
  key: [0.16, 0.28],
  before_keys: [0.5, 0.9],
  take: [0.8, 1.4],
} as const;

/** Whoever reaches for something does not see yet what changed so shortly before. */
const REACTION = seconds(0.25);

/** Somebody who can do nothing for so long goes away. */
const PATIENCE = seconds(120);

type Deed = { readonly after: keyof typeof PACE; readonly act: () => void };

export class Visitor {
  readonly #actions: readonly CustomerAction[];
  readonly #knows: Knowledge;
  readonly #presence: Stance;
  readonly #view: View;
  readonly #reach: Reach;
  readonly #random: RandomStream;
  #next = 0;
  #deeds = 0;
  #busy = false;
  #gone = false;
  #session_over = false;
  /** When the machine last showed another page. */
  #page_since = micros(0);
  #page: Screen["page"] | null = null;
  /** Somebody else's hands act from now on. */
  #by_hand = false;
  readonly #forgotten = new Set<"cash" | "receipt">();

  constructor(
    actions: readonly CustomerAction[],
    knows: Knowledge,
    presence: Stance,
    view: View,
    reach: Reach,
    random: RandomStream,
  ) {
    this.#actions = actions;
    this.#knows = knows;
    this.#presence = presence;
    this.#view = view;
    this.#reach = reach;
    this.#random = random;
  }

  get isGone(): boolean {
    return this.#gone;
  }

  /** Steps up to the machine. */
  comes(): void {
    this.#presence.comes(this.#reach.now());
    this.#reach.told("arrives");
    this.#wait();
    this.#consider();
  }

  /** The machine shows another page. */
  sees(screen: Screen): void {
    if (screen.page !== this.#page) this.#page_since = this.#reach.now();
    this.#page = screen.page;
    if (screen.page === "out_of_service") this.#reach.after(seconds(5), () => this.#givesUp());
    if (
      screen.page === "look_at_camera" && screen.instruction !== null &&
      screen.instruction !== "no_match"
    ) {
      this.#presence.follows(screen.instruction);
    }
    this.#consider();
  }

  /** Something in view may have changed. */
  hears(): void {
    this.#consider();
  }

  /**
   * The machine said goodbye: what is left to do is to take one's things and go. Whoever has done
   * nothing yet sees the end of the session before theirs.
   */
  sessionOver(): void {
    if (this.#next === 0 && !this.#busy) return;
    this.#session_over = true;
    this.#reach.after(seconds(2.5), () => this.#walksOff());
    this.#consider();
  }

  /** The script ends here: what happens from now on is done by hand. */
  handsOver(): void {
    this.#by_hand = true;
  }

  /** Does not think of it any more. */
  forgets(what: "cash" | "receipt"): void {
    this.#forgotten.add(what);
  }

  /** Goes when nothing could be done since the last look at the watch. */
  #wait(): void {
    const deeds = this.#deeds;
    this.#reach.after(PATIENCE, () => {
      if (this.#by_hand) return;
      if (this.#deeds === deeds && !this.#busy) this.leave();
      else if (!this.#gone) this.#wait();
    });
  }

  /** The machine goes dark: what lies in a slot can still be taken, and nobody waits for more. */
  powerLost(): void {
    this.#session_over = true;
    this.#reach.after(seconds(8), () => this.#walksOff());
    this.#consider();
  }

  /** Nobody waits for ever before a machine that says it is out of service. */
  #givesUp(): void {
    if (this.#view.screen?.page === "out_of_service") this.#walksOff();
  }

  /** Has nothing left to do here; whoever acts by hand says that themselves. */
  #walksOff(): void {
    if (!this.#by_hand) this.leave();
  }

  leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#presence.leaves(this.#reach.now());
    this.#reach.told("leaves");
    this.#reach.gone();
  }

  #consider(): void {
    if (this.#busy || this.#gone || this.#by_hand) return;
    const action = this.#actions[this.#next];
    if (action === undefined) return;
    const deed = this.#deedFor(action);
    if (deed === null) return;
    this.#busy = true;
    this.#deeds++;
    // Busy until the deed says it is done: what the machine shows meanwhile starts no second one.
    this.#reach.after(this.#pace(deed.after), () => {
      if (this.#gone || this.#by_hand) return;
      if (this.#isTooLate(action)) this.#again();
      else deed.act();
    });
  }

  /** Another page came while the hand was on its way, and one has seen that. */
  #isTooLate(action: CustomerAction): boolean {
    return this.#reach.now() - this.#page_since > REACTION && this.#deedFor(action) === null;
  }

  #pace(what: keyof typeof PACE): Micros {
    const [shortest, longest] = PACE[what];
    return seconds(shortest + (longest - shortest) * this.#random.uniform());
  }

  #done(): void {
    this.#next++;
    this.#again();
  }

  /** The same action goes on, on whatever the machine shows next. */
  #again(): void {
    this.#busy = false;
    this.#consider();
  }

  /** What to do for this action now, or `null` while the machine is not ready for it. */
  #deedFor(action: CustomerAction): Deed | null {
    if (typeof action === "object" && "take" in action) return this.#take(action.take);
    if (this.#session_over) return null;
    if (typeof action === "string") return this.#simple(action);
    if ("language" in action) return this.#touch(`language_${action.language}`, "touch");
    if ("consent" in action) return this.#touch(action.consent, "read_consent");
    if ("choose" in action) return this.#touch(action.choose, "touch");
    if ("enter" in action) return this.#type("enter_number", this.#number(action.enter));
    if ("pin" in action) return this.#type("enter_pin", this.#pin(action.pin));
    if ("amount_yuan" in action) return this.#amount(action.amount_yuan);
    const wait = micros(Math.round(action.wait_s * 1e6));
    return { after: "touch", act: () => this.#reach.after(wait, () => this.#done()) };
  }

  #simple(action: Extract<CustomerAction, string>): Deed | null {
    switch (action) {
      case "withdraw_consent":
        return this.#withdrawConsent();
      case "leave":
        return { after: "touch", act: () => this.leave() };
      case "cancel":
      case "other_way":
      case "first_use":
        return this.#touch(action, "touch");
      case "show_face": {
        if (this.#view.screen?.page === "look_at_camera") {
          return {
            after: "touch",
            act: () => this.#look(),
          };
        }
        if (!this.#view.screen?.controls.includes("face")) return null;
        return {
          after: "touch",
          act: () => {
            this.#reach.touch("face");
            this.#look();
          },
        };
      }
    }
  }

  /** Two touches: the key, and "yes" on the page that asks once more. */
  #withdrawConsent(): Deed | null {
    if (this.#view.screen?.page === "withdraw_consent") return this.#touch("agree", "read_consent");
    if (!this.#view.screen?.controls.includes("withdraw_consent")) return null;
    return this.#touchAndSee("withdraw_consent");
  }

  #look(): void {
    this.#presence.looks(this.#reach.now());
    this.#reach.told("looks");
    this.#done();
  }

  #touch(control: Control, pace: "touch" | "read_consent"): Deed | null {
    if (!this.#view.screen?.controls.includes(control)) return null;
    return {
      after: pace,
      act: () => {
        this.#reach.touch(control);
        this.#done();
      },
    };
  }

  /** Touches a key on the way; what the page then shows says how the same action goes on. */
  #touchAndSee(control: Control): Deed {
    return {
      after: "touch",
      act: () => {
        this.#reach.touch(control);
        this.#reach.after(this.#pace("see"), () => this.#again());
      },
    };
  }

  #number(what: string): string {
    return what === "id" ? this.#knows.id : what === "phone" ? this.#knows.phone : what;
  }

  #pin(what: string): string {
    if (what === "correct") return this.#knows.pin;
    if (what !== "wrong") return what;
    const last = (Number(this.#knows.pin.at(-1)) + 1) % 10;
    return this.#knows.pin.slice(0, -1) + String(last);
  }

  #type(page: Screen["page"], characters: string): Deed | null {
    if (!this.#view.keypad || this.#view.screen?.page !== page) return null;
    const keys = [...characters].map((character) => keyOfCharacter(character));
    return { after: "before_keys", act: () => this.#press([...keys, "enter"]) };
  }

  #press(keys: readonly string[]): void {
    const [key, ...rest] = keys;
    if (key === undefined) return this.#done();
    this.#reach.press(key);
    this.#reach.after(this.#pace("key"), () => {
      // Somebody who sees the entry end (a time limit, another page) stops pressing.
      if (this.#gone || this.#session_over || this.#by_hand) return;
      this.#press(rest);
    });
  }

  #amount(amount_yuan: number): Deed | null {
    const preset = this.#touch(`amount_${amount_yuan}`, "touch");
    if (preset !== null) return preset;
    if (this.#view.screen?.controls.includes("other_amount")) {
      return this.#touchAndSee("other_amount");
    }
    return this.#type("enter_amount", String(amount_yuan));
  }

  #take(what: "cash" | "receipt"): Deed | null {
    if (what === "cash" ? !this.#view.cash : !this.#view.receipt) return null;
    if (this.#forgotten.has(what)) return null;
    return {
      after: "take",
      act: () => {
        // Forgotten while the hand was on its way.
        if (this.#forgotten.has(what)) return this.#again();
        // Nothing is said of what is taken while the machine is dark; the hand knows.
        if (what === "cash") this.#view.cash &&= this.#reach.takeCash() === 0;
        else this.#reach.takeReceipt();
        this.#view.receipt &&= what !== "receipt";
        this.#done();
      },
    };
  }
}
