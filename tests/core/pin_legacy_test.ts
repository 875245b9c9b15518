/** Formats 0 and 3, translation, and what a key may be used for. */
import assert from "node:assert/strict";
import { bytesToHex, hexToBytes } from "@noble/ciphers/utils.js";
import fc from "fast-check";
import { type Key, pinOpeningKey } from "../../core/keys/mod.ts";
import {
  decryptLegacy,
  encryptLegacy,
  legacyBlock,
  openPinBlock,
  type PinFormat,
  sealPinBlock,
  translatePinBlock,
} from "../../core/pin/mod.ts";
import { nodeTdea as tdea } from "../../sim/adapters/tdea.ts";

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength, maxLength });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const formats = fc.constantFrom<PinFormat>("iso0", "iso3", "iso4");

/** A key that may seal and open, of the format's algorithm. */
function keyFor(format: PinFormat, value: Uint8Array): Key {
  const algorithm = format === "iso4" ? "A" : "T";
  return { value, attributes: { usage: "P0", algorithm, mode: "B", exportability: "N" } };
}

Deno.test.each([
  ["1234", "43219876543210987", "0412AC89ABCDEF67"],
  ["1234", "5432101234567891", "041215FEDCBA9876"],
  ["1234", "4012345678909", "041274EDCBA9876F"],
  // The PAN field by hand, as ISO 9564-1 writes it: 0000 0123 4567 8901 and 0000 0000 0000 1234.
  ["1234", "123456789012", "041235DCBA9876FE"],
  ["1234", "12345", "041234FFFFFFEDCB"],
])("pin: format 0 of %s for %s is the published block", (pin, pan, block) => {
  assert.equal(legacyBlock({ format: "iso0", pin, pan }), block);
});

Deno.test("pin: the encrypted format 0 block of ANSI X9.24-1 (KSN FFFF9876543210E00001)", () => {
  const key = hexToBytes("042666B49184CF5C68DE9628D0397B36");
  const options = { format: "iso0", pin: "1234", pan: "4012345678909", key, tdea } as const;
  const block = encryptLegacy(options);
  assert.equal(bytesToHex(block).toUpperCase(), "1B9C1845EB993A7A");
  assert.deepEqual(decryptLegacy({ ...options, block }), { ok: true, pin: "1234" });
});

Deno.test("pin: format 3 has the published digits, and a fill from A to F that is chance", () => {
  const block = legacyBlock({
    format: "iso3",
    pin: "1234",
    pan: "1111222233334444",
    random: Uint8Array.of(0, 1, 2, 3, 4, 5, 251, 255, 6, 12),
  });
  assert.equal(block.slice(0, 6), "341226");
  const field = block.slice(6).split("").map((digit, i) =>
    (parseInt(digit, 16) ^ Number("2233333444"[i])).toString(16)
  );
  assert.match(field.join(""), /^[a-f]{10}$/);
});

Deno.test("pin: every PIN comes back, in every format, under its own key and account alone", () => {
  fc.assert(fc.property(
    formats,
    digits(4, 12),
    digits(1, 19),
    bytes(16),
    bytes(10),
    (format, pin, pan, value, random) => {
      const key = keyFor(format, value);
      const made = sealPinBlock(format, pin, pan, key, tdea, random);
      assert(made.ok);
      assert.deepEqual(openPinBlock(made.sealed, pan, key, tdea), { ok: true, pin });
      const other = keyFor(format, value.map((byte) => byte ^ 0xf0));
      const opened = openPinBlock(made.sealed, pan, other, tdea);
      assert(!opened.ok || opened.pin !== pin);
    },
  ));
});

Deno.test("pin: bytes that are no block are refused, and nothing throws", () => {
  const key = keyFor("iso0", hexToBytes("00112233445566778899AABBCCDDEEFF"));
  fc.assert(fc.property(formats, fc.uint8Array({ maxLength: 20 }), (format, block) => {
    const held = format === "iso4" ? keyFor("iso4", key.value) : key;
    const opened = openPinBlock({ format, block }, "4012345678909", held, tdea);
    assert(opened.ok ? /^[0-9]{4,12}$/.test(opened.pin) : opened.problem === "block");
  }));
});

