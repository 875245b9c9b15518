import assert from "node:assert/strict";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import {
  explain,
  FIELDS,
  type Fields,
  Iso8583Error,
  pack,
  packElements,
  unpack,
  unpackElements,
  type WireFormat,
  type WireMessage,
} from "../../core/iso8583/mod.ts";
import { fen, yuan } from "../../core/units.ts";
import { anyMessage, anyWire, WIRES } from "./iso8583_messages.ts";
import { Front } from "./session_front.ts";

const TEXT: WireFormat = { bitmap: "hex", encoding: "ascii" };
const BCD: WireFormat = { bitmap: "binary", encoding: "bcd" };

/** Inputs of the fuzz tests: 20,000 in the suite, 1,000,000 by `ISO8583_FUZZ_RUNS=1000000`. */
const FUZZ_RUNS = Number(Deno.env.get("ISO8583_FUZZ_RUNS") ?? 20_000);

const ascii = (text: string) => new TextEncoder().encode(text);
const asText = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

const WITHDRAWAL: WireMessage = {
  mti: "0200",
  fields: {
    2: "0000001234567890123",
    3: "010000",
    4: yuan(500),
    7: "1229103000",
    11: "000042",
    41: "TWIN0001",
  },
};

// Worked out by hand. Bits 2, 3, 4, 7 of the first byte: 0111 0010 = 72. Bit 11 is the third of the
// second byte: 0010 0000 = 20. Bit 41 is the first of the sixth: 80.
Deno.test("iso8583: a withdrawal in ASCII comes out byte for byte", () => {
  const expected = "0200" + "7220000000800000" + "190000001234567890123" + "010000" +
    "000000050000" + "1229103000" + "000042" + "TWIN0001";
  assert.equal(asText(pack(WITHDRAWAL, TEXT)), expected);
  assert.deepEqual(unpack(ascii(expected), TEXT), { ok: true, message: WITHDRAWAL });
});

// The same two digits to a byte. The account's 19 digits take ten bytes, so a zero comes first; its
// length says 19 all the same.
Deno.test("iso8583: the same withdrawal in BCD comes out byte for byte", () => {
  const expected = "0200" + "7220000000800000" + "19" + "00000001234567890123" + "010000" +
    "000000050000" + "1229103000" + "000042" + "5457494e30303031";
  assert.equal(bytesToHex(pack(WITHDRAWAL, BCD)), expected);
  assert.deepEqual(unpack(hexToBytes(expected), BCD), { ok: true, message: WITHDRAWAL });
});

Deno.test("iso8583: a reversal's original stands in the second bitmap", () => {
  const reversal: WireMessage = {
    mti: "0420",
    fields: { 11: "000043", 48: { reason: "4021" }, 90: "02000000421229103000" },
  };
  // Bit 1 announces the second bitmap. Element 90 is its 26th bit: the second of the fourth byte.
  const bitmaps = "8020000000010000" + "0000004000000000";
  const original = "0200" + "000042" + "1229103000" + "00000000000" + "00000000000";
  const expected = "0420" + bitmaps + "000043" + "009" + "070044021" + original;
  assert.equal(asText(pack(reversal, TEXT)), expected);
  assert.deepEqual(unpack(ascii(expected), TEXT), { ok: true, message: reversal });
});

Deno.test("iso8583: a PIN block takes sixteen bytes, and thirty-two where bitmaps are text", () => {
  const block = "A912150391AB65A67E52883D81CE2D15";
  const check: WireMessage = { mti: "0100", fields: { 3: "310000", 52: block } };
  // 3 is the third bit of the first byte; 52 the fourth of the seventh.
  const head = "2000000000001000";
  assert.equal(bytesToHex(pack(check, BCD)).toUpperCase(), "0100" + head + "310000" + block);
  assert.equal(asText(pack(check, TEXT)), "0100" + head + "310000" + block);
  assert.equal(pack(check, { bitmap: "binary", encoding: "ascii" }).length, 4 + 8 + 6 + 16);
});

