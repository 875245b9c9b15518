/** What `main.ts faults` prints of each fault is true, and leaves none out. */
import assert from "node:assert/strict";
import { FAULT_CATALOGUE } from "../../sim/faults/mod.ts";
import { exercised } from "../../sim/adapters/exercises.ts";

const HOME = new URL("../../", import.meta.url);

Deno.test("faults: every fault of the catalogue is exercised by a test on the wire", async () => {
  const shown = await exercised();
  const missing = FAULT_CATALOGUE.filter(({ id }) => (shown.get(id)?.tests.length ?? 0) === 0);
  assert.deepEqual(missing.map(({ id }) => id), []);
});

Deno.test("faults: whatever is exercised is in the catalogue", async () => {
  const ids = new Set(FAULT_CATALOGUE.map(({ id }) => id));
  for (const id of (await exercised()).keys()) assert.ok(ids.has(id), id);
});

Deno.test("faults: a scenario that breaks something is named with what it breaks", async () => {
  const shown = await exercised();
  assert.deepEqual(shown.get("N4")?.scenarios, ["network-drop-after-debit"]);
});

Deno.test("faults: the verb prints id, device, deed, wire and where it is shown", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "main.ts", "faults", "--format", "json"],
    cwd: HOME,
  }).output();
  const { faults } = JSON.parse(new TextDecoder().decode(stdout));
  assert.equal(faults.length, FAULT_CATALOGUE.length);
  const { device, does, wire, scenarios, tests } = faults.find(({ id }: { id: string }) =>
    id === "N18"
  );
  assert.ok(device === "services" && does !== "" && wire !== "");
  assert.deepEqual(scenarios, []);
  assert.deepEqual(tests, ["tests/conformance/around_faults_test.ts"]);
});