Deno.test("pin: a block of the right key that is no format 0 or 3 is refused, and why", () => {
  const key = hexToBytes("00112233445566778899AABBCCDDEEFF");
  const account = hexToBytes("0000621700000000".padStart(16, "0"));
  const of = (format: "iso0" | "iso3", field: string) => {
    const clear = hexToBytes(field).map((byte, i) => byte ^ (account[i] ?? 0));
    const block = tdea.encrypt(key, clear);
    return decryptLegacy({ format, block, pan: "6217000000001".padStart(13, "0"), key, tdea });
  };
  const opened = of("iso0", "041234ffffffffff");
  assert.deepEqual(opened, { ok: true, pin: "1234" });
  for (
    const [format, field, problem] of [
      ["iso0", "341234ffffffffff", "control_field"],
      ["iso0", "03123fffffffffff", "pin_length"],
      ["iso0", "04123bffffffffff", "pin_digits"],
      ["iso0", "041234fffffffffa", "fill_digits"],
      ["iso3", "041234ffffffffff", "control_field"],
      ["iso3", "341234fffffffff5", "fill_digits"],
    ] as const
  ) {
    assert.deepEqual(of(format, field), { ok: false, problem }, `${format} ${field}`);
  }
  assert.deepEqual(of("iso3", "341234abcdefabcd"), { ok: true, pin: "1234" });
});

const PAN = "6217000000000000012";
const KEYS = {
  iso0: keyFor("iso0", hexToBytes("0123456789ABCDEFFEDCBA9876543210")),
  iso3: keyFor("iso3", hexToBytes("0123456789ABCDEFFEDCBA9876543210")),
  iso4: keyFor("iso4", hexToBytes("AF8CB133A78F8DC2D1359F18527593FB")),
};
const RANDOM = Uint8Array.from({ length: 10 }, (_, i) => 40 * i & 0xff);

function translate(from: PinFormat, to: PinFormat | "iso1", pan = PAN) {
  const made = sealPinBlock(from, "123456", PAN, KEYS[from], tdea, RANDOM);
  assert(made.ok);
  return translatePinBlock({
    from: { ...made.sealed, pan: PAN, key: KEYS[from] },
    to: { format: to, pan, key: KEYS[to === "iso1" ? "iso0" : to] },
    tdea,
    random: RANDOM,
  });
}

Deno.test("pin: 0, 3 and 4 are translated into each other, the account unchanged", () => {
  for (const from of ["iso0", "iso3", "iso4"] as const) {
    for (const to of ["iso0", "iso3", "iso4"] as const) {
      const made = translate(from, to);
      assert(made.ok);
      const opened = openPinBlock(made.translated, PAN, KEYS[to], tdea);
      assert.deepEqual(opened, { ok: true, pin: "123456" });
    }
  }
});

Deno.test("pin: nothing is translated into format 1, nor to another account", () => {
  for (const from of ["iso0", "iso3", "iso4"] as const) {
    assert.deepEqual(translate(from, "iso1"), { ok: false, problem: "forbidden_format" });
    const elsewhere = translate(from, "iso4", "6217000000000000020");
    assert.deepEqual(elsewhere, { ok: false, problem: "forbidden_account" });
  }
});

Deno.test("pin: a key of another use, algorithm or mode opens and seals nothing", () => {
  const { value } = KEYS.iso4;
  const made = sealPinBlock("iso4", "123456", PAN, KEYS.iso4, tdea, RANDOM);
  assert(made.ok);
  const { attributes } = KEYS.iso4;
  for (const wrong of [{ usage: "D0" }, { algorithm: "T" }, { mode: "E" }] as const) {
    const key = { value, attributes: { ...attributes, ...wrong } };
    const opened = openPinBlock(made.sealed, PAN, key, tdea);
    assert.deepEqual(opened, { ok: false, problem: "key_usage" });
  }
  const refused = sealPinBlock("iso4", "123456", PAN, pinOpeningKey(value), tdea, RANDOM);
  assert.deepEqual(refused, { ok: false, problem: "key_usage" });
  const without = openPinBlock({ ...made.sealed, format: "iso0" }, PAN, KEYS.iso0, null);
  assert.deepEqual(without, { ok: false, problem: "key_usage" });
});
