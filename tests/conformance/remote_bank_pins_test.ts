/** Our machine before a host that knows legacy PIN blocks alone: the twin's own `bank`, asked for them. */
import assert from "node:assert/strict";
import { TEST_KEY } from "../../sim/adapters/options.ts";
import { connectBank, type RemoteBankOptions } from "../../sim/adapters/remote_bank.ts";
import { pinnedBankOf } from "../../sim/adapters/run_verb.ts";
import { retakeDecisions, verifyTrace } from "../../sim/evidence/mod.ts";
import { personOf } from "../../sim/people/mod.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { runPlan, type RunPorts, type RunResult } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "../sim/credulous.ts";
import { withBank } from "./serving.ts";

const THREE_KEYS = "0123456789ABCDEFFEDCBA98765432100011223344556677";
const PLAN = await planFrom("returning-customer", { expect: [{}] });

interface Visit {
  readonly result: RunResult;
  readonly pinned: NonNullable<RunPorts["pinned"]["bank"]>;
  /** PIN data as it went to the host. */
  readonly sent: readonly string[];
  readonly asides: readonly string[];
}

async function visit(address: string, options: Partial<RemoteBankOptions>): Promise<Visit> {
  const asides: string[] = [];
  const sent: string[] = [];
  const bank = await connectBank({
    wire: { bitmap: "hex", encoding: "ascii" },
    pinKey: TEST_KEY,
    tokenKey: TEST_KEY + TEST_KEY,
    aside: (why) => asides.push(why),
    ...options,
    bank: address,
  });
  const pinned = pinnedBankOf(bank);
  const result = await runPlan(PLAN, {
    ...CREDULOUS,
    pinned: { ...CREDULOUS.pinned, bank: pinned },
    bank: {
      ...bank,
      ask: (message) => {
        sent.push(...[message.fields[52]].filter((each) => each !== undefined));
        return bank.ask(message);
      },
    },
  });
  bank.close();
  return { result, pinned, sent, asides };
}

function wishes({ trace }: RunResult): unknown[] {
  return trace.lines.flatMap((line) => {
    if (line.type !== "xfs" || line.from !== "core") return [];
    const { header, payload } = line.message as Record<string, Record<string, unknown>>;
    if (header?.["name"] !== "PinPad.GetPinBlock") return [];
    return [[payload?.["format"], payload?.["customerData"]]];
  });
}

const OPTIONS = [
  ["iso0", TEST_KEY, {}],
  ["iso3", THREE_KEYS, {}],
  ["iso0", TEST_KEY, { macKey: TEST_KEY }],
] as const;

Deno.test.each(OPTIONS)("remote bank: with %s under %s and %o the customer is served", async (
  pinFormat,
  pinKey,
  codes,
) => {
  const macKey = "macKey" in codes ? ["--mac-key", codes.macKey] : [];
  await withBank(["--pin-format", pinFormat, "--pin-key", pinKey, ...macKey], async (address) => {
    const { result, pinned, sent, asides } = await visit(address, { pinFormat, pinKey, ...codes });
    assert.deepEqual([result.ending.outcome, result.findings, asides], ["served", [], []]);
    assert.equal(pinned.pin_format, pinFormat);
    // Once for the check, once for the withdrawal: of format 0 they are the same, of format 3 never.
    assert.deepEqual(sent.map(({ length }) => length), [16, 16]);
    assert.equal(new Set(sent).size, pinFormat === "iso0" ? 1 : 2);
    const { pan } = personOf(PLAN.scenario.people["customer"]!.person);
    const masked = `${pan.slice(0, 6)}${"*".repeat(9)}${pan.slice(-4, -1)}`;
    assert.deepEqual(wishes(result), [[pinFormat, masked], [pinFormat, masked]]);
    assert.ok(traceText(result.trace).includes("(8 bytes, encrypted)"));
    const again = retakeDecisions(result.trace, PLAN);
    assert.ok(again.ok, JSON.stringify(again));
    const proven = await verifyTrace(
      traceText(result.trace),
      () => Promise.resolve(CREDULOUS),
    );
    assert.ok(proven.every(({ ok }) => ok !== false), JSON.stringify(proven));
  });
});

Deno.test("remote bank: a host of another format pays nobody, and the doubt is told", async () => {
  await withBank(["--pin-format", "iso0"], async (address) => {
    for (const [pinFormat, code, bytes] of [["iso4", 30, 16], ["iso3", 96, 8]] as const) {
      const { result, asides } = await visit(address, { pinFormat });
      const { outcome, reason, cash_taken } = result.ending;
      assert.deepEqual([outcome, reason, cash_taken], ["failed", "declined", 0]);
      assert.deepEqual(result.findings, []);
      assert.equal(asides.length, 1);
      const said = `says ${code} to PIN data of ${bytes} bytes: are --pin-format and --pin-key`;
      assert.ok(asides[0]!.includes(said), asides[0]!);
    }
  });
});

Deno.test("remote bank: format 4 is what it has unless told, and is not noted", async () => {
  await withBank([], async (address) => {
    const { result, pinned, sent } = await visit(address, {});
    assert.equal(result.ending.outcome, "served");
    assert.deepEqual(sent.map(({ length }) => length), [32, 32]);
    assert.deepEqual(Object.keys(pinned), ["address", "first_stan"]);
  });
});

Deno.test.each<[Partial<RemoteBankOptions>, RegExp]>([
  [{ pinKey: "0A" }, /run: --pin-key: an AES-128 key has 32/],
  [{ pinFormat: "iso3", pinKey: "0A" }, /run: --pin-key: a TDEA key, for iso3, has 32 or 48/],
])("remote bank: a PIN key of %o is told in one line", async (options, message) => {
  await assert.rejects(visit("127.0.0.1:1", options), { name: "InputError", message });
});