Deno.test("iso8583: sign-on and echo are eight bytes of bitmap further", () => {
  const echo: WireMessage = { mti: "0800", fields: { 7: "1229103000", 11: "000001", 70: "301" } };
  const expected = "0800" + "8220000000000000" + "0400000000000000" + "1229103000" + "000001" +
    "301";
  assert.equal(asText(pack(echo, TEXT)), expected);
  // An odd number of digits: 301 is 03 01.
  assert.ok(bytesToHex(pack(echo, BCD)).endsWith("0301"));
});

// The bitmap that encyclopaedias explain: 42 10 00 11 02 C0 48 04.
Deno.test("iso8583: a bitmap of another network is read as the standard says", () => {
  const elements: readonly (readonly [number, string, string])[] = [
    [2, "16", "4111111111111111"],
    [7, "", "1229103000"],
    [12, "", "103000"],
    [28, "", "C00000100"],
    [32, "06", "123456"],
    [39, "", "00"],
    [41, "", "TERMINAL"],
    [42, "", "MERCHANT 000001"],
    [50, "", "156"],
    [53, "", "2600000000000000"],
    [62, "005", "hello"],
  ];
  const bytes = ascii(
    "0110" + "4210001102C04804" + elements.map(([, length, value]) => length + value).join(""),
  );
  const read = unpackElements(bytes, TEXT);
  assert.ok(read.ok);
  assert.deepEqual([...read.message.values], elements.map(([number, , value]) => [number, value]));
  assert.deepEqual(packElements(read.message, TEXT), bytes);
});

Deno.test("iso8583: the table is whole, 2 to 128", () => {
  assert.deepEqual([...FIELDS.keys()].sort((a, b) => a - b), range(2, 128));
  assert.equal(FIELDS.get(52)?.length, 16, "a format 4 block: 16 bytes, not the standard's 8");
});

function range(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}

Deno.test("iso8583: whatever the machine says to its bank goes over any wire", () => {
  const front = new Front();
  front.toAuthorising();
  front.timer("host");
  front.timer("reversal");
  const sent = front.all("host").map(({ message }) => message);
  assert.deepEqual(sent.map(({ mti }) => mti), ["0100", "0100", "0200", "0420", "0421"]);
  for (const message of sent) {
    for (const wire of WIRES) {
      assert.deepEqual(unpack(pack(message, wire), wire), { ok: true, message });
    }
  }
});

Deno.test("iso8583: every message comes back from every spelling", () => {
  fc.assert(
    fc.property(anyMessage, anyWire, (message, wire) => {
      assert.deepEqual(unpack(pack(message, wire), wire), { ok: true, message });
    }),
    { numRuns: 2_000 },
  );
});

