import { equal } from "node:assert/strict";
import { finderOf, Glance } from "../../sim/oracles/secrets.ts";

const KEY = "0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d";
const find = finderOf([
  "482915",
  "13912345678",
  "4648291500000000",
  KEY,
  "q+/aQ2xvc2VkIGtleSBpcw==",
]);

Deno.test("secrets: a short one is found where it stands alone, however deep", () => {
  equal(find({ a: [{ b: "PIN 482915." }] }), "a secret stands");
  equal(find(["x", "13912345678"]), "a secret stands");
});

Deno.test("secrets: within a longer number a short one is chance, and no secret", () => {
  equal(find("1482915"), null);
  equal(find({ hash: "sha256:ab482915cd" }), null);
  equal(find({ token: "NONCE=9C55402F0CAEC0EF1FAD482915AA641A,TOKENFORMAT=1" }), null);
  equal(find({ token: "NONCE=9CAD482915AA641A" }), "a secret stands");
  equal(find({ count: 482915 }), null);
});

Deno.test("secrets: a key or a block is found within anything", () => {
  equal(find(`ff${KEY}00`), "a secret stands");
  equal(find("key:q+/aQ2xvc2VkIGtleSBpcw==;"), "a secret stands");
  equal(find("94648291500000000"), "a secret stands");
});

Deno.test("secrets: at every place of a text six digits are seen", () => {
  for (let before = 0; before < 20; before++) {
    for (let after = 0; after < 8; after++) {
      equal(find(`${"-".repeat(before)}482915${"-".repeat(after)}`), "a secret stands");
    }
  }
});

Deno.test("secrets: a list of numbers as long as a template is one, whatever it is called", () => {
  equal(
    find({ x: Array.from({ length: 64 }, (_, i) => i) }),
    "a list of 64 or more numbers stands",
  );
  equal(find({ x: Array.from({ length: 63 }, (_, i) => i) }), null);
});

Deno.test("secrets: a message with none is seen once, and whatever stands beside it is seen still", () => {
  const glance = new Glance(["482915", KEY]);
  const message = { header: { name: "Common.Status" } };
  equal(glance.isClean(message), true);
  equal(glance.isClean({ type: "xfs", message }), true);
  equal(glance.isClean({ type: "xfs", message, note: "PIN 482915." }), false);
  const telling = { payload: { data: `ff${KEY}00` } };
  equal(glance.isClean(telling), false);
  equal(glance.isClean({ type: "xfs", message: telling }), false);
});
