/** The far side of the machine: the link, the bank behind it, and what is recorded of both. */
import { pinOpeningKey } from "../../core/keys/mod.ts";
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import type { JsonObject } from "../../core/json.ts";
import { maskMessage } from "../../core/money/mod.ts";
import { yuan } from "../../core/units.ts";
import { createLink, type Link, type Profile, type Surroundings } from "../../devices/mod.ts";
import { type Bank, bankLimitsOf, createBank } from "../bank/mod.ts";
import type { FaultInjector } from "../faults/mod.ts";
import type { Scenario } from "../plan/mod.ts";
import type { Recorder } from "./recorder.ts";
import { TERMINAL } from "./settings.ts";

export interface HostSideOptions {
  readonly scenario: Scenario;
  readonly profile: Profile;
  readonly pin_key: Uint8Array;
  readonly token_key: Uint8Array;
  readonly surroundings: Surroundings;
  readonly recorder: Recorder;
  readonly wall: () => number;
  /** The machine hears an answer. */
  readonly heard: (message: Iso8583Message) => void;
}

type Seen = "sent" | "received" | "lost";

export class HostSide {
  readonly link: Link;
  readonly bank: Bank;
  readonly #recorder: Recorder;
  readonly #heard: (message: Iso8583Message) => void;
  /** Set once the injector exists: it needs the link, and the link's messages need it. */
  faults: FaultInjector | null = null;

  constructor(options: HostSideOptions) {
    const { scenario, profile, recorder } = options;
    this.#recorder = recorder;
    this.#heard = options.heard;
    this.link = createLink(profile, options.surroundings, {
      lost: (message, direction) =>
        this.#record(direction === "to_bank" ? "atm" : "bank", "lost", message),
    });
    this.bank = createBank({
      people: Object.values(scenario.people).map(({ person, balance_yuan, enrolled }) => ({
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
      record: (entry) => recorder.write({ type: "ledger", entry }),
    });
  }

  /** The machine sends; the bank, if it hears, answers over the same link. */
  send(message: Iso8583Message): void {
    this.faults?.hostMessage(message.mti);
    this.#record("atm", "sent", message);
    this.link.toBank(message, (arrived) => {
      this.#record("atm", "received", arrived);
      const answer = this.bank.receive(arrived);
      if (answer !== null) this.#answer(answer);
    });
  }

  #answer(answer: Iso8583Message): void {
    this.faults?.hostMessage(answer.mti);
    this.#record("bank", "sent", answer);
    this.link.toAtm(answer, (arrived) => {
      this.#record("bank", "received", arrived);
      this.#heard(arrived);
    });
  }

  #record(from: "atm" | "bank", seen: Seen, message: Iso8583Message): void {
    const masked: JsonObject = maskMessage(message);
    this.#recorder.write({ type: "host", from, seen, message: { ...masked } });
  }
}
