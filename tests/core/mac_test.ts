import assert from "node:assert/strict";
import { bytesToHex, hexToBytes } from "@noble/ciphers/utils.js";
import fc from "fast-check";
import {
  isNetworkMessage,
  type Iso8583Message,
  macVerdict,
  pack,
  unpack,
  withMac,
} from "../../core/iso8583/mod.ts";
import { macKey, pinOpeningKey } from "../../core/keys/mod.ts";
import { cmac } from "@noble/ciphers/aes.js";
import { yuan } from "../../core/units.ts";
import { anyMessage, WIRES } from "./iso8583_messages.ts";

const KEY = macKey(hexToBytes("2B7E151628AED2A6ABF7158809CF4F3C"));
const OTHER = macKey(hexToBytes("2B7E151628AED2A6ABF7158809CF4F3D"));
const financial = anyMessage.filter((message): message is Iso8583Message =>
  message.mti !== "0800" && message.mti !== "0810"
);

Deno.test("mac: CMAC is the one of RFC 4493", () => {
  const message = hexToBytes("6BC1BEE22E409F96E93D7E117393172A");
  assert.equal(bytesToHex(cmac(message, KEY.value)), "070a16b46b4d4144f79bdd9dd04a287c");
});

Deno.test.each(WIRES.map((wire) => [`${wire.encoding}, ${wire.bitmap}`, wire] as const))(
  "mac: it is over every byte before it, in %s",
  (_name, wire) => {
    fc.assert(
      fc.property(financial, (message) => {
        const coded = withMac(message, KEY, wire);
        assert.equal(macVerdict(coded, KEY, wire), "right");
        assert.equal(macVerdict(coded, OTHER, wire), "wrong");
        const bytes = pack(coded, wire);
        const tail = wire.bitmap === "binary" ? 8 : 16;
        const expected = cmac(bytes.subarray(0, -tail), KEY.value).slice(0, 8);
        const said = wire.bitmap === "binary"
          ? bytesToHex(bytes.subarray(-tail))
          : new TextDecoder().decode(bytes.subarray(-tail)).toLowerCase();
        assert.equal(said, bytesToHex(expected));
      }),
      { numRuns: 60 },
    );
  },
);

Deno.test("mac: it stands in 64, or in 128 where anything above 64 is", () => {
  const [wire] = WIRES;
  assert(wire);
  const plain = { mti: "0200", fields: { 4: yuan(100) } } as const;
  assert.deepEqual(Object.keys(withMac(plain, KEY, wire).fields), ["4", "64"]);
  const reversal = { mti: "0420", fields: { 90: "02000000011229103000" } } as const;
  assert.deepEqual(Object.keys(withMac(reversal, KEY, wire).fields), ["90", "128"]);
});

Deno.test("mac: of those who always send a second bitmap it is right in 64 and in 128", () => {
  const ascii = (text: string) => new TextEncoder().encode(text);
  const wire = { bitmap: "hex", encoding: "ascii" } as const;
  // Bit 1, 7 and 11; then 64 with nothing above it, or 128.
  const spellings = [
    ["8220000000000001" + "0000000000000000", 64],
    ["8220000000000000" + "0000000000000001", 128],
  ] as const;
  for (const [bitmaps, element] of spellings) {
    const covered = "0100" + bitmaps + "1229103000" + "000001";
    const said = bytesToHex(cmac(ascii(covered), KEY.value).slice(0, 8)).toUpperCase();
    const read = unpack(ascii(covered + said), wire);
    assert(read.ok && !isNetworkMessage(read.message), String(element));
    assert.equal(read.message.fields[element], said);
    assert.equal(macVerdict(read.message, KEY, wire), "right");
    const { mti, fields } = read.message;
    assert.equal(macVerdict({ mti, fields: { ...fields, 11: "000002" } }, KEY, wire), "wrong");
    assert.equal(macVerdict(read.message, OTHER, wire), "wrong");
  }
});

Deno.test("mac: any change of what was said, added or left out is found", () => {
  const [wire] = WIRES;
  assert(wire);
  const message: Iso8583Message = {
    mti: "0200",
    fields: { 2: "6217000000000000012", 4: yuan(100), 7: "1229103000", 11: "000001" },
  };
  const { fields } = withMac(message, KEY, wire);
  const changed: Iso8583Message[] = [
    { mti: "0200", fields: { ...fields, 4: yuan(3000) } },
    { mti: "0200", fields: { ...fields, 11: "000002" } },
    { mti: "0100", fields },
    { mti: "0200", fields: { ...fields, 37: "000000000001" } },
    { mti: "0200", fields: { 2: fields[2] ?? "", 7: "1229103000", 64: fields[64] ?? "" } },
    { mti: "0200", fields: { ...fields, 128: fields[64] ?? "" } },
    { mti: "0200", fields: { ...fields, 64: "00" } },
  ];
  for (const each of changed) assert.equal(macVerdict(each, KEY, wire), "wrong");
  assert.equal(macVerdict(message, KEY, wire), "absent");
});

Deno.test("mac: a key for another use makes none", () => {
  const [wire] = WIRES;
  assert(wire);
  assert.throws(() => withMac({ mti: "0200", fields: {} }, pinOpeningKey(KEY.value), wire));
});
