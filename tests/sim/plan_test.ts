import assert from "node:assert/strict";
import {
  HOME,
  parseYaml,
  pathOf,
  readProfile,
  readScenario,
  scenarioNames,
} from "../../sim/adapters/files.ts";
import {
  InputError,
  type OperatorAct,
  planOf,
  planSchema,
  scenarioJsonSchema,
  scenarioOf,
} from "../../sim/plan/mod.ts";
import { inFolder } from "../in_folder.ts";

Deno.test("plan: the JSON Schema that editors use is the one the program checks with", async () => {
  const kept = await Deno.readTextFile(new URL("scenarios/scenario.schema.json", HOME));
  assert.equal(
    kept,
    JSON.stringify(scenarioJsonSchema(), null, 2) + "\n",
    "write it anew: deno task schema",
  );
});

Deno.test("plan: every shipped scenario names its schema and speaks three languages", async () => {
  for (const id of await scenarioNames()) {
    const path = pathOf(new URL(`scenarios/${id}.yaml`, HOME));
    const text = await Deno.readTextFile(path);
    assert.ok(text.startsWith("# yaml-language-server: $schema=scenario.schema.json\n"), id);
    const scenario = await readScenario(path);
    assert.equal(scenario.id, id, "a scenario is called like its file");
    assert.match(scenario.title.bo, /[\u0f40-\u0fbc]/, `${id} has a Tibetan title`);
    assert.match(scenario.story.zh, /[\u4e00-\u9fff]/, `${id} has a Chinese story`);
  }
});

Deno.test("plan: a plan survives its own JSON", async () => {
  const path = pathOf(new URL("scenarios/network-drop-after-debit.yaml", HOME));
  const scenario = await readScenario(path);
  const plan = planOf(scenario, 7, await readProfile(scenario.machine, path));
  assert.deepEqual(planSchema.parse(JSON.parse(JSON.stringify(plan))), plan);
});

Deno.test("plan: an alias that stands for nothing, or for too much, is bad input", () => {
  const refused = [
    ["id: a\nmachine: *none\n", "line 2", /^\*none stands for nothing/],
    ["id: *later\nmachine: &later b\n", "line 1", /^\*later stands for nothing/],
    [`id: &id a\nmore: [${"*id, ".repeat(21)}]\n`, "line 1", /repeats too much/],
  ] as const;
  for (const [text, field, message] of refused) {
    assert.throws(() => parseYaml(text, "x.yaml"), (error) => {
      assert.ok(error instanceof InputError);
      assert.deepEqual([error.problem.file, error.problem.field], ["x.yaml", field]);
      assert.match(error.problem.message, message);
      return true;
    });
  }
  assert.deepEqual(parseYaml("id: &id a\nmachine: *id\n", "x.yaml"), { id: "a", machine: "a" });
});

Deno.test("plan: a file of two documents is told where the second begins", () => {
  assert.throws(() => parseYaml("id: a\n---\nid: b\n", "x.yaml"), {
    message: "x.yaml: line 2: a second document begins here: keep one in a file",
  });
});

Deno.test("plan: lists in lists without end are told as that, and not as a stack", () => {
  for (const nested of ["[", "{a: ", "- "]) {
    assert.throws(() => parseYaml(nested.repeat(20_000), "x.yaml"), {
      message: "x.yaml: line 1: is nested deeper than a scenario can be",
    });
  }
});

