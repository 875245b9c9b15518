import assert from "node:assert/strict";
import fc from "fast-check";
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import { fen, yuan } from "../../core/units.ts";
import type { LedgerEntry } from "../../sim/bank/mod.ts";
import { personOf } from "../../sim/people/mod.ts";
import { blockOf, Counter, CUSTOMER, FACE, START_MS, TERMINAL, wrongPin } from "./bank_counter.ts";

/** What all accounts hold together, from the entries alone. */
function sumOf(entries: readonly LedgerEntry[]): number {
  const accounts = new Map<string, number>();
  for (const { debit, credit, amount } of entries) {
    accounts.set(debit, (accounts.get(debit) ?? 0) - amount);
    accounts.set(credit, (accounts.get(credit) ?? 0) + amount);
  }
  return [...accounts.values()].reduce((sum, held) => sum + held, 0);
}

Deno.test("bank: a phone or an identity number finds its one customer", () => {
  const counter = new Counter();
  for (const number of [CUSTOMER.phone, CUSTOMER.idNumber]) {
    const { 2: pan, 39: code, 48: additional } = counter.inquiry(number);
    assert.deepEqual([code, pan, additional], ["00", CUSTOMER.pan, { reference: "template" }]);
  }
  assert.deepEqual(counter.inquiry(personOf(7).phone)[48], { reference: "id_photo" });
  assert.equal(counter.inquiry(personOf(8).phone)[39], "14");
});

Deno.test("bank: where enrolment needs a card, a first use has no face reference", () => {
  const counter = new Counter(100, { first_use: "card_present_enrollment" });
  assert.deepEqual(counter.inquiry(personOf(7).phone)[48], { reference: "none" });
});

Deno.test("bank: a count makes the books expect what was counted, the rest is in suspense", () => {
  const { bank } = new Counter();
  const held = (account: string) =>
    bank.ledger().reduce(
      (sum, { debit, credit, amount }) =>
        sum + (credit === account ? amount : debit === account ? -amount : 0),
      0,
    );
  bank.load(TERMINAL, yuan(1_000));
  bank.unload(TERMINAL, yuan(300));
  for (
    const [counted, suspense, kind] of [
      [700, 0, "unload"],
      [900, 200, "surplus"],
      [400, -300, "shortage"],
      [400, -300, "shortage"],
      [0, -700, "shortage"],
    ] as const
  ) {
    bank.counted(TERMINAL, yuan(counted));
    assert.deepEqual(
      [0 - held(`atm_cash:${TERMINAL}`), held("suspense"), bank.ledger().at(-1)?.kind],
      [yuan(counted), yuan(suspense), kind],
    );
  }
});

Deno.test("bank: the right PIN opens the balance, asked as 0100 and not as 0200", () => {
  const counter = new Counter();
  const fields = { 2: CUSTOMER.pan, 3: "310000", 52: blockOf(CUSTOMER.pin) } as const;
  const answer = counter.send(counter.message("0100", fields));
  assert.deepEqual([answer[39], answer[54]], ["00", yuan(8_600)]);
  assert.equal(counter.send(counter.message("0200", fields))[39], "12");
});

Deno.test("bank: money moves by 0200 and numbers are found by 0100, never otherwise", () => {
  const counter = new Counter();
  const { fields } = counter.withdrawal(100);
  assert.equal(counter.send({ mti: "0100", fields })[39], "12");
  const find = { 3: "330000", 48: { number: CUSTOMER.phone } } as const;
  assert.equal(counter.send(counter.message("0200", find))[39], "12");
  assert.equal(counter.send(counter.message("0100", { 3: "330000" }))[39], "12");
  assert.equal(counter.send(counter.message("0100", {}))[39], "12");
  assert.equal(counter.balance(), 8_600);
});

Deno.test("bank: wrong PINs count down to a lock that the right PIN does not open", () => {
  const counter = new Counter();
  const tries = [1, 2, 3].map((nth) => counter.checkPin(wrongPin(nth)));
  assert.deepEqual(tries.map((fields) => fields[39]), ["55", "55", "75"]);
  assert.deepEqual(tries.map((fields) => fields[48]?.pin_tries_left), [2, 1, 0]);
  assert.equal(counter.checkPin(CUSTOMER.pin)[39], "62");
  assert.equal(counter.withdraw(100), "62");
  assert.equal(counter.inquiry(CUSTOMER.phone)[39], "62");
  assert.ok(counter.bank.isLocked(42) && !counter.bank.isLocked(7));
});

