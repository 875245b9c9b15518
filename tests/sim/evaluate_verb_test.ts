/** `models evaluate --report FILE`: what is in the file stays until there is something to put there. */
import assert from "node:assert/strict";
import { modelsEvaluateVerb } from "../../sim/adapters/evaluate_verb.ts";

async function refused(report: string, pack: string, message: RegExp): Promise<void> {
  const options = { format: "text", people: 2, workers: 1, write: false, report, pack } as const;
  await assert.rejects(modelsEvaluateVerb(options), { name: "InputError", message });
}

Deno.test("evaluate: a report of before is not emptied where nothing is measured", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const report = `${folder}/report.html`;
    await Deno.writeTextFile(report, "<!doctype html>before");
    await refused(report, `${folder}/no-such-pack`, /no-such-pack/);
    assert.equal(await Deno.readTextFile(report), "<!doctype html>before");
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["report.html"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("evaluate: a report that cannot be written is found before any work", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await refused(folder, "no/such-pack", /--report: cannot write: it is a folder/);
    await refused(`${folder}/nowhere/a.html`, "no/such-pack", /--report: cannot write: .*exist/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