Deno.test.each(
  [
    ["a letter in a number", "0200" + "4000000000000000" + "02" + "1A", 2, 20, /digits/],
    [
      "an account of twenty digits",
      "0200" + "4000000000000000" + "20" + "1".repeat(20),
      2,
      20,
      /19/,
    ],
    ["a message cut short", "0200" + "3000000000000000" + "010000" + "0000", 4, 26, /ends within/],
    ["bytes after the end", "0200" + "2000000000000000" + "010000" + "00", 3, 20, /2 bytes follow/],
    ["a service nobody has", "0200" + "2000000000000000" + "990000", 3, 20, /one of/],
    [
      "an element of no use here",
      "0200" + "8000000000000000" + "0000000200000000" + "X".repeat(42),
      95,
      36,
      /does not carry/,
    ],
    [
      "a debt of nothing",
      "0110" + "0000000000000400" + "020" + "0002156D" + "0".repeat(12),
      54,
      20,
      /credit, not debit/,
    ],
    [
      "money about the network",
      "0200" + "8000000000000000" + "0400000000000000" + "301",
      70,
      36,
      /does not carry/,
    ],
    ["an answer in a request", "0200" + "0000000002000000" + "00", 39, 20, /does not carry/],
    [
      "a balance in a request",
      "0200" + "0000000000000400" + "020" + "0002156C" + "0".repeat(12),
      54,
      20,
      /does not carry/,
    ],
    [
      "an original of what is no reversal",
      "0200" + "8000000000000000" + "0000004000000000" + "0".repeat(42),
      90,
      36,
      /does not carry/,
    ],
    ["a PIN in a reversal", "0420" + "0000000000001000" + "A".repeat(32), 52, 20, /does not carry/],
    ["a thirteenth month", "0200" + "0200000000000000" + "1329103000", 7, 20, /MMDDhhmmss/],
    ["a thirtieth of February", "0200" + "0200000000000000" + "0230103000", 7, 20, /MMDDhhmmss/],
    ["a twenty-fifth hour", "0200" + "0200000000000000" + "1229243000", 7, 20, /MMDDhhmmss/],
    ["the number of nothing", "0800" + "0020000000000000" + "000000", 11, 20, /000001 to 999999/],
    ["a type of message nobody has", "0300" + "0000000000000000", 0, 0, /message type/],
    ["letters for a type", "O200" + "0000000000000000", 0, 0, /digits/],
    ["a bitmap in lower case", "0200" + "f000000000000000", 1, 4, /upper-case/],
    ["nothing", "", 0, 0, /ends within/],
    ["a tag nobody has", "0100" + "0000000000010000" + "006" + "080011", 48, 20, /tag 08/],
    ["a tag twice", "0100" + "0000000000010000" + "012" + "060012060012", 48, 20, /out of order/],
    ["half a face", "0100" + "0000000000010000" + "008" + "020030.5", 48, 20, /together/],
    [
      "network management about money",
      "0800" + "1000000000000000" + "0".repeat(12),
      4,
      20,
      /carry/,
    ],
  ] as const,
)("iso8583: %s is named with its element and place", (_name, text, field, offset, problem) => {
  const read = unpack(ascii(text), TEXT);
  assert.ok(!read.ok);
  assert.deepEqual([read.error.field, read.error.offset], [field, offset], read.error.problem);
  assert.match(read.error.problem, problem);
});

Deno.test.each(
  [
    ["less than nothing", { 4: fen(-1) }, 4],
    ["more than twelve digits", { 4: fen(1_000_000_000_000) }, 4],
    ["an account with a letter", { 2: "12A4" }, 2],
    ["the number of nothing", { 11: "000000" }, 11],
    ["a short terminal", { 41: "TWIN" }, 41],
    ["a PIN block of eight bytes", { 52: "0123456789ABCDEF" }, 52],
    ["a score that is no number", { 48: { face: { score: NaN, threshold: 0, model: "m" } } }, 48],
    ["a number of twelve digits", { 48: { number: "123456789012" } }, 48],
    ["an original that is none", { 90: "nonsense" }, 90],
  ] satisfies [string, Fields, number][],
)("iso8583: %s is not put on the wire", (_name, fields, field) => {
  assert.throws(
    () => pack({ mti: field === 90 ? "0420" : "0200", fields }, TEXT),
    (error) => error instanceof Iso8583Error && error.field === field,
  );
});

Deno.test("iso8583: nothing said about a refused account repeats it", () => {
  const read = unpack(ascii("0200" + "4000000000000000" + "16" + "411111111111111A"), TEXT);
  assert.ok(!read.ok && !read.error.problem.includes("4111"));
});

Deno.test("iso8583: an explanation shows what happened and hides who it was", () => {
  const pin = "A912150391AB65A67E52883D81CE2D15";
  const { fields } = WITHDRAWAL as { fields: Fields };
  const told = explain({
    mti: "0200",
    fields: { ...fields, 48: { number: "26123456789" }, 52: pin },
  });
  assert.match(told, /^0200 financial request\n/);
  assert.match(told, /\n {4}4 {2}amount, transaction +500\.00 yuan\n/);
  assert.match(told, /\n {4}2 {2}primary account number +000000\*{9}0123\n/);
  for (const secret of ["1234567890123", "26123456789", pin]) assert.ok(!told.includes(secret));
  assert.match(explain({ mti: "0800", fields: { 70: "301" } }), /information code +301/);
});

/** Messages to be damaged: making one takes longer than reading one, so there are a few hundred. */
const SOUND = fc.sample(fc.tuple(anyMessage, anyWire), { seed: 8583, numRuns: 400 })
  .map(([message, wire]) => ({ wire, bytes: pack(message, wire) }));

