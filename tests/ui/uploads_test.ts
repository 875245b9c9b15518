/** Bundles from elsewhere, which are large: what is read of them, and who waits for it. */
import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { newKeys, openSigningKey, packBundle } from "../../sim/evidence/mod.ts";
import { openRunStore } from "../../sim/store/mod.ts";
import { readTrace } from "../../sim/trace/mod.ts";
import { receiveBundle } from "../../ui/server/uploads.ts";
import { sampleTrace } from "./sample.ts";

Deno.test("uploads: a bundle that unpacks to too much is refused, and told how much that is", async () => {
  const store = openRunStore(":memory:");
  const bundle = zipSync({ "bundle.json": new Uint8Array(16 * 1024 * 1024 + 1) });
  const answer = await receiveBundle(bundle, store, 1);
  assert.ok(answer instanceof Response);
  assert.equal(answer.status, 422);
  assert.match((await answer.json()).detail, /it unpacks to more than 16 MiB$/);
  store.close();
});

Deno.test("uploads: between the runs of a bundle others are answered", async () => {
  const store = openRunStore(":memory:");
  const reading = readTrace(sampleTrace);
  assert.ok(reading.ok);
  const { trace } = reading;
  const key = await openSigningKey((await newKeys()).private_pem);
  const names = ["a", "b", "c", "d", "e", "f"];
  const runs = names.map((name) => ({ name, text: sampleTrace, trace }));
  const bundle = await packBundle(runs, null, key!);
  let answered = 0;
  const others = setInterval(() => answered++);
  const received = await receiveBundle(bundle, store, 1);
  clearInterval(others);
  assert.ok(!(received instanceof Response) && received.length === names.length);
  assert.ok(answered >= names.length - 1, `${answered} times`);
  store.close();
});
