/** Whatever core and devices say to each other, in any scenario, fits the schemas of the standard. */
import assert from "node:assert/strict";
import { problemOf, type XfsMessage } from "../../core/xfs4iot/mod.ts";
import { scenarioNames } from "../../sim/adapters/files.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

Deno.test("wire: every message of every scenario fits its schema", async () => {
  const wrong: string[] = [];
  let messages = 0;
  for (const id of await scenarioNames()) {
    const { trace } = await runPlan(await planFrom(id, { expect: [{}] }), CREDULOUS);
    for (const line of trace.lines) {
      if (line.type !== "xfs") continue;
      messages++;
      const message = unmasked(line.message as unknown as XfsMessage);
      const problem = problemOf(message);
      if (problem !== null) wrong.push(`${id}: ${message.header.name}: ${problem}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert(messages > 1_000, `${messages} messages were looked at`);
});

/** What a trace masks is put back as something of its kind: what a person typed is not in it. */
function unmasked(message: XfsMessage): XfsMessage {
  const text = JSON.stringify(message)
    .replace(/("customerData":")([^"]+)/, (_, name, digits) => name + "0".repeat(digits.length))
    .replace('"pinBlock":"(16 bytes, encrypted)"', '"pinBlock":"AAAA"')
    .replace('"digit":"•"', '"digit":"one"')
    .replace(/"pinKeys":"\(\d+ keys\)"/, '"pinKeys":[]');
  return JSON.parse(text);
}
