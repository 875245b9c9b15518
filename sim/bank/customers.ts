/**
 * The register of customers: who has which number, and whether a PIN is theirs.
 *
 * What the host keeps instead of a PIN is its verification value: HMAC-SHA256(verification key,
 * account/PIN), whole. The card schemes' PVV of four decimal digits looks at the first four digits of a
 * PIN only, and one PIN in ten thousand of another is let in; PINs here have six. The clear PIN exists
 * only inside {@linkcode Customers.verify}, for one comparison.
 */
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { assert } from "../../core/assert.ts";
import { remembered } from "../../core/remembered.ts";
import type { Fields } from "../../core/iso8583/mod.ts";
import type { Key } from "../../core/keys/mod.ts";
import { type LegacyPins, openPinBlock, pinFormatOf } from "../../core/pin/mod.ts";
import type { Fen } from "../../core/units.ts";
import { personOf } from "../people/mod.ts";

/** A customer as a plan names one. */
export interface BankPerson {
  readonly person: number;
  readonly balance: Fen;
  /** Whether a face template of theirs is kept. */
  readonly enrolled: boolean;
}

/** What the host knows of a customer. */
export interface Customer {
  readonly person: number;
  readonly pan: string;
  readonly enrolled: boolean;
  readonly pinVerification: string;
  /** Wrong PINs still allowed; at 0 the customer is locked. */
  readonly pinTriesLeft: number;
  /** The bank's wall clock at the last wrong PIN: a lock that ends by itself counts from it. */
  readonly pinWrongAt_ms: number;
  /** Faces in a row that were not theirs, and when the last one came. */
  readonly faceRefusals: number;
  readonly faceRefusedAt_ms: number;
  /**
   * Since consent was withdrawn: the last inquiry (DE 11) of each machine, the beginning of a visit in
   * which it can be given anew. Null: it never was withdrawn.
   */
  readonly askedAnew: ReadonlyMap<string, string> | null;
}

/** How a bank treats faces that were not the customer's; absent where it does not count them. */
export interface FacePolicy {
  /** In a row, until the way with the face is closed for this customer. */
  readonly refusals: number;
  readonly lock_ms?: number;
}

/** How a bank treats wrong PINs. */
export interface PinPolicy {
  /** Wrong PINs in a row until the customer is locked. */
  readonly tries: number;
  /** How long a lock lasts; absent: until somebody at a branch lifts it. */
  readonly lock_ms?: number;
}

/** How PIN blocks come, and what opens them. */
export interface PinOpening {
  /** P0, allowed to decrypt: AES, or TDEA for a legacy format. */
  readonly pinKey: Key;
  /** Absent: blocks are of format 4, and no other is opened. */
  readonly legacyPins?: LegacyPins;
}

/** What became of a PIN block. */
export type PinVerdict =
  | { readonly verdict: "right" | "locked" | "unreadable" }
  | { readonly verdict: "wrong"; readonly triesLeft: number };

/**
 * The host's key for verification values. Everything about a synthetic person follows from N, so
 * this key guards nothing real; what counts is that no PIN stands in the host's store.
 */
const VERIFICATION_KEY = sha256(utf8ToBytes("atm-twin/bank/pin-verification"));

/** The HMAC with its key already taken in. */
const KEYED = hmac.create(sha256, VERIFICATION_KEY);

const BLOCK_PATTERN = /^([0-9A-Fa-f]{2})+$/;

/** All customers of one bank. */
export class Customers {
  readonly #byPan = new Map<string, Customer>();
  readonly #panByNumber = new Map<string, string>();
  readonly #panByPerson = new Map<number, string>();
  readonly #pins: PinOpening;
  readonly #policy: PinPolicy;
  readonly #face: FacePolicy | undefined;
  readonly #wall: () => number;
  readonly #changed: (person: number, triesLeft: number) => void;

  /** `changed` hears of every wrong PIN, and of a right one that gives tries back. */
  constructor(
    people: readonly BankPerson[],
    pins: PinOpening,
    policy: PinPolicy,
    face: FacePolicy | undefined,
    wall: () => number,
    changed: (person: number, triesLeft: number) => void,
  ) {
    assert(policy.tries > 0, "a customer has at least one try at the PIN");
    this.#changed = changed;
    this.#pins = pins;
    this.#policy = policy;
    this.#face = face;
    this.#wall = wall;
    for (const { person, enrolled } of people) this.#admit(person, enrolled);
  }

  /** The one customer with this phone or identity number. */
  byNumber(number: string): Customer | undefined {
    const pan = this.#panByNumber.get(number);
    return pan === undefined ? undefined : this.byPan(pan);
  }

  byPan(pan: string): Customer | undefined {
    return this.#byPan.get(pan);
  }

