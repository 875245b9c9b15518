import { assert } from "../../core/assert.ts";
import type { Fields, Iso8583Message, ResponseCode } from "../../core/iso8583/mod.ts";
import type { Fen } from "../../core/units.ts";
import { makeDispenseToken } from "../../core/xfs4iot/mod.ts";
import { Books, type Debit } from "./books.ts";
import { type BankPerson, type Customer, Customers, type PinOpening } from "./customers.ts";
import type { LedgerEntry } from "./ledger.ts";
import { type BankLimits, refusalOf } from "./limits.ts";
import { answerTo, detailsOf, type Key, keyOf, originalKeyOf, sealedDetails } from "./request.ts";
import { type BankStore, type Fact, FORGETFUL, type Verdict } from "./store.ts";

export interface BankOptions extends PinOpening {
  /** The customers of this bank, each once. */
  readonly people: readonly BankPerson[];
  readonly limits: BankLimits;
  /** Shared with the dispenser: makes the tokens that machines ask for; absent: none is made. */
  readonly tokenKey?: Uint8Array;
  /**
   * The one machine this bank talks to: DE 41, eight characters. Absent: any machine, each with a
   * cash account of its own; a reversal still undoes only what its own machine asked for.
   */
  readonly terminalId?: string;
  /** What a first use is compared with (machine profile, `policies`); the ID photo unless told. */
  readonly first_use?: "id_photo_reference" | "card_present_enrollment";
  /** The bank's wall clock, milliseconds since 1970. */
  readonly wall: () => number;
  /** Hears every ledger entry as it is written, the opening ones included. */
  readonly record: (entry: LedgerEntry) => void;
  /** What outlives the program; absent: nothing does. */
  readonly store?: BankStore;
}

export interface Bank {
  /**
   * Answers a request; `null` for what is not a request. Whatever arrives, it throws nothing but
   * what its store throws; what could not be kept then is kept before the next answer leaves.
   */
  receive(message: Iso8583Message): Iso8583Message | null;
  /** The customer withdraws consent elsewhere (at a branch, by phone): no template is to be used. */
  withdrawConsent(person: number): void;
  /** Cash was put into this machine (DE 41): the books expect that much more in it. */
  load(terminal: string, amount: Fen): void;
  /** Cash was taken out of it: so much less. */
  unload(terminal: string, amount: Fen): void;
  /** Cash was counted in it: any difference is booked as surplus or shortage, against suspense. */
  counted(terminal: string, amount: Fen): void;
  /** What the customer's account holds. */
  balanceOf(person: number): Fen;
  /** Whether too many wrong PINs have locked this customer. */
  isLocked(person: number): boolean;
  /** Every authorised withdrawal, in order. */
  debits(): readonly Debit[];
  /** Every ledger entry, in order. */
  ledger(): readonly LedgerEntry[];
}

export function createBank(options: BankOptions): Bank {
  return new Host(options);
}

/** The requests that are decided once, and what answers them. An 0121 is its 0120 again. */
const REPLIES = { "0100": "0110", "0120": "0130", "0200": "0210" } as const;
type Asked = keyof typeof REPLIES;

type Identified =
  | { readonly ok: true; readonly customer: Customer }
  | { readonly ok: false; readonly verdict: Verdict };

class Host implements Bank {
  readonly #options: BankOptions;
  readonly #customers: Customers;
  readonly #books: Books;
  readonly #answered = new Map<Key, { readonly details: string; readonly verdict: Verdict }>();
  /** The answer to each reversal by its original, kept also when there was nothing to reverse. */
  readonly #reversals = new Map<Key, ResponseCode>();
  readonly #store: BankStore;
  /** What has come to be since the last commit. */
  #facts: Fact[] = [];

