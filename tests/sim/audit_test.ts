import assert from "node:assert/strict";
import { HOME, pathOf, readProfile, readScenario } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { summaryOf, summaryOfTrace } from "../../sim/adapters/summary.ts";
import { type Audit, AUDIT_COLUMNS, auditCsv, auditOf, auditSchema } from "../../sim/audit/mod.ts";
import { type Fault, planOf } from "../../sim/plan/mod.ts";
import { type RemoteBank, runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";
import type { Bank } from "../../sim/bank/mod.ts";
import { Counter, PIN_KEY } from "./bank_counter.ts";

const pipeline = await openModels();
const ports = portsOf(pipeline);
globalThis.addEventListener("unload", () => void pipeline.release());

async function audited(name: string): Promise<Audit> {
  const file = pathOf(new URL(`scenarios/${name}.yaml`, HOME));
  const scenario = await readScenario(file);
  const plan = planOf(scenario, 1, await readProfile(scenario.machine, file));
  return auditSchema.parse(auditOf((await runPlan(plan, ports)).trace));
}

Deno.test("audit: an ordinary withdrawal names every factor with its score and threshold", async () => {
  const audit = await audited("returning-customer");
  assert.deepEqual([audit.outcome, audit.decided_by, audit.consented], ["served", "all", false]);
  assert.match(audit.who ?? "", /^\d{6}\*+\d{4}$/);
  assert.ok(audit.liveness && Number(audit.liveness.score) >= audit.liveness.threshold);
  assert.ok(audit.face && Number(audit.face.score) >= audit.face.threshold);
  assert.equal(audit.face.model, audit.models.embedder);
  assert.deepEqual(audit.pin, { accepted: true, refused: 0 });
  assert.equal(audit.bank, "00");
  assert.ok(audit.session_ms > 5_000 && audit.session_ms < 30_000);
  assert.deepEqual(audit.money, {
    debited_fen: 50_000,
    reversed_fen: 0,
    taken_fen: 50_000,
    retracted_fen: 0,
    state: "paid",
  });
});

Deno.test("audit: of several who come the first is told, as by the run, and all money", async () => {
  const visits = [{
    after_s: 5,
    at_the_machine: { is: "customer" },
    customer: ["show_face" as const, { enter: "id" as const }, "cancel" as const],
  }];
  const plan = await planFrom("returning-customer", { visits });
  const result = await runPlan(plan, CREDULOUS);
  assert.equal(result.ending.journal.filter((line) => line === "session_ended").length, 2);
  const made = summaryOf(result, 0);
  const read = summaryOfTrace(result.trace);
  for (const key of ["title", "outcome", "reason", "session_ms", "cash_taken_fen"] as const) {
    assert.deepEqual(read[key], made[key], key);
  }
  const audit = auditOf(result.trace);
  assert.deepEqual([audit.outcome, audit.decided_by, audit.money.state], ["served", "all", "paid"]);
});

const STORIES = [
  { scenario: "spoof-printed-photo", decided: "liveness", money: "none" },
  { scenario: "wrong-pin-three-times", decided: "pin", money: "none" },
  { scenario: "network-drop-after-debit", decided: "bank", money: "returned" },
  { scenario: "cash-not-taken", decided: "customer", money: "suspect" },
  { scenario: "cassette-jam", decided: "machine", money: "returned" },
] as const;

Deno.test.each(STORIES)(
  "audit: $scenario was decided by $decided, its money is $money",
  async (story) => {
    const audit = await audited(story.scenario);
    assert.deepEqual([audit.decided_by, audit.money.state], [story.decided, story.money]);
    if (story.decided === "liveness") {
      assert.ok(audit.liveness && Number(audit.liveness.score) < audit.liveness.threshold);
      assert.equal(audit.face, null);
    }
    if (story.decided === "pin") assert.deepEqual(audit.pin, { accepted: false, refused: 3 });
  },
);

const TOKEN_KEY = new Uint8Array(32).fill(9);

function theirs(): Bank["receive"] {
  const { bank } = new Counter(8_600, { tokenKey: TOKEN_KEY });
  return (message) => bank.receive(message);
}

/** Somebody else's bank, of which a trace has the answers alone. */
async function auditedElsewhere(faults: readonly Fault[], receive = theirs()): Promise<Audit> {
  const elsewhere: RemoteBank = {
    address: "10.0.0.1:8583",
    wire: { bitmap: "hex", encoding: "ascii" },
    pin_key: PIN_KEY,
    token_key: TOKEN_KEY,
    end: null,
    first_stan: 100,
    ask: (message) => Promise.resolve(receive(message)),
  };
  const { address, first_stan } = elsewhere;
  const pinned = { ...CREDULOUS.pinned, bank: { address, first_stan } };
  const plan = await planFrom("returning-customer", { faults: [...faults] });
  const { trace } = await runPlan(plan, { ...CREDULOUS, bank: elsewhere, pinned });
  return auditSchema.parse(auditOf(trace));
}

const LINES: readonly (readonly [string, readonly Fault[], Partial<Audit["money"]>])[] = [
  ["paid", [], { debited_fen: 50_000, reversed_fen: 0, taken_fen: 50_000 }],
  ["returned", [{ id: "N4", when: { host_message: "0210", nth: 1 }, for_s: 60 }], {
    debited_fen: 50_000,
    reversed_fen: 50_000,
    taken_fen: 0,
  }],
  ["none", [{ id: "N3", when: { host_message: "0200", nth: 1 }, for_s: 60 }], {
    debited_fen: 0,
    taken_fen: 0,
  }],
];

Deno.test.each(LINES)("audit: a bank elsewhere tells by its answers that money was %s", async (
  state,
  faults,
  amounts,
) => {
  const { money } = await auditedElsewhere(faults);
  assert.deepEqual(money, { ...money, ...amounts, state });
});

Deno.test("audit: what a bank elsewhere heard and never booked, as it says, is no debit", async () => {
  const receive = theirs();
  const { money } = await auditedElsewhere([], (message) => {
    if (message.mti === "0200") return null;
    if (message.mti !== "0420") return receive(message);
    const { 7: sent = "", 11: stan = "" } = message.fields;
    return { mti: "0430", fields: { 7: sent, 11: stan, 39: "25" } };
  });
  assert.deepEqual([money.debited_fen, money.reversed_fen, money.state], [0, 0, "none"]);
});

Deno.test("audit: a message that says nothing is no debit", async () => {
  const { trace } = await runPlan(await planFrom("returning-customer", {}), CREDULOUS);
  const bank = { address: "10.0.0.1:8583", first_stan: 0 };
  const header = { ...trace.header, pinned: { ...trace.header.pinned, bank } };
  const lines = trace.lines.map((line) => line.type === "host" ? { ...line, message: {} } : line);
  assert.equal(auditOf({ ...trace, header, lines }).money.debited_fen, 0);
});

Deno.test("audit: a table of runs opens in a spreadsheet, and no cell is a formula", async () => {
  const audit = await audited("cash-not-taken");
  const rows = [{ ...audit, id: "a1" }, { ...audit, id: "=1+1", scenario: 'a "b", c' }];
  const [head, first, second, end] = auditCsv(rows).split("\r\n");
  assert.equal(head, AUDIT_COLUMNS.join(","));
  assert.equal(end, "");
  assert.equal(first?.split(",").length, AUDIT_COLUMNS.length);
  assert.match(first ?? "", /2017-12-29T10:30:\d\d\.\d{3}\+08:00/);
  assert.match(first ?? "", /,500\.00,0\.00,0\.00,500\.00,suspect,0,[0-9a-f]{64}$/);
  assert.match(second ?? "", /^'=1\+1,"a ""b"", c",/);
});
