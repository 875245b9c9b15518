/** Oracles of what a customer is told and asked, on runs as they are and on the same runs told otherwise. */
import assert from "node:assert/strict";
import { Approvals } from "../../sim/oracles/approvals.ts";
import { askedAmount } from "../../sim/oracles/asked_amount.ts";
import { attackNotServed } from "../../sim/oracles/attack_not_served.ts";
import { judgeAgain } from "../../sim/evidence/judging.ts";
import { balanceTrue } from "../../sim/oracles/balance_true.ts";
import { booksBalance } from "../../sim/oracles/books_balance.ts";
import { captureForgotten } from "../../sim/oracles/capture_forgotten.ts";
import { consentKept } from "../../sim/oracles/consent_kept.ts";
import { facesCounted } from "../../sim/oracles/faces_counted.ts";
import type { Line, Oracle } from "../../sim/oracles/mod.ts";
import { returnsToIdle } from "../../sim/oracles/returns_to_idle.ts";
import { threeFactors } from "../../sim/oracles/three_factors.ts";
import { wayWithoutFace } from "../../sim/oracles/way_without_face.ts";
import type { CustomerAction, Scenario } from "../../sim/plan/mod.ts";
import type { TraceLine } from "../../sim/trace/mod.ts";
import { Bench, runPlan, type RunPorts } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

type Json = Record<string, unknown>;

const IDENTIFIED: CustomerAction[] = ["show_face", { enter: "id" }, { pin: "correct" }];
const WITHDRAWS: CustomerAction[] = [
  ...IDENTIFIED,
  { choose: "withdraw" },
  { amount_yuan: 500 },
  { take: "cash" },
];
const READS_BALANCE: CustomerAction[] = [...IDENTIFIED, { choose: "balance" }];

async function linesOf(
  id: string,
  change: Partial<Scenario>,
  ports: RunPorts = CREDULOUS,
): Promise<readonly TraceLine[]> {
  const { trace, findings } = await runPlan(await planFrom(id, change), ports);
  assert.deepEqual(findings, []);
  return trace.lines;
}

function found(oracle: Oracle, lines: readonly TraceLine[]): string[] {
  return [
    ...lines.flatMap((line) => oracle.observe(line) ?? []),
    ...[oracle.finish() ?? []].flat(),
  ];
}

/** The same lines, with these elements in every message of this kind. */
function saying(
  lines: readonly TraceLine[],
  mti: string,
  code: string,
  elements: Json,
): TraceLine[] {
  return lines.map((line) => {
    if (line.type !== "host") return line;
    const { mti: kind, fields } = line.message as { mti: string; fields: Json };
    if (kind !== mti || fields["3"] !== code) return line;
    return { ...line, message: { mti, fields: { ...fields, ...elements } } };
  });
}

/** The same lines without those. */
function without(lines: readonly TraceLine[], left_out: (line: TraceLine) => boolean): TraceLine[] {
  const left = lines.filter((line) => !left_out(line));
  assert(left.length < lines.length, "there is something to leave out");
  return left;
}

function showing(lines: readonly TraceLine[], page: string, change: Json): TraceLine[] {
  return lines.map((line) =>
    line.type === "screen" && line.screen.page === page
      ? { ...line, screen: { ...line.screen, ...change } }
      : line
  );
}

function isFace(op: string) {
  return (line: TraceLine) => line.type === "face" && line.request.op === op;
}

function isAdvice(code: string) {
  return (line: TraceLine) => line.type === "host" && (line.message.fields as Json)["3"] === code;
}

Deno.test("oracle: a balance is the ledger's and the page's, and another one is found out", async () => {
  const customer = [...READS_BALANCE, { choose: "withdraw" as const }, { amount_yuan: 500 }];
  const lines = await linesOf("returning-customer", { customer });
  const judge = (lines: readonly TraceLine[]) => found(balanceTrue(new Approvals()), lines);
  assert.deepEqual(judge(lines), []);
  assert.deepEqual(judge(showing(lines, "show_balance", { balance: 860_100 })), [
    "the page says 8,601, the bank said 8,600",
  ]);
  assert.deepEqual(judge(saying(lines, "0110", "310000", { 54: 860_100 })), [
    "the bank says 8,601 of 8,600",
    "the page says 8,600, the bank said 8,601",
  ]);
});

Deno.test("oracle: an inquiry that comes again after a debit is answered with the old balance", async () => {
  const customer = [...READS_BALANCE, { choose: "withdraw" as const }, { amount_yuan: 500 }];
  const lines = await linesOf("returning-customer", { customer });
  const again = lines.filter((line) => line.type === "host" && line.from === "bank");
  assert.deepEqual(found(balanceTrue(new Approvals()), [...lines, ...again]), []);
});

