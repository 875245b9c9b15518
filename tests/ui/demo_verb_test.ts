/** `deno task demo FILE`: what is there already. */
import assert from "node:assert/strict";
import { demoVerb } from "../../ui/offline/demo_verb.ts";
import { inFolder } from "../in_folder.ts";

Deno.test("demo: only an earlier page is written over, never a trace or a key", () =>
  inFolder(async (folder) => {
    const path = `${folder}/visit.trace.jsonl`;
    for (const there of ['{"chain":', "-----BEGIN PRIVATE KEY-----\n"]) {
      await Deno.writeTextFile(path, there);
      await assert.rejects(demoVerb(path), {
        name: "InputError",
        message: `${path}: cannot write: it is there and no page; name another`,
      });
      assert.equal(await Deno.readTextFile(path), there);
    }
    await assert.rejects(demoVerb(`${folder}/no/demo.html`), {
      message: `${folder}/no/demo.html: cannot write: its folder does not exist; make it first`,
    });
  }));
