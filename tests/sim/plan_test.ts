import assert from "node:assert/strict";
import {
  HOME,
  parseYaml,
  readProfile,
  readScenario,
  scenarioNames,
} from "../../sim/adapters/files.ts";
import {
  InputError,
  planOf,
  planSchema,
  scenarioJsonSchema,
  scenarioOf,
} from "../../sim/plan/mod.ts";

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
    const path = new URL(`scenarios/${id}.yaml`, HOME).pathname;
    const text = await Deno.readTextFile(path);
    assert.ok(text.startsWith("# yaml-language-server: $schema=scenario.schema.json\n"), id);
    const scenario = await readScenario(path);
    assert.equal(scenario.id, id, "a scenario is called like its file");
    assert.match(scenario.title.bo, /[\u0f40-\u0fbc]/, `${id} has a Tibetan title`);
    assert.match(scenario.story.zh, /[\u4e00-\u9fff]/, `${id} has a Chinese story`);
  }
});

Deno.test("plan: a plan survives its own JSON", async () => {
  const path = new URL("scenarios/network-drop-after-debit.yaml", HOME).pathname;
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

Deno.test("plan: what is not a scenario is refused by field", () => {
  assert.throws(() => scenarioOf({ id: "x" }, "x.yaml"), (error) => {
    assert.ok(error instanceof InputError);
    assert.equal(error.problem.file, "x.yaml");
    assert.equal(error.problem.field, "title");
    return true;
  });
});
