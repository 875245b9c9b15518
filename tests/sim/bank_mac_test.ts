/** Message authentication: at the host, at the machine, in a whole run. */
import assert from "node:assert/strict";
import { cmac } from "@noble/ciphers/aes.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import {
  type Fields,
  type Iso8583Message,
  macVerdict,
  type NetworkMessage,
  pack,
  packElements,
  unpackElements,
  withMac,
} from "../../core/iso8583/mod.ts";
import { macKey, pinOpeningKey, protectionKey, wrapKey } from "../../core/keys/mod.ts";
import { encryptFormat4 } from "../../core/pin/mod.ts";
import { yuan } from "../../core/units.ts";
import { createLineEnd } from "../../devices/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { answerBytes, authenticated, createBank } from "../../sim/bank/mod.ts";
import type { Plan } from "../../sim/plan/mod.ts";
import { personOf } from "../../sim/people/mod.ts";
import { type RemoteBank, runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

const WIRE = { bitmap: "binary", encoding: "ascii" } as const;
const PIN_KEY = new Uint8Array(16).fill(7);
const KEY = new Uint8Array(16).fill(1);
const FIRST = macKey(KEY);
const PROTECTION = protectionKey(new Uint8Array(16).fill(2));
const { pan, pin } = personOf(42);

function branch() {
  const bank = createBank({
    people: [{ person: 42, balance: yuan(9_000), enrolled: true }],
    limits: { per_withdrawal: yuan(3_000), per_day: yuan(10_000), per_day_count: 50, pin_tries: 3 },
    pinKey: pinOpeningKey(PIN_KEY),
    wall: () => 1_514_514_600_000,
    record: () => {},
  });
  let drawn = 0;
  const host = authenticated({
    host: bank,
    key: FIRST,
    protection: PROTECTION,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => ++drawn & 0xff),
    wire: WIRE,
  });
  return { bank, host, end: createLineEnd(FIRST, WIRE) };
}

let stan = 0;

function withdrawal(): Iso8583Message {
  const block = encryptFormat4({ pin, pan, key: PIN_KEY, random: new Uint8Array(8) });
  return {
    mti: "0200",
    fields: {
      2: pan,
      3: "010000",
      4: yuan(100),
      7: "1229103000",
      11: String(++stan).padStart(6, "0"),
      41: "TWIN0001",
      48: { face: { score: 0.8, threshold: 0.5, model: "test" } },
      49: "156",
      52: bytesToHex(block).toUpperCase(),
    },
  };
}

function keyChange(): NetworkMessage {
  return {
    mti: "0800",
    fields: { 7: "1229103000", 11: String(++stan).padStart(6, "0"), 41: "TWIN0001", 70: "101" },
  };
}

Deno.test("bank: a right code is answered with a right code", () => {
  const { bank, host, end } = branch();
  const answer = host.receive(end.seal(withdrawal()));
  assert.equal(answer?.fields[39], "00");
  assert(end.accepts(answer));
  assert.equal(bank.balanceOf(42), yuan(8_900));
});

Deno.test("bank: without a code, or with a wrong one, it is A0 and nothing is booked", () => {
  const { bank, host, end } = branch();
  const entries = bank.ledger().length;
  const good = end.seal(withdrawal());
  const reversal = { mti: "0420", fields: { ...good.fields, 90: "02000000011229103000" } } as const;
  const forged: Iso8583Message[] = [
    withdrawal(),
    { mti: "0200", fields: { ...good.fields, 4: yuan(3_000) } },
    withMac(withdrawal(), macKey(new Uint8Array(16).fill(9)), WIRE),
    reversal,
  ];
  for (const message of forged) {
    const answer = host.receive(message);
    assert.equal(answer?.fields[39], "A0");
    assert(end.accepts(answer), "the refusal is the bank's own");
  }
  assert.equal(bank.ledger().length, entries);
  assert.equal(host.receive(good)?.fields[39], "00", "nobody spoiled the number of the right one");
});

Deno.test("bank: what it cannot read is refused with its code, network management without", () => {
  const { host } = branch();
  const refusalOf = (mti: string, more: readonly (readonly [number, string])[]) => {
    const values = new Map([[7, "1229103000"], [11, "000009"], [41, "TWIN0001"], ...more]);
    const { answer } = answerBytes(host, packElements({ mti, values }, WIRE), WIRE);
    const read = unpackElements(answer ?? new Uint8Array(), WIRE);
    assert(answer !== null && read.ok && read.message.values.get(39) === "30");
    const code = bytesToHex(cmac(answer.subarray(0, -8), KEY).slice(0, 8)).toUpperCase();
    return { values: read.message.values, code };
  };
  const service = refusalOf("0200", [[3, "990000"]]);
  assert.equal(service.values.get(64), service.code);
  const original = refusalOf("0420", [[3, "990000"], [90, "0".repeat(42)]]);
  assert.equal(original.values.get(128), original.code);
  const { values } = refusalOf("0800", [[3, "990000"], [70, "301"]]);
  assert(!values.has(64) && !values.has(128));
});

