import assert from "node:assert/strict";
import { bytesToHex, hexToBytes } from "@noble/ciphers/utils.js";
import fc from "fast-check";
import {
  type Key,
  type KeyAttributes,
  keyBlockRandomBytes,
  macKey,
  pinOpeningKey,
  protectionKey,
  unwrapKey,
  useKey,
  wrapKey,
} from "../../core/keys/mod.ts";

/** TR-31:2018, A.7.4. */
const PROTECTION = protectionKey(
  hexToBytes("88E1AB2A2E3DD38C1FA039A536500CC8A87AB9D62DC92C01058FA79F44657DE6"),
);
const BLOCK = "D0112P0AE00E0000" +
  "B82679114F470F540165EDFBF7E250FCEA43F810D215F8D207E2E417C07156A2" +
  "7E8E31DA05F7425509593D03A457DC34";
const VALUE = hexToBytes("3F419E1CB7079442AA37474C2EFBF8B8");
const RANDOM = hexToBytes("1C2965473CE206BB855B01533782");
const ATTRIBUTES: KeyAttributes = {
  usage: "P0",
  algorithm: "A",
  mode: "E",
  exportability: "E",
};

Deno.test("key block: the one of TR-31:2018 A.7.4 comes out, and opens", () => {
  assert.equal(RANDOM.length, keyBlockRandomBytes(VALUE.length));
  const made = wrapKey({ attributes: ATTRIBUTES, value: VALUE }, PROTECTION, RANDOM);
  assert.deepEqual(made, { ok: true, block: BLOCK });
  const opened = unwrapKey(BLOCK, PROTECTION);
  assert(opened.ok);
  assert.deepEqual(opened.key.attributes, ATTRIBUTES);
  assert.equal(bytesToHex(opened.key.value), bytesToHex(VALUE));
});

Deno.test("key block: one changed character anywhere, and it does not open", () => {
  fc.assert(fc.property(
    fc.nat(BLOCK.length - 1),
    fc.constantFrom(..."0123456789ABCDEFGKMNPSTVX"),
    (at, character) => {
      const changed = BLOCK.slice(0, at) + character + BLOCK.slice(at + 1);
      if (changed !== BLOCK) assert(!unwrapKey(changed, PROTECTION).ok);
    },
  ));
});

Deno.test("key block: whatever arrives is opened or refused", () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => {
    assert(!unwrapKey(text, PROTECTION).ok);
  }));
  for (const cut of [0, 15, 16, 80, 111]) assert(!unwrapKey(BLOCK.slice(0, cut), PROTECTION).ok);
});

Deno.test("key block: a key that may not leave does not, and only a K1 key protects others", () => {
  const stays = macKey(VALUE, "N");
  assert.deepEqual(wrapKey(stays, PROTECTION, RANDOM), { ok: false, problem: "exportability" });
  const wrong = macKey(PROTECTION.value);
  const leaves = macKey(VALUE, "E");
  assert.deepEqual(wrapKey(leaves, wrong, RANDOM), { ok: false, problem: "usage" });
  assert.deepEqual(unwrapKey(BLOCK, wrong), { ok: false, problem: "usage" });
});

Deno.test("key block: any key comes back with its attributes", () => {
  fc.assert(fc.property(
    fc.constantFrom(16, 24, 32),
    fc.constantFrom(16, 24, 32),
    fc.constantFrom<KeyAttributes["usage"]>("P0", "M6", "D0", "B0"),
    fc.infiniteStream(fc.nat(255)),
    (protectionBytes, keyBytes, usage, stream) => {
      const take = (length: number) => Uint8Array.from({ length }, () => stream.next().value);
      const protection = protectionKey(take(protectionBytes));
      const key: Key = { attributes: { ...ATTRIBUTES, usage }, value: take(keyBytes) };
      const made = wrapKey(key, protection, take(keyBlockRandomBytes(keyBytes)));
      assert(made.ok);
      assert.deepEqual(unwrapKey(made.block, protection), { ok: true, key });
    },
  ));
});

Deno.test("key: its value is given out for what its attributes say, and for nothing else", () => {
  const key = pinOpeningKey(VALUE);
  const deed = { usage: "P0", algorithm: "A", mode: "D" } as const;
  assert.deepEqual(useKey(key, deed), { ok: true, value: VALUE });
  assert.deepEqual(useKey(key, { ...deed, usage: "M6" }), { ok: false, problem: "usage" });
  assert.deepEqual(useKey(key, { ...deed, algorithm: "T" }), { ok: false, problem: "algorithm" });
  assert.deepEqual(useKey(key, { ...deed, mode: "E" }), { ok: false, problem: "mode" });
});

Deno.test("key: each mode of use allows the deeds that X9.143 gives it", () => {
  const deeds = ["E", "D", "G", "V", "X"] as const;
  const allowed = (mode: KeyAttributes["mode"]) =>
    deeds.filter((deed) =>
      useKey({ attributes: { ...ATTRIBUTES, mode }, value: VALUE }, {
        usage: "P0",
        algorithm: "A",
        mode: deed,
      }).ok
    ).join("");
  assert.deepEqual(
    (["B", "E", "D", "C", "G", "V", "X", "N"] as const).map((mode) => [mode, allowed(mode)]),
    [
      ["B", "ED"],
      ["E", "E"],
      ["D", "D"],
      ["C", "GV"],
      ["G", "G"],
      ["V", "V"],
      ["X", "X"],
      ["N", "EDGVX"],
    ],
  );
});
