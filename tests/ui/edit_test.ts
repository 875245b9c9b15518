/** The scenario editor's knowledge: where the cursor is, what may stand there, what is wrong. */
import assert from "node:assert/strict";
import { HOME, scenarioNames } from "../../sim/adapters/files.ts";
import { InputError, scenarioJsonSchema } from "../../sim/plan/mod.ts";
import { parseYaml } from "../../sim/plan/yaml.ts";
import { placeOf } from "../../ui/app/edit/place.ts";
import { problemsOf } from "../../ui/app/edit/problems.ts";
import { keysAt, type Schema, valuesAt } from "../../ui/app/edit/schema.ts";

const SCHEMA = scenarioJsonSchema() as Schema;
const SOURCE = await Deno.readTextFile(new URL("scenarios/returning-customer.yaml", HOME));

/** The place of `|` in a text. */
function at(text: string) {
  return placeOf(text.replace("|", ""), text.indexOf("|"));
}

Deno.test("editor: the place of the cursor is a key or a value, by its path", () => {
  assert.deepEqual(at("id: a\nma|\n"), { at: "key", path: [], present: ["id"], from: 6 });
  assert.deepEqual(at("id: a\nmachine: |\n"), {
    at: "value",
    path: ["machine"],
    present: [],
    from: 15,
  });
  assert.deepEqual(at("customer:\n  - show_face\n  - la|\n")?.path, ["customer", 1]);
  assert.deepEqual(at("customer:\n  - language: |\n")?.path, ["customer", 0, "language"]);
  assert.deepEqual(at("people:\n  customer: { person: 1, | }\n"), {
    at: "key",
    path: ["people", "customer"],
    present: ["person"],
    from: 33,
  });
});

Deno.test("editor: the schema offers what may stand at a place, and nothing that is there", () => {
  const top = keysAt(SCHEMA, [], ["id", "title"]).map(({ text }) => text);
  assert.ok(top.includes("machine") && top.includes("customer") && !top.includes("id"));
  const deeds = valuesAt(SCHEMA, ["customer", 0]).map(({ text }) => text);
  for (const deed of ["show_face", "leave", "language: ", "pin: ", "amount_yuan: "]) {
    assert.ok(deeds.includes(deed), `${deed} in ${deeds}`);
  }
  assert.deepEqual(
    valuesAt(SCHEMA, ["customer", 0, "language"]).map(({ text }) => text),
    ["bo", "zh", "en"],
  );
  const person = keysAt(SCHEMA, ["people", "anybody"], []).map(({ text }) => text);
  assert.deepEqual(person, ["person", "enrolled", "balance_yuan"]);
});

Deno.test("editor: the shipped scenarios have no problem", async () => {
  for (const name of await scenarioNames()) {
    const text = await Deno.readTextFile(new URL(`scenarios/${name}.yaml`, HOME));
    assert.deepEqual(problemsOf(text), [], name);
  }
});

Deno.test("editor: a problem is told where it stands, with its field", () => {
  const broken = SOURCE.replace("pin: correct", "pin: maybe");
  const [wrong] = problemsOf(broken);
  assert.equal(broken.slice(wrong!.from, wrong!.to).includes("maybe"), true);
  assert.match(wrong!.field, /^customer\.3/);
  const unknown = SOURCE.replace("expect:", "faults: [{ id: Z9, when: { at_s: 1 } }]\nexpect:");
  const [fault] = problemsOf(unknown);
  assert.equal(unknown.slice(fault!.from, fault!.to), "Z9");
  const nobody = SOURCE.replace("{ is: customer }", "{ is: somebody }");
  assert.match(problemsOf(nobody)[0]!.message, /nobody called somebody/);
  const lost = SOURCE.replace("pin: correct", "pin: *pin");
  const [alias] = problemsOf(lost);
  assert.equal(lost.slice(alias!.from, alias!.to), "*pin");
  assert.match(alias!.message, /stands for nothing/);
  const [flood] = problemsOf(`id: &id a\nmore: [${"*id, ".repeat(21)}]\n`);
  assert.match(flood!.message, /repeats too much/);
  const [syntax] = problemsOf("id: [1, 2\nmachine: x\n");
  assert.ok(syntax!.to > syntax!.from && syntax!.message !== "");
});

Deno.test("editor: what cannot be run for its length or shape is told as whoever runs it tells it", () => {
  const told = (text: string) => {
    try {
      parseYaml(text, "x");
    } catch (error) {
      if (error instanceof InputError) return error.problem.message;
    }
    return null;
  };
  const twice = `${SOURCE}---\n${SOURCE}`;
  const long = SOURCE + "# and so on\n".repeat(30_000);
  for (const text of [twice, long]) assert.equal(problemsOf(text)[0]?.message, told(text));
});