  constructor(options: BankOptions) {
    const { people, limits, terminalId, wall, record } = options;
    assert(terminalId === undefined || isTerminal(terminalId), "a terminal has eight characters");
    this.#options = options;
    this.#store = options.store ?? FORGETFUL;
    const keep = (fact: Fact) => void this.#facts.push(fact);
    this.#customers = new Customers(
      people,
      options,
      {
        tries: limits.pin_tries,
        ...(limits.pin_lock_ms === undefined ? {} : { lock_ms: limits.pin_lock_ms }),
      },
      limits.face_refusals === undefined ? undefined : {
        refusals: limits.face_refusals,
        ...(limits.face_lock_ms === undefined ? {} : { lock_ms: limits.face_lock_ms }),
      },
      wall,
      (person, tries_left) => keep({ fact: "pin", person, tries_left, wall_ms: wall() }),
    );
    this.#books = new Books(wall, record, keep);
    for (const fact of this.#store.load()) this.#restore(fact);
    for (const { person, balance } of people) this.#books.open(this.#find(person), balance);
    this.#commit();
  }

  receive({ mti, fields }: Iso8583Message): Iso8583Message | null {
    const answer = this.#answer(mti, fields);
    this.#commit();
    return answer;
  }

  withdrawConsent(person: number): void {
    this.#keepsTemplate(this.#find(person).person, false);
    this.#commit();
  }

  load(terminal: string, amount: Fen): void {
    assert(isTerminal(terminal), "a terminal has eight characters");
    this.#books.load(terminal, amount);
    this.#commit();
  }

  unload(terminal: string, amount: Fen): void {
    assert(isTerminal(terminal), "a terminal has eight characters");
    this.#books.unload(terminal, amount);
    this.#commit();
  }

  counted(terminal: string, amount: Fen): void {
    assert(isTerminal(terminal) && amount >= 0, "notes are counted in a terminal");
    this.#books.counted(terminal, amount);
    this.#commit();
  }

  balanceOf(person: number): Fen {
    return this.#books.balanceOf(this.#find(person));
  }

  isLocked(person: number): boolean {
    return this.#customers.isLocked(this.#find(person));
  }

  debits(): readonly Debit[] {
    return this.#books.debits;
  }

  ledger(): readonly LedgerEntry[] {
    return this.#books.entries;
  }

  #answer(mti: Iso8583Message["mti"], fields: Fields): Iso8583Message | null {
    switch (mti) {
      case "0100":
      case "0200":
        return this.#once(mti, fields);
      case "0420":
      case "0421":
        return answerTo("0430", fields, { 39: this.#reverse(fields) });
      case "0120":
      case "0121":
        return this.#once("0120", fields);
      case "0110":
      case "0130":
      case "0210":
      case "0430":
        return null;
    }
  }

  /** Before an answer leaves, everything it promises is kept. */
  #commit(): void {
    if (this.#facts.length === 0) return;
    this.#store.commit(this.#facts);
    this.#facts = [];
  }

  #restore(fact: Fact): void {
    switch (fact.fact) {
      case "pin":
        return this.#customers.restore(fact.person, fact.tries_left, fact.wall_ms);
      case "face":
        return this.#customers.countFaces(fact.person, fact.refusals, fact.wall_ms);
      case "reference":
        return this.#customers.keepsTemplate(fact.person, fact.enrolled);
      case "answer": {
        const { key, details, verdict, person } = fact;
        const pan = person === null ? undefined : this.#customers.byPerson(person)?.pan;
        const whole = pan === undefined ? verdict : { ...verdict, 2: pan };
        this.#answered.set(key, { details, verdict: whole });
        return;
      }
      case "reversal":
        this.#reversals.set(fact.key, fact.code);
        return this.#books.restore(fact);
      case "entry":
      case "debit":
        return this.#books.restore(fact);
    }
  }

  /**
   * Gives a repeated request the answer of the first, and does what it asks only once.
   *
   * Two are refused. A request that was reversed, whether it came before the reversal or after: its
   * customer was promised that nothing is debited, and nobody may pay out on it any more. And a key
   * used again for something else: the old answer would approve what was never debited.
   */
  #once(mti: Asked, fields: Fields): Iso8583Message {
    const reply = REPLIES[mti];
    const refused = answerTo(reply, fields, { 39: "12" });
    const key = this.#ofThisTerminal(fields) ? keyOf(mti, fields) : null;
    if (key === null || this.#reversals.has(key)) return refused;
    const details = this.#detailsOf(fields);
    const before = this.#answered.get(key);
    if (before !== undefined) {
      return before.details === details ? answerTo(reply, fields, before.verdict) : refused;
    }
    const verdict = this.#decide(mti, key, fields);
    this.#answered.set(key, { details, verdict });
    const { 2: pan, ...rest } = verdict;
    const person = pan === undefined ? null : this.#customers.byPan(pan)?.person ?? null;
    this.#facts.push({ fact: "answer", key, details, verdict: rest, person });
    return answerTo(reply, fields, verdict);
  }