/** A byte changed, taken out or put in; often by a digit, which looks right for longer. */
const wound = fc.record({
  at: fc.nat(400),
  byte: fc.oneof(fc.nat(255), fc.integer({ min: 0x30, max: 0x39 })),
  way: fc.constantFrom("set", "set", "cut", "add"),
});

function wounded(whole: Uint8Array, wounds: readonly { at: number; byte: number; way: string }[]) {
  const bytes = [...whole];
  for (const { at, byte, way } of wounds) {
    const where = bytes.length === 0 ? 0 : at % bytes.length;
    bytes.splice(where, way === "add" ? 0 : 1, ...(way === "cut" ? [] : [byte]));
  }
  return Uint8Array.from(bytes);
}

/** Bytes with nothing to them, and messages that were whole once. */
const hostile = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ wire: anyWire, bytes: fc.uint8Array({ maxLength: 200 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom(...SOUND), fc.array(wound, { maxLength: 3 }))
      .map(([{ wire, bytes }, wounds]) => ({ wire, bytes: wounded(bytes, wounds) })),
  },
);

/** Without a second bitmap that has no bit, and the bit that announces it. */
function withoutEmptyBitmap(bytes: Uint8Array, { bitmap, encoding }: WireFormat): Uint8Array {
  const start = encoding === "bcd" ? 2 : 4;
  const size = bitmap === "binary" ? 8 : 16;
  const hex = bitmap === "binary"
    ? bytesToHex(bytes.subarray(start, start + 2 * size))
    : asText(bytes.subarray(start, start + 2 * size));
  if (!/^[89A-Fa-f]/.test(hex) || !/^.{16}0{16}$/.test(hex)) return bytes;
  const shorter = [...bytes.subarray(0, start + size), ...bytes.subarray(start + 2 * size)];
  const first = (Number.parseInt(hex.slice(0, 1), 16) - 8).toString(16).toUpperCase();
  shorter[start] = bitmap === "binary" ? (bytes[start] ?? 0) & 0x7f : first.charCodeAt(0);
  return Uint8Array.from(shorter);
}

Deno.test("iso8583: a second bitmap without a bit is read, as other libraries always send one", () => {
  for (const wire of WIRES) {
    const bare = pack(WITHDRAWAL, wire);
    const start = wire.encoding === "bcd" ? 2 : 4;
    const size = wire.bitmap === "binary" ? 8 : 16;
    const longer = [...bare];
    longer.splice(start + size, 0, ...Array(size).fill(wire.bitmap === "binary" ? 0 : 0x30));
    longer[start] = wire.bitmap === "binary" ? 0xf2 : "F".charCodeAt(0);
    assert.deepEqual(unpack(Uint8Array.from(longer), wire), { ok: true, message: WITHDRAWAL });
    assert.deepEqual(withoutEmptyBitmap(Uint8Array.from(longer), wire), bare);
  }
});

Deno.test("iso8583: hostile bytes are refused by name or written again as they came", () => {
  fc.assert(
    fc.property(hostile, ({ wire, bytes }) => {
      const elements = unpackElements(bytes, wire);
      const plain = withoutEmptyBitmap(bytes, wire);
      if (elements.ok) assert.deepEqual(packElements(elements.message, wire), plain);
      const read = unpack(bytes, wire);
      if (read.ok) return assert.deepEqual(pack(read.message, wire), plain);
      const { field, offset, problem } = read.error;
      assert.ok(field >= 0 && field <= 128 && offset >= 0 && offset <= bytes.length);
      assert.ok(problem.length > 0 && problem.length < 120);
    }),
    { numRuns: FUZZ_RUNS },
  );
});

Deno.test("iso8583: the four spellings differ, so none can be taken for another", () => {
  const spellings = WIRES.map((wire) => bytesToHex(pack(WITHDRAWAL, wire)));
  assert.equal(new Set(spellings).size, 4);
  for (const wire of WIRES) {
    const readers: WireFormat[] = WIRES.filter((other) => unpack(pack(WITHDRAWAL, wire), other).ok);
    assert.deepEqual(readers, [wire]);
  }
});
