/**
 * Every fault of the catalogue, struck at every step of a withdrawal: the machine may fail, but it fails
 * well. Cash is conserved, nobody is debited for cash they did not get, and the session ends.
 */
import assert from "node:assert/strict";
import { BREAKABLE_DEVICES, EVERY_DEVICE, FAULT_CATALOGUE } from "../../sim/faults/mod.ts";
import { allOracles, type Line } from "../../sim/oracles/mod.ts";
import { type Fault, ownerOf } from "../../sim/plan/mod.ts";
import { Watcher } from "../../sim/world/recorder.ts";
import { endingOf } from "../../sim/world/run.ts";
import { oracleContextOf } from "../../sim/world/setting.ts";
import { World } from "../../sim/world/world.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

const TRIGGERS: readonly Fault["when"][] = [
  ...["Camera.TakePicture", "Keyboard.DataEntry", "Keyboard.PinEntry", "PinPad.GetPinBlock"],
  ...["CashDispenser.Denominate", "CashDispenser.Dispense", "CashDispenser.Present"],
  "Printer.PrintNative",
].map((command): Fault["when"] => ({ command, nth: 1 }));
TRIGGERS satisfies readonly Fault["when"][];

const HOST_TRIGGERS: readonly Fault["when"][] = (["0100", "0110", "0200", "0210"] as const)
  .map((host_message) => ({ host_message, nth: 1 }));

const MOMENTS: readonly Fault["when"][] = [0.2, 3, 6, 9, 12, 14, 16, 18].map((at_s) => ({ at_s }));

/** An ordinary withdrawal with these, looked at by every oracle and not written down. */
async function check(faults: readonly Fault[], what: string): Promise<void> {
  const plan = await planFrom("returning-customer", { faults: [...faults], expect: [{}] });
  const lines: Line[] = [];
  const hearer = { hear: (line: Line) => void lines.push(line) };
  const watcher = new Watcher(allOracles(oracleContextOf(plan)), hearer);
  const { machine, host } = await new World(plan, CREDULOUS, watcher).run();
  const balance = host.bank?.balanceOf(ownerOf(plan.scenario).person) ?? null;
  const ending = endingOf(lines, balance, machine.reversals.length);
  assert.deepEqual(watcher.findings, [], what);
  const began = ending.journal.includes("session_started");
  const ended = lines.some(({ type }) => type === "outcome");
  assert.equal(ended, began, `${what}: a session that began ends`);
  const paid = ending.cash_taken > 0;
  const debited = ending.balance! < 860_000;
  const explained = paid || ending.journal.includes("cash_retracted_suspect") ||
    ending.reversal === "pending";
  if (debited) assert.ok(explained, `${what}: debited without cash, SUSPECT or a pending reversal`);
  if (paid) assert.ok(debited, `${what}: cash without a debit`);
}

const OF_ONE = FAULT_CATALOGUE.filter(({ device }) => device !== EVERY_DEVICE);
const OF_ANY = FAULT_CATALOGUE.filter(({ device }) => device === EVERY_DEVICE);

for (const { id, device, does } of OF_ONE) {
  Deno.test(`fault ${id} (${device}): ${does.toLowerCase()}: fails well at every step`, async () => {
    for (const [i, when] of [...TRIGGERS, ...HOST_TRIGGERS, ...MOMENTS].entries()) {
      // Every other one passes, so that both are seen at commands, messages and moments.
      const fault = { id, when, ...(i % 2 === 0 ? {} : { for_s: 20 }) };
      await check([fault], JSON.stringify(fault));
    }
  });
}

for (const { id, does } of OF_ANY) {
  Deno.test(`fault ${id} (any device): ${does.toLowerCase()}: fails well everywhere`, async () => {
    for (const device of BREAKABLE_DEVICES) {
      for (const when of [...TRIGGERS, { at_s: 9 }]) {
        const fault = { id, device, when };
        await check([fault], JSON.stringify(fault));
      }
    }
  });
}

Deno.test("faults: two at once fail as well as one", async () => {
  const ids = OF_ONE.map(({ id }) => id);
  for (const [i, one] of ids.entries()) {
    const two = ids[(i * 7 + 3) % ids.length]!;
    const faults: Fault[] = [
      { id: one, when: { command: "CashDispenser.Dispense", nth: 1 }, for_s: 60 },
      { id: two, when: { host_message: "0210", nth: 1 }, for_s: 30 },
    ];
    if (one !== two) await check(faults, `${one} and ${two}`);
  }
});