Deno.test("machine: an answer with a wrong code or none is nobody's", () => {
  const { host, end } = branch();
  const answer = host.receive(end.seal(withdrawal())) as Iso8583Message;
  const { 64: _mac, ...bare } = answer.fields;
  assert(!end.accepts({ mti: "0210", fields: bare }));
  assert(!end.accepts({ mti: "0210", fields: { ...answer.fields, 39: "00", 4: yuan(3_000) } }));
});

Deno.test("bank: network management without its code is acknowledged by neither bank", () => {
  const { bank, host } = branch();
  const { 70: _code, ...fields } = keyChange().fields;
  for (const each of [bank, host]) {
    for (const [code, answered] of [[{}, "12"], [{ 70: "301" }, "00"]] as const) {
      const bytes = pack({ mti: "0800", fields: { ...fields, ...code } }, WIRE);
      assert.equal(answerBytes(each, bytes, WIRE).reply?.fields[39], answered);
    }
  }
});

Deno.test("key change: the new key is used by both, and the old one no more", () => {
  const { host, end } = branch();
  const stranger = createLineEnd(FIRST, WIRE);
  assert.equal(end.changeKey(host.manage(keyChange()) as NetworkMessage, PROTECTION), null);
  const answer = host.receive(end.seal(withdrawal()));
  assert.equal(answer?.fields[39], "00");
  assert(end.accepts(answer));
  assert.equal(macVerdict(answer, FIRST, WIRE), "wrong");
  assert.equal(host.receive(stranger.seal(withdrawal()))?.fields[39], "A0");
});

Deno.test("key change: an answer that is lost locks nobody out", () => {
  const { host, end } = branch();
  host.manage(keyChange());
  assert.equal(host.receive(end.seal(withdrawal()))?.fields[39], "00");
  assert.equal(end.changeKey(host.manage(keyChange()) as NetworkMessage, PROTECTION), null);
  assert.equal(host.receive(end.seal(withdrawal()))?.fields[39], "00");
});

Deno.test("key change: what is no key for codes, or was changed on the way, is not taken", () => {
  const { host, end } = branch();
  const answer = host.manage(keyChange()) as NetworkMessage;
  const block = answer.fields[48]?.key_block ?? "";
  const wrong = (fields: NetworkMessage["fields"]) =>
    end.changeKey({ mti: "0810", fields: { ...answer.fields, ...fields } }, PROTECTION);
  assert.match(wrong({ 48: { key_block: block.replace("M6", "D0") } }) ?? "", /authentication/);
  assert.match(wrong({ 39: "12" }) ?? "", /no key \(12\)/);
  assert.match(wrong({ 70: "301" }) ?? "", /no answer to a key change/);
  assert.match(end.changeKey(answer, protectionKey(new Uint8Array(16))) ?? "", /authentication/);
  assert.equal(host.receive(end.seal(withdrawal()))?.fields[39], "00", "the old key still serves");
});

Deno.test("key change: a key for anything but making and verifying codes is not taken", () => {
  const { host, end } = branch();
  const answer = host.manage(keyChange()) as NetworkMessage;
  const random = new Uint8Array(14);
  for (const other of [{ usage: "D0" }, { mode: "V" }, { algorithm: "T" }] as const) {
    const { value, attributes } = macKey(new Uint8Array(16).fill(3), "E");
    const made = wrapKey({ value, attributes: { ...attributes, ...other } }, PROTECTION, random);
    assert(made.ok);
    const fields = { ...answer.fields, 48: { key_block: made.block } };
    assert.equal(
      end.changeKey({ mti: "0810", fields }, PROTECTION),
      "the key is for another use",
      JSON.stringify(other),
    );
  }
});

Deno.test("key change: an answer that was on its way during it is still the bank's", () => {
  const { host, end } = branch();
  const answer = host.receive(end.seal(withdrawal())) as Iso8583Message;
  assert.equal(end.changeKey(host.manage(keyChange()) as NetworkMessage, PROTECTION), null);
  assert(end.accepts(answer));
  assert.equal(end.changeKey(host.manage(keyChange()) as NetworkMessage, PROTECTION), null);
});

