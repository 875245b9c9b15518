import assert from "node:assert/strict";
import { ecb } from "@noble/ciphers/aes.js";
import { bytesToHex, hexToBytes } from "@noble/ciphers/utils.js";
import fc from "fast-check";
import { decryptFormat4, encryptFormat4 } from "../../core/pin/mod.ts";

const KEY = hexToBytes("AF8CB133A78F8DC2D1359F18527593FB");
const PAN = "4111111111111111";

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength, maxLength });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

Deno.test("pin: the block of ANSI X9.24-3 comes out byte for byte", () => {
  const block = encryptFormat4({
    pin: "1234",
    pan: PAN,
    key: KEY,
    random: hexToBytes("2F69ADDE2E9E7ACE"),
  });
  assert.equal(bytesToHex(block).toUpperCase(), "A912150391AB65A67E52883D81CE2D15");
  assert.deepEqual(decryptFormat4({ block, pan: PAN, key: KEY }), { ok: true, pin: "1234" });
});

Deno.test("pin: every PIN comes back under its own key and account", () => {
  fc.assert(fc.property(
    digits(4, 12),
    digits(1, 19),
    bytes(16),
    bytes(8),
    (pin, pan, key, random) => {
      const block = encryptFormat4({ pin, pan, key, random });
      assert.equal(block.length, 16);
      assert.deepEqual(decryptFormat4({ block, pan, key }), { ok: true, pin });
    },
  ));
});

Deno.test("pin: another account or another key never opens a block to its PIN", () => {
  fc.assert(fc.property(
    digits(6, 6),
    digits(19, 19),
    digits(19, 19),
    bytes(16),
    bytes(8),
    (pin, pan, otherPan, key, random) => {
      fc.pre(pan !== otherPan);
      const block = encryptFormat4({ pin, pan, key, random });
      const otherKey = key.map((byte) => byte ^ 1);
      assert.notDeepEqual(decryptFormat4({ block, pan: otherPan, key }), { ok: true, pin });
      assert.notDeepEqual(decryptFormat4({ block, pan, key: otherKey }), { ok: true, pin });
    },
  ));
});

Deno.test("pin: other random bytes give another block of the same PIN", () => {
  const first = encryptFormat4({ pin: "123456", pan: PAN, key: KEY, random: new Uint8Array(8) });
  const second = encryptFormat4({
    pin: "123456",
    pan: PAN,
    key: KEY,
    random: new Uint8Array(8).fill(1),
  });
  assert.notDeepEqual(first, second);
});

Deno.test("pin: garbage from the network is a result, never an exception", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (block) => {
    const opened = decryptFormat4({ block, pan: PAN, key: KEY });
    if (block.length !== 16) assert.deepEqual(opened, { ok: false, problem: "block_length" });
  }));
});

/** What somebody seals who knows the key and not the format: 16 hexadecimal digits, then chance. */
function sealed(field: string): Uint8Array {
  const aes = (block: Uint8Array) => ecb(KEY, { disablePadding: true }).encrypt(block);
  const account = hexToBytes(`4${PAN}`.padEnd(32, "0"));
  const first = aes(hexToBytes(field.padEnd(32, "5")));
  return aes(first.map((byte, i) => byte ^ (account[i] ?? 0)));
}

Deno.test("pin: a block of the right key that is no format 4 is refused, and why", () => {
  const of = (field: string) => decryptFormat4({ block: sealed(field), pan: PAN, key: KEY });
  assert.deepEqual(of("441234aaaaaaaaaa"), { ok: true, pin: "1234" });
  for (
    const [field, problem] of [
      ["341234aaaaaaaaaa", "control_field"],
      ["43123aaaaaaaaaaa", "pin_length"],
      ["4d1234567890123a", "pin_length"],
      ["44123baaaaaaaaaa", "pin_digits"],
      ["441234aaaaaaaaa5", "fill_digits"],
      ["4412345aaaaaaaaa", "fill_digits"],
    ] as const
  ) {
    assert.deepEqual(of(field), { ok: false, problem }, field);
  }
});

Deno.test("pin: nothing said about a refused PIN repeats it", () => {
  for (const pin of ["123", "1234567890123", "12a4"]) {
    assert.throws(
      () => encryptFormat4({ pin, pan: PAN, key: KEY, random: new Uint8Array(8) }),
      (error: Error) => error.name === "InvariantError" && !error.message.includes(pin),
    );
  }
});
