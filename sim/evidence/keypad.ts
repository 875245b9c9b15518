/**
 * Which key a told key event was of, where the trace tells only that there was one.
 *
 *   fingers (the plan's) ─► contacts, worn and broken as they were ─► the next key event's key
 *
 * One's own keypad is gone through again with its own model of contacts: a stuck key presses itself, a
 * bouncing one counts twice, a late one comes after the next. Somebody else's keypad tells its keys when it
 * comes to it, and there each event is of the next key that was pressed.
 */
import { DIGIT_KEYS } from "../../core/xfs4iot/mod.ts";
import { type Micros, milliseconds } from "../../core/units.ts";
import { Contacts, FaultSet, KEYBOARD_FAULTS, type Profile } from "../../devices/mod.ts";
import { Clock, PRIORITY } from "../clock/mod.ts";

/** What a pad loses an entry by, and nobody is told. */
const FORGETTING = ["E3", "K18", "K19"];

const CHARACTERS: readonly string[] = [...DIGIT_KEYS, "oemX"];

/** A key whose contact closed, and when. */
interface Closed {
  readonly t: Micros;
  readonly key: string;
}

export class Keypad {
  readonly #clock = new Clock();
  readonly #faults = new FaultSet(KEYBOARD_FAULTS);
  readonly #contacts: Contacts;
  readonly #late: boolean;
  #closed: Closed[] = [];

  /** `late`: the pad is somewhere else, and tells its keys later than they were pressed. */
  constructor({ keypad }: Profile, late: boolean) {
    this.#late = late;
    this.#contacts = new Contacts(
      { after: (delay, task) => this.#clock.after(delay, PRIORITY.device, task) },
      this.#faults,
      milliseconds(keypad.bounce_ms),
      (key) => this.#closes(key),
    );
  }

  /** Time goes on: what closes by itself has done so. */
  passTo(t: Micros): void {
    for (let next = this.#clock.next(); next !== null && next <= t; next = this.#clock.next()) {
      void this.#clock.take()?.();
    }
    this.#clock.passTo(t);
  }

  fault(id: string, active: boolean): void {
    if (active && FORGETTING.includes(id)) this.#contacts.rests();
    const known = KEYBOARD_FAULTS.find((fault) => fault.id === id)?.id;
    if (known === undefined || !this.#faults.set(known, active)) return;
    if (active) this.#contacts.struck(known);
  }

  /** An entry begins. */
  listens(): void {
    this.#contacts.listens();
  }

  /** It is over. */
  rests(): void {
    this.#contacts.rests();
  }

  press(key: string): void {
    if (this.#late) this.#closes(key);
    else this.#contacts.press(key);
  }

  /** The next visitor has fingers of their own. */
  forget(): void {
    this.#closed = [];
  }

  /** The key of a key event that is told now; undefined: there was none. */
  take(): string | undefined {
    // A contact is told at once or, where the entry does not take the key, never.
    const now = this.#clock.now();
    if (!this.#late) this.#closed = this.#closed.filter(({ t }) => t === now);
    return this.#closed.shift()?.key;
  }

  #closes(key: string): void {
    if (CHARACTERS.includes(key)) this.#closed.push({ t: this.#clock.now(), key });
  }
}
