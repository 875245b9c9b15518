/** Runs whose PINs travel in formats 0 and 3, before a host in this process. */
import assert from "node:assert/strict";
import { pinOpeningKey } from "../../core/keys/mod.ts";
import type { LegacyFormat } from "../../core/pin/mod.ts";
import { yuan } from "../../core/units.ts";
import { type DeviceMessage, toBase64 } from "../../core/xfs4iot/mod.ts";
import { nodeTdea } from "../../sim/adapters/tdea.ts";
import { pinnedBankOf } from "../../sim/adapters/run_verb.ts";
import { createBank } from "../../sim/bank/mod.ts";
import { personOf } from "../../sim/people/mod.ts";
import { createMachine, type RemoteBank, runPlan, type RunResult } from "../../sim/world/mod.ts";
import { iso0Field, withPan } from "../legacy_pins.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

const PLAN = await planFrom("returning-customer", { expect: [{}] });
const { pin, pan } = personOf(PLAN.scenario.people["customer"]!.person);
const KEY = Uint8Array.fromHex("0123456789ABCDEFFEDCBA9876543210");

function hostOf(format: LegacyFormat): RemoteBank {
  const legacy = { format, tdea: nodeTdea };
  const bank = createBank({
    people: [{ person: 42, balance: yuan(5_000), enrolled: true }],
    limits: { per_withdrawal: yuan(3_000), per_day: yuan(9_000), per_day_count: 5, pin_tries: 3 },
    pinKey: pinOpeningKey(KEY, "T"),
    legacyPins: legacy,
    wall: () => 1_514_514_600_000,
    record: () => {},
  });
  return {
    address: "10.0.0.1:8583",
    wire: { bitmap: "hex", encoding: "ascii", pinBytes: 8 },
    pin_key: KEY,
    legacy_pins: legacy,
    token_key: new Uint8Array(32),
    end: null,
    first_stan: 0,
    ask: (message) => Promise.resolve(bank.receive(message)),
  };
}

/** `block`: what the pad tells instead of what it has sealed, in hexadecimal. */
function run(format: LegacyFormat, block?: string): Promise<RunResult> {
  const bank = hostOf(format);
  const told = (message: DeviceMessage): DeviceMessage => {
    const payload = "payload" in message ? message.payload : undefined;
    if (block === undefined || payload?.pinBlock === undefined) return message;
    const pinBlock = toBase64(Uint8Array.fromHex(block));
    return { ...message, payload: { ...payload, pinBlock } } as DeviceMessage;
  };
  const machine: typeof createMachine = (profile, surroundings, ...more) =>
    createMachine(profile, (device) => {
      const around = surroundings(device);
      return { ...around, send: (message) => around.send(told(message)) };
    }, ...more);
  const pinned = { ...CREDULOUS.pinned, bank: pinnedBankOf(bank) };
  return runPlan(PLAN, { ...CREDULOUS, pinned, bank, parts: { machine } });
}

Deno.test.each(["iso0", "iso3"] as const)(
  "legacy PINs: a run with %s is served and repeats",
  async (
    format,
  ) => {
    const [first, second] = [await run(format), await run(format)];
    assert.deepEqual([first.ending.outcome, first.findings], ["served", []]);
    assert.equal(first.trace.end.root, second.trace.end.root);
  },
);

Deno.test.each(
  [
    ["a block of format 0 in the clear", "iso0", withPan(iso0Field(pin), pan)],
    ["the PIN field of format 0", "iso0", iso0Field(pin)],
    ["the PIN field of format 3", "iso3", `36${pin}ABCDEFAB`],
  ] as const,
)("legacy PINs: %s on the wire is found", async (_what, format, block) => {
  const { findings, ending } = await run(format, block);
  assert.ok(
    findings.some(({ oracle }) => oracle === "no_secret_on_wire"),
    JSON.stringify(findings),
  );
  assert.equal(ending.cash_taken, 0);
});

Deno.test("legacy PINs: a pad that answers with a block of format 4 is a broken pad", async () => {
  const { ending, findings } = await run("iso0", "AB".repeat(16));
  assert.deepEqual([ending.outcome, ending.cash_taken, findings], ["failed", 0, []]);
});
