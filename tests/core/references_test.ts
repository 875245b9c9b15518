/** Templates at rest: sealed, bound to one person and one model, and gone for good when deleted. */
import assert from "node:assert/strict";
import { type RandomBytes, ReferenceStore } from "../../core/face/mod.ts";

const MODEL = "a".repeat(64);
const TEMPLATE = Float32Array.from({ length: 128 }, (_, i) => (i - 64) / 512);

/** Different every time, and the same in every test run. */
function counting(): RandomBytes {
  let n = 0;
  return (bytes) => Uint8Array.from({ length: bytes }, () => (n = (n * 31 + 7) % 251));
}

function atRest(store: ReferenceStore, reference: string): Uint8Array {
  const sealed = store.atRest(reference);
  assert.ok(sealed);
  return sealed;
}

Deno.test("references: what was kept comes back bit for bit", () => {
  const store = new ReferenceStore(MODEL, counting());
  store.set("template:1", TEMPLATE);
  assert.deepEqual(store.get("template:1"), TEMPLATE);
  assert.equal(store.get("template:2"), undefined);
});

Deno.test("references: no four bytes of a template stand in what lies at rest", () => {
  const store = new ReferenceStore(MODEL, counting());
  store.set("template:1", TEMPLATE);
  const sealed = atRest(store, "template:1").toHex();
  const clear = new Uint8Array(TEMPLATE.buffer);
  for (let i = 0; i < clear.length; i += 4) {
    const value = clear.slice(i, i + 4).toHex();
    if (value !== "00000000") assert.ok(!sealed.includes(value), `value ${i / 4}`);
  }
});

Deno.test("references: a sealed template opens for its own person only", () => {
  const store = new ReferenceStore(MODEL, counting());
  store.set("template:1", TEMPLATE);
  store.set("template:2", TEMPLATE);
  assert.deepEqual(store.open("template:1", atRest(store, "template:1")), TEMPLATE);
  assert.equal(store.open("template:2", atRest(store, "template:1")), undefined);
});

Deno.test("references: under the same key, another name or another model opens nothing", () => {
  // The same chance gives the same key, so only what the seal is bound to is left to differ.
  const stores = [MODEL, "b".repeat(64)].map((model) => {
    const store = new ReferenceStore(model, counting());
    store.set("template:1", TEMPLATE);
    return store;
  });
  const [first, second] = stores;
  assert.ok(first && second);
  assert.equal(second.open("template:1", atRest(first, "template:1")), undefined);
  const other = new ReferenceStore(MODEL, counting());
  other.set("template:9", TEMPLATE);
  assert.equal(other.open("template:9", atRest(first, "template:1")), undefined);
});

Deno.test("references: one changed byte at rest, and it is as if there were none", () => {
  const store = new ReferenceStore(MODEL, counting());
  store.set("template:1", TEMPLATE);
  const sealed = atRest(store, "template:1");
  for (let i = 0; i < sealed.length; i += 17) {
    const changed = sealed.slice();
    changed[i] = (changed[i] ?? 0) ^ 1;
    assert.equal(store.open("template:1", changed), undefined, `byte ${i}`);
  }
});

Deno.test("references: deleting destroys the key itself, wherever it still lies", () => {
  const chance = counting();
  const given: Uint8Array[] = [];
  const store = new ReferenceStore(MODEL, (bytes) => {
    const random = chance(bytes);
    given.push(random);
    return random;
  });
  store.set("template:1", TEMPLATE);
  const [key] = given;
  assert.ok(key?.length === 32 && key.some((byte) => byte !== 0));
  store.delete("template:1");
  assert.ok(key.every((byte) => byte === 0));
});

Deno.test("references: a copy taken before the deletion opens never again", () => {
  const store = new ReferenceStore(MODEL, counting());
  store.set("template:1", TEMPLATE);
  const stolen = atRest(store, "template:1");
  assert.ok(store.delete("template:1"));
  assert.ok(!store.delete("template:1"));
  assert.equal(store.open("template:1", stolen), undefined);
  // A new consent makes a new key: the old copy stays closed.
  store.set("template:1", TEMPLATE);
  assert.equal(store.open("template:1", stolen), undefined);
});