  /** What is kept for good must not hold a number; what ends with the run may, and is faster. */
  #detailsOf(fields: Fields): string {
    const details = detailsOf(fields);
    return this.#options.store === undefined ? details : sealedDetails(details);
  }

  #decide(mti: Asked, key: Key, fields: Fields): Verdict {
    switch (fields[3]) {
      case "330000":
        return mti === "0100" ? this.#inquire(fields) : { 39: "12" };
      case "310000":
        return mti === "0100" ? this.#balance(fields) : { 39: "12" };
      case "010000":
        return mti === "0200" ? this.#withdraw(key, fields) : { 39: "12" };
      case "910000":
        return mti === "0120" ? this.#referenceTold(fields) : { 39: "12" };
      case "920000":
        return mti === "0120" ? this.#faceRefused(fields) : { 39: "12" };
      default:
        return { 39: "12" };
    }
  }

  /** 91: the machine keeps a template of this customer, or has deleted it. */
  #referenceTold(fields: Fields): Verdict {
    const customer = this.#customers.byPan(fields[2] ?? "");
    if (customer === undefined) return { 39: "14" };
    const reference = fields[48]?.reference;
    if (reference !== "template" && reference !== "none") return { 39: "12" };
    const kept = reference === "template";
    // Consent was withdrawn while the machine made it: it is not taken in.
    if (kept && !this.#customers.mayUseFace(customer, fields)) return { 39: "62" };
    this.#keepsTemplate(customer.person, kept);
    return { 39: "00" };
  }

  #keepsTemplate(person: number, enrolled: boolean): void {
    this.#customers.keepsTemplate(person, enrolled);
    this.#facts.push({ fact: "reference", person, enrolled, wall_ms: this.#options.wall() });
  }

  /** 92: somebody with this number showed another face. */
  #faceRefused(fields: Fields): Verdict {
    const customer = this.#customers.byPan(fields[2] ?? "");
    if (customer === undefined) return { 39: "14" };
    // After a lock that has run out the count begins anew.
    const { faceRefusals } = customer;
    const most = this.#options.limits.face_refusals ?? Infinity;
    const anew = faceRefusals >= most && !this.#customers.isFaceLocked(customer);
    this.#countFaces(customer, anew ? 1 : faceRefusals + 1);
    return { 39: "00" };
  }

  #countFaces({ person, faceRefusals }: Customer, refusals: number): void {
    if (refusals === 0 && faceRefusals === 0) return;
    const wall_ms = this.#options.wall();
    this.#customers.countFaces(person, refusals, wall_ms);
    this.#facts.push({ fact: "face", person, refusals, wall_ms });
  }

  /** 33: who has this number, and is there a face to compare with? */
  #inquire(fields: Fields): Verdict {
    const number = fields[48]?.number;
    if (number === undefined) return { 39: "12" };
    const customer = this.#customers.byNumber(number);
    if (customer === undefined) return { 39: "14" };
    if (this.#customers.isLocked(customer)) return { 39: "62" };
    // Open to a card, closed to a face: the customer goes the other way.
    if (this.#customers.isFaceLocked(customer)) return { 39: "62" };
    const photo = this.#options.first_use !== "card_present_enrollment";
    const reference = customer.enrolled ? "template" : photo ? "id_photo" : "none";
    if (reference !== "none") this.#customers.asked(customer, fields);
    return { 2: customer.pan, 39: "00", 48: { reference } };
  }

  /** 31: is the PIN right, and how much is there? An inquiry: it moves nothing. */
  #balance(fields: Fields): Verdict {
    const identified = this.#identify(fields);
    if (!identified.ok) return identified.verdict;
    return { 39: "00", 54: this.#books.balanceOf(identified.customer) };
  }

  /** 01: the debit. Nobody is debited whose face was not compared and found theirs. */
  #withdraw(key: Key, fields: Fields): Verdict {
    const { 4: amount, 7: transmitted = "", 11: stan = "", 41: terminal = "" } = fields;
    const known = Number.isSafeInteger(amount) && fields[49] === "156"; // of nothing else than yuan
    if (amount === undefined || amount <= 0 || !known) return { 39: "12" };
    const face = fields[48]?.face;
    // Not `score < threshold`: a score that is no number must not pass.
    if (face === undefined || !(face.score >= face.threshold)) return { 39: "12" };
    const identified = this.#identify(fields);
    if (!identified.ok) return identified.verdict;
    const { customer } = identified;
    const { limits } = this.#options;
    const books = this.#books;
    const refusal = refusalOf(amount, books.today(customer), books.balanceOf(customer), limits);
    if (refusal !== null) return { 39: refusal };
    const entry = books.withdraw(key, customer, { amount, stan, transmitted }, terminal);
    const { tokenKey } = this.#options;
    const nonce = fields[48]?.nonce;
    const token = nonce === undefined || tokenKey === undefined
      ? {}
      : { 48: { token: makeDispenseToken(nonce, amount, tokenKey) } };
    return { 38: String(entry.n % 1_000_000).padStart(6, "0"), 39: "00", ...token };
  }

  /** The customer of DE 2 if DE 52 holds their PIN and a face may decide; otherwise why not. */
  #identify(fields: Fields): Identified {
    const { 2: pan, 52: pinData } = fields;
    if (pan === undefined || pinData === undefined) return { ok: false, verdict: { 39: "12" } };
    const customer = this.#customers.byPan(pan);
    if (customer === undefined) return { ok: false, verdict: { 39: "14" } };
    const pin = this.#customers.verify(customer, pinData);
    switch (pin.verdict) {
      case "right":
        this.#countFaces(customer, 0);
        // Consent that was withdrawn during the visit: this face decides nothing any more.
        if (this.#customers.mayUseFace(customer, fields)) return { ok: true, customer };
        return { ok: false, verdict: { 39: "62" } };
      case "wrong": {
        const code = pin.triesLeft > 0 ? "55" : "75";
        return { ok: false, verdict: { 39: code, 48: { pin_tries_left: pin.triesLeft } } };
      }
      case "locked":
        return { ok: false, verdict: { 39: "62" } };
      case "unreadable":
        return { ok: false, verdict: { 39: "96" } };
    }
  }

  /**
   * 0420 and 0421: undoes the debit of DE 90, once. Any later copy gets the first copy's answer.
   *
   * 25 means that the original has not come; it is remembered, so that it is refused if it does.
   */
  #reverse(fields: Fields): ResponseCode {
    const key = this.#ofThisTerminal(fields) ? originalKeyOf(fields) : null;
    if (key === null) return "12";
    const debit = this.#books.debitOf(key);
    if (debit !== undefined && !this.#isAbout(debit, fields)) return "12";
    const before = this.#reversals.get(key);
    if (before !== undefined) return before;
    const entry = this.#books.reverse(key);
    const code = this.#answered.has(key) ? "00" : "25";
    this.#reversals.set(key, code);
    this.#facts.push({ fact: "reversal", key, code, n: entry?.n ?? null });
    return code;
  }

  /** Only whole debits are undone: another amount or account is of something this bank did not do. */
  #isAbout({ amount, person }: Debit, { 2: account, 4: said }: Fields): boolean {
    const pan = this.#customers.byPerson(person)?.pan;
    return (said === undefined || said === amount) &&
      (account === undefined || pan === undefined || account === pan);
  }

  #ofThisTerminal(fields: Fields): boolean {
    const { 41: terminal = "" } = fields;
    return isTerminal(terminal) && terminal === (this.#options.terminalId ?? terminal);
  }

  #find(person: number): Customer {
    const customer = this.#customers.byPerson(person);
    assert(customer !== undefined, `person ${person} is a customer of this bank`);
    return customer;
  }
}

function isTerminal(terminal: string): boolean {
  return terminal.length === 8;
}