Deno.test("oracle: another bank's balance is held to nothing but the page", async () => {
  const lines = await linesOf("returning-customer", { customer: READS_BALANCE });
  const silent = lines.map((line): TraceLine => {
    if (line.type !== "host") return line;
    const { 54: _, ...fields } = line.message.fields as Json;
    return { ...line, message: { ...line.message, fields } };
  });
  assert.deepEqual(found(balanceTrue(null), silent), [
    "the page says 8,600, the bank said nothing",
  ]);
  assert.deepEqual(found(balanceTrue(null), lines), []);
  assert.equal(found(balanceTrue(null), showing(lines, "show_balance", { balance: 1 })).length, 1);
});

for (const amount_yuan of [500, 730]) {
  Deno.test(`oracle: ${amount_yuan} yuan are asked for and debited, and no other amount`, async () => {
    const customer = [...IDENTIFIED, { choose: "withdraw" as const }, { amount_yuan }];
    const lines = await linesOf("returning-customer", { customer });
    assert.deepEqual(found(askedAmount(), lines), []);
    assert.deepEqual(found(askedAmount(), saying(lines, "0200", "010000", { 4: 10_000 })), [
      `100 are to be debited, asked for were ${amount_yuan}`,
    ]);
  });
}

Deno.test("oracle: where the pad tells keys twice, nobody knows from the page what was typed", async () => {
  const customer = [...IDENTIFIED, { choose: "withdraw" as const }, { amount_yuan: 730 }];
  const faults = [{ id: "G13", device: "pinpad", when: { state: "choosing_amount", nth: 1 } }];
  const lines = await linesOf("returning-customer", { customer, faults } as Partial<Scenario>);
  const shown = lines.flatMap((line) => line.type === "screen" ? line.screen.entered ?? [] : []);
  assert.notEqual(shown.at(-1), "730");
  assert.deepEqual(found(askedAmount(), lines), []);
});

Deno.test("oracle: no balance without the three factors, and none to a picture", async () => {
  const lines = await linesOf("returning-customer", { customer: READS_BALANCE });
  assert.deepEqual(found(threeFactors(), lines), []);
  assert.deepEqual(found(attackNotServed([false]), lines), []);
  const another = lines.map((line): TraceLine =>
    line.type === "face_result" && line.result.op === "verify"
      ? { ...line, result: { ...line.result, verdict: "no_match" } }
      : line
  );
  assert.deepEqual(found(threeFactors(), another), ["balance without face"]);
  assert.deepEqual(found(attackNotServed([true]), lines)[0], "balance to a presentation attack");
});

Deno.test("oracle: a page that can be touched and has no other way is found out", async () => {
  const lines = await linesOf("returning-customer", { customer: READS_BALANCE });
  assert.deepEqual(found(wayWithoutFace(), lines), []);
  assert.deepEqual(
    found(wayWithoutFace(), showing(lines, "show_balance", { controls: ["cancel"] })),
    [
      "show_balance offers no other way",
    ],
  );
});

Deno.test("oracle: a face is forgotten with its session, or lost with the power", async () => {
  const lines = await linesOf("returning-customer", {});
  assert.deepEqual(found(captureForgotten(), lines), []);
  const kept = without(lines, isFace("forget"));
  assert.deepEqual(found(captureForgotten(), kept), ["capture-1 was kept after its session"]);
  const dark = without(await linesOf("power-cut-while-presenting", {}), isFace("forget"));
  assert.deepEqual(found(captureForgotten(), dark), []);
});

Deno.test("oracle: whoever withdraws consent has the template deleted and the bank told", async () => {
  const lines = await linesOf("consent-withdrawn", {});
  const judge = (lines: readonly TraceLine[]) =>
    found(consentKept([], new Approvals(), true), lines);
  assert.deepEqual(judge(lines), []);
  assert.deepEqual(judge(without(lines, isFace("delete"))), ["a template was never deleted"]);
  assert.deepEqual(judge(without(lines, isAdvice("910000"))), ["the bank was never told"]);
  const unheard = saying(lines, "0130", "910000", { 39: "91" });
  assert.deepEqual(judge(unheard), ["the bank was never told"], "a switch in between was");
});