Deno.test("bank: only a right PIN gives the tries back", () => {
  const counter = new Counter();
  counter.checkPin(wrongPin());
  counter.inquiry(CUSTOMER.phone);
  assert.equal(counter.checkPin(wrongPin())[48]?.pin_tries_left, 1);
  assert.equal(counter.checkPin(CUSTOMER.pin)[39], "00");
  assert.equal(counter.checkPin(wrongPin())[48]?.pin_tries_left, 2);
});

Deno.test("bank: a PIN block of another account or of noise counts as no try", () => {
  const counter = new Counter();
  for (const block of [blockOf(CUSTOMER.pin, personOf(7).pan), "00".repeat(16), "zz", ""]) {
    const fields = { 2: CUSTOMER.pan, 3: "310000", 52: block } as const;
    assert.equal(counter.send(counter.message("0100", fields))[39], "96");
  }
  assert.equal(counter.checkPin(wrongPin())[48]?.pin_tries_left, 2);
});

Deno.test("bank: a withdrawal moves exactly its amount from the customer to the machine", () => {
  const counter = new Counter();
  const answer = counter.send(counter.withdrawal(500));
  assert.equal(answer[39], "00");
  assert.match(answer[38] ?? "", /^[0-9]{6}$/);
  assert.equal(answer[52], undefined, "an answer carries no PIN block");
  assert.equal(counter.balance(), 8_100);
  const entry = counter.recorded.at(-1);
  assert.deepEqual(entry, {
    n: 3,
    wall_ms: START_MS,
    kind: "withdrawal",
    debit: "customer:42",
    credit: "atm_cash:TWIN0001",
    amount: 50_000,
    stan: "000001",
    customer: `000000*********${CUSTOMER.pan.slice(-4)}`,
  });
  assert.deepEqual(counter.recorded, counter.bank.ledger());
});

Deno.test("bank: no face, no money", () => {
  const counter = new Counter();
  assert.equal(counter.withdraw(100, { 48: {} }), "12");
  assert.equal(counter.withdraw(100, { 48: { face: { ...FACE, score: 0.49 } } }), "12");
  assert.equal(counter.withdraw(100, { 48: { face: { ...FACE, score: NaN } } }), "12");
  assert.equal(counter.balance(), 8_600);
});

Deno.test("bank: limits of a withdrawal, of a day and of what there is", () => {
  const counter = new Counter(20_000);
  assert.equal(counter.withdraw(3_001), "61");
  for (const amount of [3_000, 3_000, 3_000]) assert.equal(counter.withdraw(amount), "00");
  assert.equal(counter.withdraw(1_001), "61");
  assert.equal(counter.withdraw(500), "00");
  assert.equal(counter.withdraw(400), "00");
  assert.equal(counter.withdraw(100), "65");
  assert.equal(new Counter(99).withdraw(100), "51");
  assert.equal(new Counter(100).withdraw(100), "00");
});

Deno.test("bank: the day ends at midnight in China", () => {
  const counter = new Counter(20_000);
  for (let nth = 0; nth < 5; nth++) assert.equal(counter.withdraw(100), "00");
  counter.now = START_MS + 13.5 * 3_600_000 - 1;
  assert.equal(counter.withdraw(100), "65");
  counter.now += 1;
  assert.equal(counter.withdraw(100), "00");
});

Deno.test("bank: a repeated request gets the same answer and no second debit", () => {
  const counter = new Counter();
  const request = counter.withdrawal(500);
  const answer = counter.bank.receive(request);
  assert.deepEqual(counter.bank.receive(request), answer);
  assert.equal(counter.balance(), 8_100);
  const other = { ...request, fields: { ...request.fields, 4: yuan(3_000) } };
  assert.equal(counter.send(other)[39], "12", "a used number buys nothing else");
  const wrong = counter.message("0100", { 2: CUSTOMER.pan, 3: "310000", 52: blockOf(wrongPin()) });
  for (let copy = 0; copy < 5; copy++) assert.equal(counter.send(wrong)[48]?.pin_tries_left, 2);
});