  byPerson(person: number): Customer | undefined {
    return this.byPan(this.#panByPerson.get(person) ?? "");
  }

  /**
   * Compares a PIN block with the customer's verification value and counts wrong ones.
   *
   * An unreadable block is a broken machine or another key, not the customer's mistake: it does not
   * count. A locked customer's block is not even opened.
   */
  verify(customer: Customer, pinData: string): PinVerdict {
    if (this.isLocked(customer)) return { verdict: "locked" };
    if (!BLOCK_PATTERN.test(pinData)) return { verdict: "unreadable" };
    const { pinKey, legacyPins } = this.#pins;
    const sealed = { format: pinFormatOf(legacyPins), block: hexToBytes(pinData) };
    const opened = openPinBlock(sealed, customer.pan, pinKey, legacyPins?.tdea ?? null);
    if (!opened.ok) return { verdict: "unreadable" };
    const right = verificationOf(customer.pan, opened.pin) === customer.pinVerification;
    const { tries } = this.#policy;
    // After a lock that has run out the customer begins anew.
    const left = customer.pinTriesLeft > 0 ? customer.pinTriesLeft : tries;
    const triesLeft = right ? tries : left - 1;
    // Also a wrong one that leaves as few as before: a lock counts from the last.
    if (!right || triesLeft !== customer.pinTriesLeft) {
      this.restore(customer.person, triesLeft, this.#wall());
      this.#changed(customer.person, triesLeft);
    }
    return right ? { verdict: "right" } : { verdict: "wrong", triesLeft };
  }

  /** Whether too many wrong PINs came, and the lock that followed has not run out. */
  isLocked({ pinTriesLeft, pinWrongAt_ms }: Customer): boolean {
    if (pinTriesLeft > 0) return false;
    const { lock_ms } = this.#policy;
    return lock_ms === undefined || this.#wall() < pinWrongAt_ms + lock_ms;
  }

  /** Whether too many faces were not theirs, and the lock that followed has not run out. */
  isFaceLocked({ faceRefusals, faceRefusedAt_ms }: Customer): boolean {
    if (this.#face === undefined || faceRefusals < this.#face.refusals) return false;
    const { lock_ms } = this.#face;
    return lock_ms === undefined || this.#wall() < faceRefusedAt_ms + lock_ms;
  }

  /** Sets how many faces in a row were not theirs. */
  countFaces(person: number, faceRefusals: number, faceRefusedAt_ms: number): void {
    const customer = this.byPerson(person);
    if (customer === undefined) return;
    this.#byPan.set(customer.pan, { ...customer, faceRefusals, faceRefusedAt_ms });
  }

  /** A template of theirs is kept from now on, or none is: then consent was withdrawn. */
  keepsTemplate(person: number, enrolled: boolean): void {
    const customer = this.byPerson(person);
    if (customer === undefined) return;
    const askedAnew = enrolled ? customer.askedAnew : new Map<string, string>();
    this.#byPan.set(customer.pan, { ...customer, enrolled, askedAnew });
  }

  /** A machine has asked who they are, and was told what to compare a face with: a visit begins. */
  asked(customer: Customer, { 11: stan = "", 41: terminal = "" }: Fields): void {
    if (customer.askedAnew === null) return;
    const askedAnew = new Map(customer.askedAnew).set(terminal, stan);
    this.#byPan.set(customer.pan, { ...customer, askedAnew });
  }

  /**
   * Whether a face may decide in the visit of this request, and a template be kept: not where consent was
   * withdrawn since that began. What comes late has a number before the next visit's.
   */
  mayUseFace({ askedAnew }: Customer, { 11: stan = "", 41: terminal = "" }: Fields): boolean {
    const asked = askedAnew?.get(terminal);
    return askedAnew === null || (asked !== undefined && isLater(stan, asked));
  }

  /** Takes back what was kept of somebody's tries; whoever is no customer any more is left out. */
  restore(person: number, pinTriesLeft: number, pinWrongAt_ms: number): void {
    const customer = this.byPerson(person);
    if (customer === undefined) return;
    this.#byPan.set(customer.pan, { ...customer, pinTriesLeft, pinWrongAt_ms });
  }

  #admit(person: number, enrolled: boolean): void {
    const { pan, phone, idNumber } = personOf(person);
    assert(!this.#byPan.has(pan), "a bank has each person once");
    this.#panByPerson.set(person, pan);
    this.#byPan.set(pan, {
      person,
      pan,
      enrolled,
      pinVerification: issuedOf(person),
      pinTriesLeft: this.#policy.tries,
      pinWrongAt_ms: 0,
      faceRefusals: 0,
      faceRefusedAt_ms: 0,
      askedAnew: null,
    });
    for (const number of [phone, idNumber]) {
      assert(!this.#panByNumber.has(number), "a number belongs to one customer");
      this.#panByNumber.set(number, pan);
    }
  }
}

/** After 999999 a machine numbers from 000001 again. */
function isLater(stan: string, than: string): boolean {
  return (Number(stan) - Number(than) + 999_999) % 999_999 < 500_000;
}

function verificationOf(pan: string, pin: string): string {
  return bytesToHex(KEYED.clone().update(utf8ToBytes(`${pan}/${pin}`)).digest());
}

/** The value that a customer's card was issued with: of the same people again and again. */
const issuedOf = remembered(256, (person: number) => {
  const { pan, pin } = personOf(person);
  return verificationOf(pan, pin);
});
