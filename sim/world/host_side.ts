/** The far side of the machine: the link, the bank behind it, and what is recorded of both. */
import { assert } from "../../core/assert.ts";
import { macKey, pinOpeningKey } from "../../core/keys/mod.ts";
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import { maskMessage } from "../../core/money/mod.ts";
import { micros, seconds, yuan } from "../../core/units.ts";
import {
  createLineEnd,
  createLink,
  type LineEnd,
  type Link,
  type Profile,
  type Surroundings,
} from "../../devices/mod.ts";
import {
  authenticated,
  type Bank,
  bankLimitsOf,
  type BankOptions,
  type Host,
} from "../bank/mod.ts";
import type { FaultInjector } from "../faults/mod.ts";
import { type OperatorAct, peopleOf, type Scenario } from "../plan/mod.ts";
import { asTold, type TraceBody } from "../trace/mod.ts";
import type { RemoteBank } from "./ports.ts";
import { TERMINAL } from "./settings.ts";
import { handled, type Notes, setUp } from "./vault.ts";

export interface HostSideOptions {
  readonly scenario: Scenario;
  readonly profile: Profile;
  readonly pin_key: Uint8Array;
  readonly token_key: Uint8Array;
  /** Of message authentication; used where the profile wants it. */
  readonly mac_key: Uint8Array;
  readonly surroundings: Surroundings;
  readonly record: (body: TraceBody) => void;
  /** Hears every message as it is on the wire. */
  readonly overhear: (message: Iso8583Message) => void;
  readonly bank: (options: BankOptions) => Bank;
  readonly wall: () => number;
  /** Whether the machine has power: without, it neither sends nor hears. */
  readonly powered: () => boolean;
  /** Changes whenever the machine stops or starts. */
  readonly life: () => number;
  /** A bank that is somewhere else, instead of the run's own. */
  readonly remote?: RemoteBank;
  /** The machine hears an answer. */
  readonly heard: (message: Iso8583Message) => void;
}

type Seen = "sent" | "received" | "lost" | "refused";

/** In memory a message is an object; its code is over the bytes it would be. */
const WIRE = { bitmap: "binary", encoding: "ascii" } as const;

export class HostSide {
  readonly link: Link;
  /** The run's own; null where the bank is somewhere else. */
  readonly bank: Bank | null;
  readonly #host: Host | null;
  /** Null where the profile wants no authentication codes. */
  readonly #end: LineEnd | null;
  readonly #options: HostSideOptions;
  readonly #heard: (message: Iso8583Message) => void;
  readonly #powered: () => boolean;
  readonly #to_call = new Set<number>();
  /** Set once the injector exists: it needs the link, and the link's messages need it. */
  faults: FaultInjector | null = null;

  constructor(options: HostSideOptions) {
    const { profile } = options;
    this.#options = options;
    this.#heard = options.heard;
    this.#powered = options.powered;
    this.link = createLink(profile, options.surroundings, {
      lost: (message, direction) =>
        this.#record(direction === "to_bank" ? "atm" : "bank", "lost", message),
      answers: (answer) => this.#answer(answer),
    });
    const { remote } = options;
    this.bank = remote === undefined ? this.#ownBank(options) : null;
    const coded = remote === undefined && profile.policies.message_mac === "required";
    const key = macKey(options.mac_key);
    this.#end = coded ? createLineEnd(key, WIRE) : remote?.end ?? null;
    // No key is changed inside a run, so nothing random is asked for.
    const random = (bytes: number) => new Uint8Array(bytes);
    this.#host = this.bank === null || !coded
      ? this.bank
      : authenticated({ host: this.bank, key, random, wire: WIRE });
  }

  #ownBank({ scenario, profile, record, ...options }: HostSideOptions): Bank {
    return options.bank({
      people: peopleOf(scenario).map(([, { person, balance_yuan, enrolled }]) => ({
        person,
        balance: yuan(balance_yuan),
        enrolled,
      })),
      limits: bankLimitsOf(profile.limits),
      pinKey: pinOpeningKey(options.pin_key),
      tokenKey: options.token_key,
      terminalId: TERMINAL,
      first_use: profile.policies.first_use,
      wall: options.wall,
      record: (entry) => record({ type: "ledger", entry }),
    });
  }

  /** What happens at the bank while somebody stands at the machine takes its place in time. */
  begin(): void {
    const { profile, scenario, surroundings } = this.#options;
    if (this.bank !== null) setUp(this.bank, profile);
    for (const [i, { at_s, withdraw_consent }] of (scenario.at_the_bank ?? []).entries()) {
      this.#to_call.add(i);
      surroundings.after(seconds(at_s), () => {
        this.#to_call.delete(i);
        this.#withdrawConsent(withdraw_consent);
      });
    }
  }

  /** What was to happen at the bank and has not: which entries of the plan. */
  get uncalled(): readonly number[] {
    return [...this.#to_call];
  }

  /** An operator has written down what they did with the notes. */
  handled(act: OperatorAct, before: Notes, after: Notes): void {
    if (this.bank !== null) handled(this.bank, act, before, after);
  }

  /** Somebody calls the bank: the machine hears of it when it asks next. */
  #withdrawConsent(name: string): void {
    const { person } = this.#options.scenario.people[name] ?? {};
    assert(person !== undefined, "a plan names its own people");
    // Somebody else's bank hears of it by its own ways, or not at all.
    if (this.bank === null) return;
    this.#options.record({ type: "customer", does: "withdraws_consent_elsewhere" });
    this.bank.withdrawConsent(person);
  }

  /** The machine sends; the bank, if it hears, answers over the same link. */
  send(said: Iso8583Message): void {
    const message = this.#end?.seal(said) ?? said;
    const life = this.#options.life();
    this.faults?.hostMessage(message.mti);
    if (life !== this.#options.life()) return;
    this.#record("atm", "sent", message);
    this.link.toBank(message, (arrived) => {
      this.#record("atm", "received", arrived);
      const { remote, surroundings } = this.#options;
      // An entry of its own, which the clock awaits: real thinking costs no virtual time.
      if (remote !== undefined) {
        surroundings.after(micros(0), () => this.#askElsewhere(remote, arrived));
        return;
      }
      const answer = this.#host?.receive(arrived) ?? null;
      if (answer !== null) this.#answer(answer);
    });
  }

  async #askElsewhere(remote: RemoteBank, arrived: Iso8583Message): Promise<void> {
    const answer = await remote.ask(arrived);
    if (answer !== null) this.#answer(answer);
  }

  #answer(answer: Iso8583Message): void {
    this.faults?.hostMessage(answer.mti);
    this.#record("bank", "sent", answer);
    this.link.toAtm(answer, (arrived) => {
      if (!this.#powered()) return this.#record("bank", "lost", arrived);
      const accepted = this.#end?.accepts(arrived) ?? true;
      this.#record("bank", accepted ? "received" : "refused", arrived);
      if (accepted) this.#heard(arrived);
    });
  }

  #record(from: "atm" | "bank", seen: Seen, message: Iso8583Message): void {
    if (seen === "sent") this.#options.overhear(message);
    this.#options.record({ type: "host", from, seen, message: asTold(maskMessage(message)) });
  }
}
