/** Clients take turns: who talks most is not heard first, and nobody's words are lost or reordered. */
import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { type Speaker, Turns } from "../../sim/adapters/xfs_turns.ts";

/** More than all that is said here takes. */
const TURNS = 100;

function clients(names: string[]) {
  const turns = new Turns();
  const heard: string[] = [];
  const paused = new Set<string>();
  const speakers = new Map(names.map((name): [string, Speaker] => [name, {
    pause: () => paused.add(name),
    resume: () => paused.delete(name),
    hear: (message) => heard.push(`${name}${message}`),
  }]));
  const says = (name: string, count: number, from = 0) => {
    for (let n = from; n < from + count; n++) turns.said(speakers.get(name)!, n);
  };
  const pass = async () => {
    for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { turns, heard, paused, speakers, says, pass };
}

Deno.test("turns: a single word is heard at once", () => {
  const { heard, says } = clients(["a"]);
  says("a", 1);
  assert.deepEqual(heard, ["a0"]);
});

Deno.test("turns: between two words of somebody quiet stand only a few of somebody loud", async () => {
  const { heard, paused, says, pass } = clients(["loud", "quiet"]);
  says("loud", 500);
  assert(paused.has("loud"), "who says so much is not read for a while");
  says("quiet", 1);
  assert(!paused.has("quiet"));
  await pass();
  assert(heard.indexOf("quiet0") <= 20, `quiet was heard as number ${heard.indexOf("quiet0")}`);
  assert.deepEqual(
    heard.filter((word) => word.startsWith("loud")),
    Array.from({ length: 500 }, (_, n) => `loud${n}`),
  );
  assert(!paused.has("loud"), "and is read again");
});

Deno.test("turns: what somebody who left still had to say is not heard", async () => {
  const { turns, heard, speakers, says, pass } = clients(["gone", "here"]);
  says("gone", 100);
  says("here", 2);
  turns.left(speakers.get("gone")!);
  await pass();
  assert.deepEqual(heard, ["gone0", "here0", "here1"]);
});
