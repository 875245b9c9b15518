/**
 * Every fault of the catalogue, struck at every step of a withdrawal: the machine may fail, but it fails
 * well. Cash is conserved, nobody is debited for cash they did not get, and the session ends.
 */
import assert from "node:assert/strict";
import { BREAKABLE_DEVICES, EVERY_DEVICE, FAULT_CATALOGUE } from "../../sim/faults/mod.ts";
import type { Line } from "../../sim/oracles/mod.ts";
import type { Fault } from "../../sim/plan/mod.ts";
import { watchPlans } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

/** The account of the scenario's customer, and what is in it at first, in fen. */
const CUSTOMER = "customer:42";
const OPENING = 860_000;

const TRIGGERS: readonly Fault["when"][] = [
  ...["Camera.TakePicture", "Keyboard.DataEntry", "Keyboard.PinEntry", "PinPad.GetPinBlock"],
  ...["CashDispenser.Denominate", "CashDispenser.Dispense", "CashDispenser.Present"],
  "Printer.PrintNative",
].map((command): Fault["when"] => ({ command, nth: 1 }));
TRIGGERS satisfies readonly Fault["when"][];

const HOST_TRIGGERS: readonly Fault["when"][] = (["0100", "0110", "0200", "0210"] as const)
  .map((host_message) => ({ host_message, nth: 1 }));

const MOMENTS: readonly Fault["when"][] = [0.2, 3, 6, 9, 12, 14, 16, 18].map((at_s) => ({ at_s }));

/** What one run has told, as far as money and sessions go. */
class Account {
  readonly #journal: string[] = [];
  #ended = false;
  #paid = 0;
  #balance = 0;

  hear(line: Line): void {
    if (line.type === "outcome") this.#ended = true;
    if (line.type === "journal") {
      this.#journal.push(String(line.entry.line));
      if (line.entry.line === "cash_taken") this.#paid += Number(line.entry.amount);
    }
    if (line.type === "ledger") {
      const { debit, credit, amount } = line.entry;
      if (credit === CUSTOMER) this.#balance += Number(amount);
      if (debit === CUSTOMER) this.#balance -= Number(amount);
    }
  }

  check(what: string): void {
    const count = (name: string) => this.#journal.filter((each) => each === name).length;
    const began = count("session_started") > 0;
    assert.equal(this.#ended, began, `${what}: a session that began ends`);
    const paid = this.#paid > 0;
    const debited = this.#balance < OPENING;
    const explained = paid || count("cash_retracted_suspect") > 0 ||
      count("reversal_queued") > count("reversal_acknowledged");
    if (debited) {
      assert.ok(explained, `${what}: debited without cash, SUSPECT or a pending reversal`);
    }
    if (paid) assert.ok(debited, `${what}: cash without a debit`);
  }
}

/** Runs an ordinary withdrawal with each of these, side by side. */
async function failWell(each: readonly (readonly Fault[])[]): Promise<void> {
  const accounts = each.map(() => new Account());
  const plans = await Promise.all(
    each.map((faults) => planFrom("returning-customer", { faults: [...faults], expect: [{}] })),
  );
  const found = await watchPlans(
    plans.map((plan, i) => ({ plan, hearer: accounts[i]! })),
    CREDULOUS,
  );
  for (const [i, faults] of each.entries()) {
    const what = JSON.stringify(faults);
    assert.deepEqual(found[i], [], what);
    accounts[i]!.check(what);
  }
}

const OF_ONE = FAULT_CATALOGUE.filter(({ device }) => device !== EVERY_DEVICE);
const OF_ANY = FAULT_CATALOGUE.filter(({ device }) => device === EVERY_DEVICE);

for (const { id, device, does } of OF_ONE) {
  Deno.test(`fault ${id} (${device}): ${does.toLowerCase()}: fails well at every step`, async () => {
    await failWell([...TRIGGERS, ...HOST_TRIGGERS, ...MOMENTS].map((when, i) => [
      // Every other one passes, so that both are seen at commands, messages and moments.
      { id, when, ...(i % 2 === 0 ? {} : { for_s: 20 }) },
    ]));
  });
}

for (const { id, does } of OF_ANY) {
  Deno.test(`fault ${id} (any device): ${does.toLowerCase()}: fails well everywhere`, async () => {
    for (const device of BREAKABLE_DEVICES) {
      await failWell([...TRIGGERS, { at_s: 9 }].map((when) => [{ id, device, when }]));
    }
  });
}

Deno.test("faults: two at once fail as well as one", async () => {
  const ids = OF_ONE.map(({ id }) => id);
  for (const [i, one] of ids.entries()) {
    const two = ids[(i * 7 + 3) % ids.length]!;
    if (one === two) continue;
    await failWell([[
      { id: one, when: { command: "CashDispenser.Dispense", nth: 1 }, for_s: 60 },
      { id: two, when: { host_message: "0210", nth: 1 }, for_s: 30 },
    ]]);
  }
});