Deno.test("bank: a used number is no other customer's, and no other template's", () => {
  const counter = new Counter();
  const request = counter.withdrawal(100);
  assert.equal(counter.send(request)[39], "00");
  const other = personOf(7);
  const theirs = { ...request.fields, 2: other.pan, 52: blockOf(other.pin, other.pan) };
  assert.equal(counter.send({ ...request, fields: theirs })[39], "12");
  assert.equal(counter.bank.balanceOf(7), yuan(100));
  const kept = counter.message("0120", {
    2: CUSTOMER.pan,
    3: "910000",
    48: { reference: "template" },
  });
  assert.equal(counter.send(kept)[39], "00");
  const gone = { ...kept, fields: { ...kept.fields, 48: { reference: "none" as const } } };
  assert.equal(
    counter.send(gone)[39],
    "12",
    "the old answer would confirm a deletion that was not made",
  );
});

Deno.test("bank: a reversal credits once, whatever copies come", () => {
  const counter = new Counter();
  const request = counter.withdrawal(500);
  counter.send(request);
  for (const mti of ["0420", "0421", "0421"] as const) {
    const answer = counter.bank.receive(counter.reversal(request, mti));
    assert.equal(answer?.mti, "0430");
    assert.equal(answer.fields[39], "00");
    assert.equal(counter.balance(), 8_600);
  }
  assert.deepEqual(counter.bank.debits().map(({ reversed }) => reversed), [true]);
});

Deno.test("bank: after a reversal nobody can pay out on the old answer", () => {
  const counter = new Counter();
  const request = counter.withdrawal(500);
  counter.send(request);
  counter.send(counter.reversal(request));
  assert.equal(counter.send(request)[39], "12");
  assert.equal(counter.balance(), 8_600);
});

Deno.test("bank: a reversal that overtakes its original stops it", () => {
  const counter = new Counter();
  const request = counter.withdrawal(500);
  assert.equal(counter.send(counter.reversal(request))[39], "25");
  assert.equal(counter.send(request)[39], "12");
  assert.equal(counter.send(counter.reversal(request, "0421"))[39], "25");
  assert.equal(counter.balance(), 8_600);
  assert.equal(counter.bank.debits().length, 0);
});

Deno.test("bank: a reversal of what was refused changes nothing and is acknowledged", () => {
  const counter = new Counter(100);
  const request = counter.withdrawal(500);
  assert.equal(counter.send(request)[39], "51");
  assert.equal(counter.send(counter.reversal(request))[39], "00");
  assert.equal(counter.balance(), 100);
});

Deno.test.each(
  [
    ["another amount", { 4: yuan(400) }],
    ["another customer's account", { 2: personOf(7).pan }],
  ] as const,
)("bank: a reversal of %s is refused", (_name, fields) => {
  const counter = new Counter();
  const request = counter.withdrawal(500);
  counter.send(request);
  const reversal = counter.reversal(request);
  const other = { ...reversal, fields: { ...reversal.fields, ...fields } };
  assert.equal(counter.send(other)[39], "12");
  assert.equal(counter.balance(), 8_100);
  assert.equal(counter.send(reversal)[39], "00");
});

Deno.test("bank: a reversed withdrawal uses up no limit", () => {
  const counter = new Counter(20_000);
  for (let nth = 0; nth < 8; nth++) {
    const request = counter.withdrawal(3_000);
    assert.equal(counter.send(request)[39], "00");
    counter.send(counter.reversal(request));
  }
  assert.equal(counter.withdraw(3_000), "00");
});

Deno.test("bank: another terminal, or a message without its numbers, is refused", () => {
  const counter = new Counter();
  assert.equal(counter.withdraw(100, { 41: "OTHER001" }), "12");
  assert.equal(counter.withdraw(100, { 11: "1" }), "12");
  for (const time of ["", "9999999999", "0230103000"]) {
    assert.equal(counter.withdraw(100, { 7: time }), "12", time);
  }
  const { 49: _currency, ...fields } = counter.withdrawal(100).fields;
  assert.equal(counter.send({ mti: "0200", fields })[39], "12", "a hundred of what?");
  assert.equal(counter.withdraw(-100), "12");
  assert.equal(counter.withdraw(100, { 4: fen(0) }), "12");
  assert.equal(counter.send(counter.message("0420", { 90: "nonsense" }))[39], "12");
  assert.equal(counter.bank.receive(counter.message("0210", {})), null);
  assert.equal(counter.balance(), 8_600);
});