Deno.test("oracle: a bank that was told asks for that template no more, and then for a new one", async () => {
  const again = [{ consent: "agree" as const }, { choose: "withdraw" as const }, {
    amount_yuan: 100,
  }];
  const [face, number, pin] = IDENTIFIED as [CustomerAction, CustomerAction, CustomerAction];
  const visits = [1, 2].map(() => ({
    after_s: 1,
    at_the_machine: { is: "customer" },
    customer: [face, number, ...again.slice(0, 1), pin, ...again.slice(1)],
  }));
  const lines = await linesOf("consent-withdrawn", { visits: visits.slice(0, 1) });
  const judge = (lines: readonly TraceLine[]) =>
    found(consentKept([], new Approvals(), true), lines);
  assert.deepEqual(judge(lines), []);
  const told = lines.findIndex((line) =>
    line.type === "journal" && line.entry.line === "consent_withdrawn"
  );
  const forgetful = [
    ...lines.slice(0, told),
    ...saying(lines.slice(told), "0110", "330000", { 48: { reference: "template" } }),
  ];
  assert.deepEqual(judge(forgetful), [
    "the bank asks for a template whose consent was withdrawn",
  ]);
});

Deno.test("oracle: after a call to the bank no face decides about that customer's money", async () => {
  const lines = await linesOf("consent-withdrawn-elsewhere", {});
  const account = lines.flatMap((line) =>
    line.type === "ledger" && line.entry.kind === "opening" ? String(line.entry.customer) : []
  );
  const judge = (lines: readonly TraceLine[], elsewhere = account) =>
    found(consentKept(elsewhere, new Approvals(), true), lines);
  assert.deepEqual(judge(lines), []);
  const paid = saying(lines, "0210", "010000", { 39: "00" });
  assert.deepEqual(judge(paid), ["a debit by a face whose consent was withdrawn"]);
  assert.deepEqual(judge(paid, ["somebody else's"]), []);
});

Deno.test("oracle: a template made while consent is withdrawn goes to no bank, and is deleted", async () => {
  const at_the_bank = (at_s: number) => [{ at_s, withdraw_consent: "customer" }];
  const lines = await linesOf("first-use", { at_the_bank: at_the_bank(12.95) });
  const account = lines.flatMap((line) =>
    line.type === "ledger" && line.entry.kind === "opening" ? String(line.entry.customer) : []
  );
  const judge = (lines: readonly TraceLine[]) =>
    found(consentKept(account, new Approvals(), true), lines);
  assert.deepEqual(judge(lines), []);
  const enrolled = lines.findIndex(isFace("enrol"));
  assert(enrolled > 0 && lines.slice(enrolled).some(isFace("delete")));
  assert(lines.every((line) => line.type !== "ledger" || line.entry.kind !== "withdrawal"));
  const believing = saying(lines, "0130", "910000", { 39: "00" });
  assert.deepEqual(judge(believing), ["the bank takes a template whose consent was withdrawn"]);
  const before = await linesOf("first-use", { at_the_bank: at_the_bank(12) });
  const telling = saying(before, "0110", "310000", { 39: "00" });
  assert.deepEqual(judge(telling), ["a balance by a face whose consent was withdrawn"]);
});

Deno.test("oracle: faces that are not the customer's are told and counted, and close that way", async () => {
  const visits = [1, 2].map(() => ({
    after_s: 1,
    at_the_machine: { is: "customer" },
    customer: IDENTIFIED.slice(0, 2),
  }));
  const customer = IDENTIFIED.slice(0, 2);
  const face: RunPorts["face"] = (source) => {
    const engine = CREDULOUS.face(source);
    return {
      ...engine,
      handle: async (request) => {
        const result = await engine.handle(request);
        return result.op === "verify" ? { ...result, verdict: "no_match", score: 0.1 } : result;
      },
    };
  };
  const change = { machine: "lhasa-shop", customer, visits };
  const lines = await linesOf("returning-customer", change, { ...CREDULOUS, face });
  const judge = (lines: readonly TraceLine[]) =>
    found(facesCounted(3, new Approvals(), true), lines);
  assert.deepEqual(judge(lines), []);
  assert.deepEqual(judge(without(lines, isAdvice("920000"))), [
    "3 faces were refused, and the bank was told of 0",
  ]);
  const open = saying(lines, "0110", "330000", { 2: accountIn(lines), 39: "00" });
  assert.deepEqual(judge(open).slice(0, 1), ["3 faces, and one more may come"]);
});

