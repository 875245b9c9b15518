/**
 * From fingers to contacts: what the pad's computer notices of a press, with worn and broken keys.
 *
 *   finger ──► dead? (K2, K8) ──► late? (K4) ──► bounces? (K3), neighbour? (K5) ──► contact
 *   nobody ─────────────────────────────────────── stuck (K1), cancel (K9), enter (K10) ──► contact
 *
 * @module
 */
import { type Micros, milliseconds } from "../../core/units.ts";
import type { Surroundings } from "../device.ts";
import type { FaultSet } from "../fault_set.ts";
import { DEAD_KEY, type KeyboardFaultId, NEXT_KEY, STUCK_KEY } from "./faults.ts";

const STUCK_EVERY = milliseconds(400);
const LATE = milliseconds(400);
const CANCEL_AFTER = milliseconds(1_000);
/** Keys after which enter closes by itself. */
const SHORT = 3;

/** A pad of fewer repeats has nobody at it: a bound on a key that is stuck for ever. */
const REPEATS_MAX = 200;

export class Contacts {
  readonly #surroundings: Pick<Surroundings, "after">;
  readonly #faults: Pick<FaultSet<KeyboardFaultId>, "has">;
  readonly #bounce: Micros;
  readonly #closes: (key: string) => void;
  /** A key that has not come up yet. */
  #held: string | null = null;
  /** Counts entries: what was begun for one does not go on in the next. */
  #entry = 0;
  #open = false;

  constructor(
    surroundings: Pick<Surroundings, "after">,
    faults: Pick<FaultSet<KeyboardFaultId>, "has">,
    bounce: Micros,
    closes: (key: string) => void,
  ) {
    this.#surroundings = surroundings;
    this.#faults = faults;
    this.#bounce = bounce;
    this.#closes = closes;
  }

  /** Keys are taken from now on. */
  listens(): void {
    this.#open = true;
    this.#entry++;
    if (this.#faults.has("K1")) this.struck("K1");
    if (this.#faults.has("K9")) this.struck("K9");
  }

  /** This fault is on now: what closes by itself begins to. */
  struck(id: KeyboardFaultId): void {
    if (!this.#open) return;
    const entry = this.#entry;
    if (id === "K1") this.#repeat(entry, REPEATS_MAX);
    if (id !== "K9") return;
    this.#surroundings.after(CANCEL_AFTER, () => {
      if (this.#is(entry) && this.#faults.has("K9")) this.#closes("cancel");
    });
  }

  /** Keys are not taken any more. */
  rests(): void {
    this.#open = false;
    this.#held = null;
  }

  press(key: string): void {
    if (this.#faults.has("K8")) return;
    if (this.#faults.has("K2") && key === DEAD_KEY) return;
    if (!this.#faults.has("K4")) return this.#down(key);
    const before = this.#held;
    this.#held = before === null ? key : null;
    if (before !== null) {
      this.#down(key);
      return this.#down(before);
    }
    this.#surroundings.after(LATE, () => {
      if (this.#held !== key) return;
      this.#held = null;
      this.#down(key);
    });
  }

  /** The entry has this many keys now. */
  typed(count: number): void {
    if (count === SHORT && this.#faults.has("K10")) this.#closes("enter");
  }

  #down(key: string): void {
    this.#closes(key);
    if (this.#faults.has("K5")) this.#closes(NEXT_KEY);
    if (!this.#faults.has("K3")) return;
    this.#surroundings.after(this.#bounce, () => this.#closes(key));
  }

  #repeat(entry: number, left: number): void {
    this.#surroundings.after(STUCK_EVERY, () => {
      if (!this.#is(entry) || left === 0 || !this.#faults.has("K1")) return;
      this.#closes(STUCK_KEY);
      this.#repeat(entry, left - 1);
    });
  }

  #is(entry: number): boolean {
    return this.#open && this.#entry === entry;
  }
}
