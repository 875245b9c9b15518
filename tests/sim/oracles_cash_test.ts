/** Every sentence about notes can be broken: where they are, what they come to, who was debited. */
import assert from "node:assert/strict";
import { cashAccounted } from "../../sim/oracles/cash_accounted.ts";
import { cashConserved } from "../../sim/oracles/cash_conserved.ts";
import { countAgrees } from "../../sim/oracles/count_agrees.ts";
import { Heaps } from "../../sim/oracles/heaps.ts";
import { neverRedispensed } from "../../sim/oracles/never_redispensed.ts";
import type { TraceBody } from "../../sim/trace/mod.ts";
import { cash, found, journal, type Json, ledger, STAN, touch } from "./oracle_lines.ts";

Deno.test("oracle: notes that leave a bin or go back into a cassette are found, an operator's not", () => {
  const heap = (unit1: number, reject: number, more: Json = {}) =>
    cash({ unit1: { 100: unit1 }, reject: { 100: reject } }, more);
  const run = (...lines: readonly TraceBody[]) => found(neverRedispensed(new Heaps()), ...lines);
  assert.deepEqual(run(heap(10, 0), heap(5, 0), heap(5, 5)), []);
  assert.deepEqual(run(heap(5, 5), heap(5, 3)), ["2 notes left the reject bin"]);
  assert.deepEqual(run(heap(5, 0), heap(6, 0)), ["1 notes went back into a cassette"]);
  assert.deepEqual(run(heap(5, 5), heap(9, 0, { exchange: "active" }), heap(9, 0)), []);
});

Deno.test("oracle: notes made of nothing, or gone, are found, an operator's not", () => {
  const heaps = (cassette: number, customer: number, more: Json = {}) =>
    cash({ unit1: { 100: cassette }, customer: { 100: customer } }, more);
  const run = (...lines: readonly TraceBody[]) => found(cashConserved(new Heaps()), ...lines);
  assert.deepEqual(run(heaps(10, 0), heaps(5, 5)), []);
  assert.deepEqual(run(heaps(10, 0), heaps(5, 4)), ["9 notes instead of 10"]);
  assert.deepEqual(run(heaps(10, 0), heaps(10, 1)), ["11 notes instead of 10"]);
  assert.deepEqual(run(heaps(10, 0), heaps(90, 0, { exchange: "active" }), heaps(90, 0)), []);
  assert.deepEqual(run(heaps(3, 0), heaps(-2, 5)), ["-2 notes in unit1"]);
});

Deno.test("oracle: as many notes that come to something else are found, unless their label was wrong", () => {
  const run = (...lines: readonly TraceBody[]) => found(cashConserved(new Heaps()), ...lines);
  const heaps = (value: number) => cash({ unit1: { 100: 9 }, reject: { [value]: 1 } });
  const [hundred, ten] = [heaps(100), heaps(10)];
  assert.deepEqual(run(hundred, ten), ["910 yuan instead of 1,000 yuan"]);
  const label: TraceBody = { type: "fault", id: "D30", active: true };
  assert.deepEqual(run(hundred, label, ten, ten), []);
  assert.deepEqual(run(hundred, label, ten, hundred), ["1,000 yuan instead of 910 yuan"]);
});

Deno.test("oracle: a debit of which cash, ledger and journal tell differently is found", () => {
  const debit = ledger("withdrawal", 500);
  const hand = (notes: number) => cash({ customer: { 100: notes } });
  const told = (...lines: readonly TraceBody[]) => found(cashAccounted(new Heaps()), ...lines);
  const taken = [debit, journal("cash_taken")];
  const suspect = [debit, journal("cash_retracted_suspect")];
  assert.deepEqual(told(...taken, hand(5)), []);
  assert.deepEqual(told(...suspect, hand(2)), [], "nobody saw how many of them were taken");
  assert.deepEqual(told(...taken, hand(4)), [
    "the customer holds 400; the journal says 500 taken and 0 SUSPECT",
  ]);
  assert.deepEqual(told(...suspect, hand(6)), [
    "the customer holds 600; the journal says 0 taken and 500 SUSPECT",
  ]);
  const of = `debit ${STAN}:`;
  assert.deepEqual(told(debit), [`${of} 500 debited, and nobody says where it is`]);
  assert.deepEqual(told(journal("cash_taken")), [`${of} 0 debited, 500 taken`]);
  assert.deepEqual(told(...taken, ledger("reversal", 500)), [`${of} 0 debited, 500 taken`]);
  assert.deepEqual(told(...taken, journal("cash_retracted_suspect")), [
    `${of} both taken and SUSPECT`,
  ]);
  const queued = journal("reversal_queued", { stan: "000004", detail: `of ${STAN}: 4021` });
  const undone = ledger("reversal", 500);
  assert.deepEqual(told(debit, queued), [], "its reversal waits for the bank");
  assert.deepEqual(told(debit, queued, undone, undone), [
    `${of} more was reversed than debited`,
  ]);
  const acknowledged = journal("reversal_acknowledged", { stan: "000004" });
  assert.deepEqual(told(debit, queued, undone, acknowledged), []);
  const unbooked = [`${of} its reversal is acknowledged, and 500 are debited`];
  assert.deepEqual(told(debit, queued, acknowledged), unbooked);
  assert.deepEqual(told(...suspect, queued), [], "it may yet be credited");
  assert.deepEqual(told(...suspect, queued, acknowledged), unbooked);
  assert.deepEqual(told(...suspect, queued, undone, acknowledged), []);
  assert.deepEqual(told(...suspect, queued, undone, acknowledged, hand(2)), [
    "the customer holds 200; the journal says 0 taken and 0 SUSPECT",
  ], "all of it was credited, and a part was kept");
  const other = journal("reversal_acknowledged", { stan: "000009" });
  assert.deepEqual(told(debit, queued, other), [], "that is about another debit");
});

Deno.test("oracle: books that expect something else than an operator has just counted are found", () => {
  const count: TraceBody = { type: "customer", does: "operator", detail: { does: "count" } };
  const load = { debit: "atm_cash:TWIN0001", credit: "settlement" };
  const counted = (surplus: number, notes = 12) =>
    found(
      countAgrees(new Heaps()),
      ledger("load", 1_000, load),
      cash({ unit1: { 100: notes }, customer: { 100: 5 } }),
      count,
      ...(surplus === 0 ? [] : [ledger("surplus", surplus, { ...load, credit: "suspense" })]),
      touch("face"),
    );
  assert.deepEqual(counted(200), []);
  assert.deepEqual(counted(0), ["counted 1,200, and the books expect 1,000"]);
  assert.deepEqual(counted(0, 8), ["counted 800, and the books expect 1,000"]);
});
