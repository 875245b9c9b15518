/** A bank with two customers, and a machine's end of the line to it. */
import assert from "node:assert/strict";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Fields, Iso8583Message, Mti } from "../../core/iso8583/mod.ts";
import { pinOpeningKey } from "../../core/keys/mod.ts";
import { encryptFormat4 } from "../../core/pin/mod.ts";
import { yuan } from "../../core/units.ts";
import { type Bank, type BankOptions, createBank, type LedgerEntry } from "../../sim/bank/mod.ts";
import { personOf } from "../../sim/people/mod.ts";

export const TERMINAL = "TWIN0001";
export const PIN_KEY = new Uint8Array(16).fill(7);
export const LIMITS = {
  per_withdrawal: yuan(3_000),
  per_day: yuan(10_000),
  per_day_count: 5,
  pin_tries: 3,
};
/** 2017-12-29T10:30:00+08:00. */
export const START_MS = 1_514_514_600_000;
export const FACE = { score: 0.8, threshold: 0.5, model: "test" };
export const CUSTOMER = personOf(42);

/** A bank with two customers, and an ATM that numbers its messages. */
export class Counter {
  now = START_MS;
  stan = 0;
  readonly recorded: LedgerEntry[] = [];
  readonly bank: Bank;

  constructor(balance_yuan = 8_600, options: Partial<BankOptions> = {}) {
    this.bank = createBank({
      people: [
        { person: 42, balance: yuan(balance_yuan), enrolled: true },
        { person: 7, balance: yuan(100), enrolled: false },
      ],
      limits: LIMITS,
      pinKey: pinOpeningKey(PIN_KEY),
      terminalId: TERMINAL,
      wall: () => this.now,
      record: (entry) => this.recorded.push(entry),
      ...options,
    });
  }

  message(mti: Mti, fields: Fields): Iso8583Message {
    const stan = String(++this.stan).padStart(6, "0");
    return { mti, fields: { 7: "1229103000", 11: stan, 41: TERMINAL, ...fields } };
  }

  send(message: Iso8583Message): Fields {
    const answer = this.bank.receive(message);
    assert.ok(answer);
    return answer.fields;
  }

  inquiry(number: string): Fields {
    return this.send(this.message("0100", { 3: "330000", 48: { number } }));
  }

  checkPin(pin: string): Fields {
    return this.send(this.message("0100", { 2: CUSTOMER.pan, 3: "310000", 52: blockOf(pin) }));
  }

  withdrawal(amount_yuan: number, fields: Fields = {}): Iso8583Message {
    return this.message("0200", {
      2: CUSTOMER.pan,
      3: "010000",
      4: yuan(amount_yuan),
      48: { face: FACE },
      49: "156",
      52: blockOf(CUSTOMER.pin),
      ...fields,
    });
  }

  withdraw(amount_yuan: number, fields: Fields = {}): string | undefined {
    return this.send(this.withdrawal(amount_yuan, fields))[39];
  }

  reversal(original: Iso8583Message, mti: "0420" | "0421" = "0420"): Iso8583Message {
    const { 4: amount, 7: transmitted = "", 11: stan = "" } = original.fields;
    return this.message(mti, {
      ...(amount === undefined ? {} : { 4: amount }),
      48: { reason: "4021" },
      90: original.mti + stan + transmitted,
    });
  }

  balance(): number {
    return this.bank.balanceOf(42) / 100;
  }
}

export function blockOf(pin: string, pan = CUSTOMER.pan): string {
  const random = new Uint8Array(8).fill(3);
  return bytesToHex(encryptFormat4({ pin, pan, key: PIN_KEY, random })).toUpperCase();
}

export function wrongPin(nth = 1): string {
  return String((Number(CUSTOMER.pin) + nth) % 1_000_000).padStart(6, "0");
}
