/** `verify FILE`: what is asked of a file, and what is refused before anything is asked. */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { verifyVerb } from "../../sim/adapters/verify_verb.ts";

const SAMPLE = fileURLToPath(new URL("../fixtures/sample.trace.jsonl", import.meta.url));

Deno.test("verify: a key is for a bundle, and is not passed over where there is none", async () => {
  const options = { format: "text", remote: false, key: "/no/such.pub" } as const;
  await assert.rejects(verifyVerb(SAMPLE, options), {
    name: "InputError",
    message: `/no/such.pub: --key: is the key of a bundle, and ${SAMPLE} is none; leave it out`,
  });
});