Deno.test("bank: no answer or ledger line holds a PIN, no ledger line an account", () => {
  const counter = new Counter();
  const answers = [counter.inquiry(CUSTOMER.phone), counter.checkPin(CUSTOMER.pin)];
  counter.withdraw(300);
  assert.ok(!JSON.stringify([answers, counter.recorded]).includes(CUSTOMER.pin));
  assert.ok(!JSON.stringify(counter.recorded).includes(CUSTOMER.pan));
});

/** Anything an ATM and a bad line may do, in any order. */
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ withdraw: fc.integer({ min: 1, max: 35 }) }) },
  { weight: 2, arbitrary: fc.record({ repeat: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ reverse: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ reverseFirst: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ guess: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ wait_h: fc.integer({ min: 1, max: 12 }) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

function act(counter: Counter, sent: Iso8583Message[], deed: Deed): void {
  if ("withdraw" in deed) {
    const request = counter.withdrawal(deed.withdraw * 100);
    sent.push(request);
    counter.send(request);
  } else if ("repeat" in deed) {
    const request = sent[deed.repeat];
    if (request !== undefined) counter.send(request);
  } else if ("reverse" in deed) {
    const request = sent[deed.reverse];
    if (request !== undefined) counter.send(counter.reversal(request, "0421"));
  } else if ("reverseFirst" in deed) {
    const request = counter.withdrawal(deed.reverseFirst * 100);
    sent.push(request);
    counter.send(counter.reversal(request));
  } else if ("guess" in deed) {
    counter.checkPin(deed.guess === 0 ? CUSTOMER.pin : wrongPin(deed.guess));
  } else {
    counter.now += deed.wait_h * 3_600_000;
  }
}

Deno.test("bank: the books balance, limits hold and locks stay, whatever happens", () => {
  fc.assert(
    fc.property(fc.array(deed, { minLength: 1, maxLength: 60 }), (deeds) => {
      const counter = new Counter(40_000);
      const sent: Iso8583Message[] = [];
      let locked = false;
      for (const deed of deeds) {
        const before = counter.balance();
        act(counter, sent, deed);
        if (locked) assert.ok(counter.bank.isLocked(42), "a lock opened");
        if (locked) assert.ok(counter.balance() >= before, "a locked account was debited");
        locked = counter.bank.isLocked(42);
        assert.equal(sumOf(counter.recorded), 0);
        assert.ok(counter.balance() >= 0);
      }
      const standing = counter.bank.debits().filter(({ reversed }) => !reversed);
      const days = Map.groupBy(standing, ({ wall_ms }) => Math.floor((wall_ms / 3.6e6 + 8) / 24));
      for (const debits of days.values()) {
        assert.ok(debits.length <= 5);
        assert.ok(debits.reduce((sum, { amount }) => sum + amount, 0) <= yuan(10_000));
      }
      const taken = standing.reduce((sum, { amount }) => sum + amount, 0);
      assert.equal(counter.bank.balanceOf(42), yuan(40_000) - taken);
    }),
    { numRuns: 150 },
  );
});

Deno.test("bank: a reversal any number of times, in any place, credits once", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 30 }),
    fc.array(fc.constantFrom("request", "reversal", "other"), { minLength: 1, maxLength: 20 }),
    (hundreds, order) => {
      const counter = new Counter(100_000);
      const request = counter.withdrawal(hundreds * 100);
      for (const what of order) {
        if (what === "request") counter.send(request);
        if (what === "reversal") counter.send(counter.reversal(request));
        if (what === "other") counter.send(counter.withdrawal(100));
      }
      counter.send(counter.reversal(request));
      const others = counter.bank.debits().filter(({ reversed }) => !reversed);
      assert.equal(counter.balance(), 100_000 - others.length * 100);
      assert.ok(counter.recorded.filter(({ kind }) => kind === "reversal").length <= 1);
    },
  ));
});