Deno.test("key change: no stranger fills the memory with names, and whoever has a key gets on", () => {
  const { host } = branch();
  const code = (n: number) => {
    const { mti, fields } = keyChange();
    return host.manage({ mti, fields: { ...fields, 41: String(n).padStart(8, "0") } })?.fields[39];
  };
  for (let n = 0; n < 4_096; n++) assert.equal(code(n), "00");
  assert.equal(code(4_096), "12");
  assert.equal(code(7), "00");
});

Deno.test("key change: in any order with withdrawals, lost or not, a code is never refused", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("change", "lost", "pay"), { maxLength: 30 }),
      (order) => {
        const { host, end } = branch();
        for (const what of order) {
          const answer = what === "pay" ? null : host.manage(keyChange());
          if (what === "change") {
            assert.equal(end.changeKey(answer as NetworkMessage, PROTECTION), null);
          }
          if (what !== "pay") continue;
          const paid = host.receive(end.seal(withdrawal())) as { fields: Fields };
          assert.notEqual(paid.fields[39], "A0");
        }
      },
    ),
    { numRuns: 60 },
  );
});

const pipeline = await openModels();
globalThis.addEventListener("unload", () => void pipeline.release());

async function runWithCodes(faults: Plan["scenario"]["faults"]) {
  const plan = await planFrom("returning-customer", { faults, expect: [{}] });
  const policies = { ...plan.profile.policies, message_mac: "required" as const };
  return await runPlan({ ...plan, profile: { ...plan.profile, policies } }, portsOf(pipeline));
}

Deno.test("run: where codes are required, an ordinary withdrawal has them on every message", async () => {
  const { ending, findings, trace } = await runWithCodes([]);
  assert.deepEqual([ending.outcome, findings.length], ["served", 0]);
  const messages = trace.lines.flatMap((line) => line.type === "host" ? [line.message] : []);
  assert(messages.length > 6);
  for (const { fields } of messages as { fields: Fields }[]) assert(fields[64] ?? fields[128]);
});

Deno.test("run: an answer without the bank's code is heard by nobody", async () => {
  const plan = await planFrom("returning-customer", { expect: [{}] });
  const elsewhere: RemoteBank = {
    address: "10.0.0.1:8583",
    wire: WIRE,
    pin_key: PIN_KEY,
    token_key: new Uint8Array(32),
    end: createLineEnd(FIRST, WIRE),
    first_stan: 0,
    ask: ({ fields: { 11: stan = "" } }) =>
      Promise.resolve({
        mti: "0110",
        fields: { 2: pan, 3: "330000", 11: stan, 39: "00", 48: { reference: "template" } },
      }),
  };
  const { ending, trace } = await runPlan(plan, { ...portsOf(pipeline), bank: elsewhere });
  assert.deepEqual([ending.outcome, ending.reason], ["failed", "host_unreachable"]);
  const seen = trace.lines.flatMap((line) =>
    line.type === "host" && line.from === "bank" ? [line.seen] : []
  );
  assert.deepEqual(seen, ["sent", "refused"]);
});

Deno.test("run: N14, a debit with a wrong code is refused A0, nobody pays and nobody is paid", async () => {
  const { ending, findings, trace } = await runWithCodes([
    { id: "N14", when: { host_message: "0200", nth: 1 } },
  ]);
  assert.deepEqual(findings, []);
  assert.deepEqual([ending.outcome, ending.reason], ["failed", "host_unreachable"]);
  assert.deepEqual([ending.cash_taken, ending.balance], [0, 860_000]);
  const codes = trace.lines.flatMap((line) =>
    line.type === "host" && line.from === "bank" && line.seen === "received"
      ? [(line.message as { fields: Fields }).fields[39]]
      : []
  );
  assert(codes.includes("A0"));
});

Deno.test("run: whoever has a changed copy refused before a debit leaves nobody debited", async () => {
  const plan = await planFrom("returning-customer", { expect: [{}] });
  const policies = { ...plan.profile.policies, message_mac: "required" as const };
  const { ending, findings } = await runPlan(
    { ...plan, profile: { ...plan.profile, policies } },
    {
      ...CREDULOUS,
      parts: {
        bank(options) {
          const bank = createBank(options);
          const receive = bank.receive.bind(bank);
          return Object.assign(bank, {
            /** The debit is done; what the machine hears is the bank's word, and code, on the copy. */
            receive(message: Iso8583Message) {
              const answer = receive(message);
              return answer?.mti === "0210"
                ? { ...answer, fields: { ...answer.fields, 39: "A0" } }
                : answer;
            },
          });
        },
      },
    },
  );
  assert.deepEqual(findings, []);
  assert.deepEqual([ending.cash_taken, ending.balance], [0, 860_000]);
  assert.notEqual(ending.reversal, "none");
});