Deno.test("plan: a file in another encoding is refused, and no letter of it replaced", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x.yaml`;
    const latin = Uint8Array.from("title: { en: Caf\xe9 }\n", (c) => c.charCodeAt(0));
    const utf16 = new Uint8Array(Uint16Array.from("\ufeffid: x\n", (c) => c.charCodeAt(0)).buffer);
    for (const bytes of [latin, utf16]) {
      await Deno.writeFile(path, bytes);
      await assert.rejects(readScenario(path), {
        name: "InputError",
        message: `${path}: is not UTF-8 text: save it as that`,
      });
    }
  }));

Deno.test("plan: what is not a scenario is refused by field", () => {
  assert.throws(() => scenarioOf({ id: "x" }, "x.yaml"), (error) => {
    assert.ok(error instanceof InputError);
    assert.equal(error.problem.file, "x.yaml");
    assert.equal(error.problem.field, "title");
    return true;
  });
});

const LATE = { after_s: 500, at_the_machine: { is: "customer" }, customer: ["show_face"] };

const WRONG: readonly (readonly [string, object, string])[] = [
  [
    "a name that no file can have",
    { id: "a".repeat(300) },
    "id: Too big: expected string to have <=100 characters",
  ],
  [
    "the thirty-first of February",
    { start: "2017-02-31T10:30:00+08:00" },
    "start: there is no such day or hour; write 2017-12-29T10:30:00+08:00",
  ],
  [
    "twenty-five o'clock",
    { start: "2017-12-29T25:61:61+08:00" },
    "start: there is no such day or hour; write 2017-12-29T10:30:00+08:00",
  ],
  [
    "one person under two names",
    { people: { customer: { person: 42 }, sister: { person: 42 } } },
    "people.sister.person: 42 is customer already; use another number",
  ],
  [
    "a PIN without its quotes, which YAML takes for a number",
    { customer: [{ pin: 12345 }] },
    'customer.0.pin: must be correct, wrong, or 4 to 12 digits between quotes: "012345"',
  ],
  [
    "a number in other digits than the keypad's",
    { customer: ["show_face", { enter: "༡༢༣" }] },
    'customer.1.enter: must be id, phone, or up to 18 digits between quotes: "16600000000"',
  ],
  [
    "an amount between quotes",
    { customer: [{ amount_yuan: "500" }] },
    "customer.0.amount_yuan: Invalid input: expected number, received string",
  ],
  [
    "a fault on the message 210",
    { faults: [{ id: "N4", when: { host_message: 210 } }] },
    'faults.0.when.host_message: Invalid option: expected one of "0100"|"0110"|"0120"|"0121"|' +
    '"0130"|"0200"|"0210"|"0420"|"0421"|"0430"',
  ],
  [
    "a fault on a command that there is not",
    { faults: [{ id: "D8", when: { command: "CashDispenser.Dispence" } }] },
    "faults.0.when.command: there is no command CashDispenser.Dispence; " +
    "write one like CashDispenser.Dispense",
  ],
  [
    "a fault at a moment that no clock comes to",
    { faults: [{ id: "N4", when: { at_s: 1e300 } }] },
    "faults.0.when.at_s: Too big: expected number to be <=900",
  ],
  [
    "a fault that lasts longer than anybody can count",
    { faults: [{ id: "N4", when: { at_s: 1 }, for_s: 1e300 }] },
    "faults.0.for_s: Too big: expected number to be <=86400",
  ],
  [
    "a call to the bank after the run",
    { at_the_bank: [{ at_s: 901, withdraw_consent: "customer" }] },
    "at_the_bank.0.at_s: Too big: expected number to be <=900",
  ],
  [
    "a fault that is cleared before it strikes",
    { faults: [{ id: "N4", when: { at_s: 5 }, until: { at_s: 1 } }] },
    "faults.0.until.at_s: nothing is broken before 5; clear it later",
  ],
  [
    "somebody who comes when the run is over",
    { visits: [LATE, LATE] },
    "visits.1.after_s: with those before, nobody comes for 1000 s; a run ends at 900 s",
  ],
  [
    "a count of one cassette, which an operator does not do",
    { operator: [{ at_s: 5, does: "count", unit: "unit1" }] },
    "operator.0.does: unit and notes are for swap_cassette",
  ],
  [
    "a button that no screen has",
    { deeds: [{ at_us: 5, touch: "face" }, { at_us: 9, touch: "withdrw" }] },
    "deeds.1.touch: there is no button withdrw; use one of: language_bo, language_zh, " +
    "language_en, face, first_use, other_way, agree, decline, withdraw, balance, " +
    "withdraw_consent, other_amount, cancel, amount_500 (any amount)",
  ],
  [
    "a key that no pad has",
    { deeds: [{ at_us: 5, press: ["one", "pin0", "ente"] }] },
    "deeds.0.press.2: there is no key ente; use zero to nine, oemX, enter, cancel, clear, " +
    "backspace, help, a to f, or pin0, id17, phone3: the key of a character that the customer knows",
  ],
  [
    "a key that other pads have",
    { deeds: [{ at_us: 5, press: ["one", "doubleZero"] }] },
    "deeds.0.press.1: there is no key doubleZero; use zero to nine, oemX, enter, cancel, clear, " +
    "backspace, help, a to f, or pin0, id17, phone3: the key of a character that the customer knows",
  ],
  [
    "two moments of one fault",
    { faults: [{ id: "N4", when: { at_s: 3, state: "idle" } }] },
    "faults.0.when: must be { at_s: … }, { host_message: … }, { command: … }, { state: … } or " +
    "{ cut_point: … }",
  ],
  [
    "a promise of nothing",
    { expect: [{ outcome: "served" }, {}] },
    "expect.1: promises nothing; write one of: outcome, reason, cash_taken_yuan, balance_yuan, " +
    "session_under_s, reversal, journal, stopped_by",
  ],
  [
    "something taken off that nobody wears",
    { conditions: { takes_off: true } },
    "conditions.takes_off: nothing is worn; name under wears what comes off",
  ],
];

Deno.test.each(WRONG)("plan: %s is refused by file, field and remedy", async (_, change, told) => {
  const scenario = await readScenario(new URL("scenarios/returning-customer.yaml", HOME));
  const read = () => scenarioOf({ ...scenario, ...change }, "mine.yaml");
  assert.throws(read, { name: "InputError", message: `mine.yaml: ${told}` });
});

Deno.test("plan: a state that no session is ever in is refused, and told which there are", async () => {
  const scenario = await readScenario(new URL("scenarios/returning-customer.yaml", HOME));
  const read = (fault: object) => () => scenarioOf({ ...scenario, faults: [fault] }, "mine.yaml");
  const when = { state: "presenting" };
  const typo = { state: "presnting" };
  const told = /state: there is no state presnting; use one of: out_of_service, .*, presenting,/;
  assert.throws(read({ id: "D17", when: typo }), told);
  assert.throws(read({ id: "D17", when, until: typo }), /mine\.yaml: faults\.0\.until\.state: /);
  assert.doesNotThrow(read({ id: "D17", when, until: { state: "idle" } }));
});

Deno.test("plan: a leap day is a day, one second before midnight too", async () => {
  const scenario = await readScenario(new URL("scenarios/returning-customer.yaml", HOME));
  const start = "2020-02-29T23:59:59+08:00";
  assert.equal(scenarioOf({ ...scenario, start }, "mine.yaml").start, start);
});

Deno.test("plan: a cassette that the machine has not is refused by file, field and remedy", async () => {
  const path = pathOf(new URL("scenarios/operator-clears-jam.yaml", HOME));
  const scenario = await readScenario(path);
  const profile = await readProfile(scenario.machine, path);
  const swap = (unit: string) => {
    const act: OperatorAct = { does: "swap_cassette", unit };
    return planOf({ ...scenario, operator: [{ at_s: 1, ...act }] }, 1, profile, "mine.yaml");
  };
  assert.equal(swap("unit4").scenario.operator?.[0]?.unit, "unit4");
  for (const unit of ["unit99", profile.reject_bin.unit]) {
    assert.throws(() => swap(unit), {
      name: "InputError",
      message: `mine.yaml: operator.0.unit: lhasa-lobby has no cassette ${unit}; ` +
        "use one of: unit1, unit2, unit3, unit4",
    });
  }
});