Deno.test("oracle: consent that is taken back in the visit in which it was given is kept to", async () => {
  const visits: Scenario["visits"] = [{
    after_s: 1,
    at_the_machine: { is: "customer" },
    customer: [...IDENTIFIED.slice(0, 2), "cancel"],
  }];
  const customer: CustomerAction[] = ["first_use", { consent: "agree" }, ...IDENTIFIED];
  const lines = await linesOf("first-use", {
    customer: [...customer, "withdraw_consent"],
    visits,
    expect: [{}],
  });
  const ops = lines.flatMap((line) => line.type === "face" ? [line.request.op] : []);
  assert(ops.includes("delete", ops.indexOf("enrol")));
  const told = lines.findLast((line) =>
    isAdvice("910000")(line) && line.type === "host" && line.from === "atm"
  );
  assert(told?.type === "host");
  assert.deepEqual((told.message.fields as Json)["48"], { reference: "none" });
  const found = lines.findLast((line) =>
    line.type === "host" && line.message.mti === "0110" && line.seen === "received"
  );
  assert(found?.type === "host");
  assert.deepEqual((found.message.fields as Json)["48"], { reference: "id_photo" });
});

function accountIn(lines: readonly TraceLine[]): unknown {
  const advice = lines.find(isAdvice("920000"));
  assert(advice?.type === "host");
  return (advice.message.fields as Json)["2"];
}

/** Longer than any run: it ends while this lasts. */
const FOR_EVER_S = 3_600;

const UNSETTLED: readonly (readonly [string, Partial<Scenario>])[] = [
  ["power that is gone since the debit", {
    faults: [{ id: "E3", when: { host_message: "0210", nth: 1 }, for_s: FOR_EVER_S }],
  }],
  ["a line that is down since the debit", {
    faults: [{ id: "N4", when: { host_message: "0210", nth: 1 }, for_s: FOR_EVER_S }],
  }],
  ["a program that crashed with the cash on its way, and that nobody starts", {
    faults: [{
      id: "E10",
      when: { state: "presenting", nth: 1 },
      until: { host_message: "0430", nth: 1 },
    }],
  }],
  ["power that is gone for ten minutes", {
    faults: [{ id: "E3", when: { state: "looking_up", nth: 1 }, for_s: 600 }],
  }],
  ["power that comes back too late to find out what became of the cash", {
    faults: [{ id: "E3", when: { command: "CashDispenser.Present", nth: 1 }, for_s: 884 }],
  }],
  ["power that comes back as the run ends, with a reversal to be sent", {
    faults: [{ id: "E3", when: { command: "CashDispenser.Dispense", nth: 1 }, for_s: 886.24 }],
  }],
  ["a line that stands again, before the reversal is sent once more", {
    faults: [{ id: "N4", when: { host_message: "0210", nth: 1 }, for_s: 885 }],
  }],
  ["somebody who comes when the run is nearly over", {
    visits: [{ after_s: 865, at_the_machine: { is: "customer" }, customer: WITHDRAWS }],
  }],
  ["a door that the operator has left open", { operator: [{ at_s: 60, does: "open_door" }] }],
];

Deno.test.each(UNSETTLED)("oracle: %s is nothing that the machine did wrong", async (_, change) => {
  const plan = await planFrom("returning-customer", { ...change, expect: [{}] });
  const { trace, findings } = await runPlan(plan, CREDULOUS);
  assert.deepEqual(findings, []);
  assert.deepEqual(judgeAgain(trace, plan), { findings: [], wrong: null });
});

Deno.test("oracle: a debit that nobody accounts for is found as soon as power is back", () => {
  const debit: Line = {
    n: 2,
    t: 2,
    type: "ledger",
    entry: { kind: "withdrawal", stan: "000003", amount: 50_000 },
  };
  const found = (...powers: readonly boolean[]) => {
    const bench = new Bench([booksBalance()]);
    powers.forEach((on, i) => bench.observe({ n: i, t: i, type: "fault", id: "E3", active: !on }));
    bench.observe(debit);
    return bench.finish().length;
  };
  assert.equal(found(false), 0);
  assert.equal(found(false, true), 1);
});

Deno.test("oracle: what never ends is found, however late the run's last customer came", () => {
  const found = (came_s: number) => {
    const bench = new Bench([returnsToIdle(true)]);
    const body = { type: "customer", does: "appears" } as const;
    bench.observe({ n: 1, t: came_s * 1e6, ...body });
    bench.observe({ n: 2, t: came_s * 1e6, type: "state", from: "idle", to: "greeting" });
    return bench.finish().map(({ finding }) => finding);
  };
  assert.deepEqual(found(840), ["everybody has gone, and it is greeting"]);
  assert.deepEqual(found(850), [], "the run's limit came before its end could");
});
