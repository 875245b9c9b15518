/** DE 52 in its two lengths: 16 bytes for AES, the 8 of 1987 for TDEA. */
import assert from "node:assert/strict";
import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import {
  Iso8583Error,
  type Iso8583Message,
  macVerdict,
  pack,
  unpack,
  unpackElements,
  type WireFormat,
  type WireMessage,
  withMac,
  withOtherPinData,
} from "../../core/iso8583/mod.ts";
import { macKey } from "../../core/keys/mod.ts";
import { anyMessage, anyWire, WIRES } from "./iso8583_messages.ts";

const BLOCK = "1B9C1845EB993A7A";
const CHECK: WireMessage = { mti: "0100", fields: { 3: "310000", 52: BLOCK } };
const KEY = macKey(new Uint8Array(16).fill(7));

function short(wire: WireFormat): WireFormat {
  return { ...wire, pinBytes: 8 };
}

/** Any message with PIN data of this many bytes. */
function withPinData(bytes: 8 | 16): fc.Arbitrary<Iso8583Message> {
  const block = fc.uint8Array({ minLength: bytes, maxLength: bytes })
    .map((random) => bytesToHex(random).toUpperCase());
  const asks = anyMessage.filter(({ mti }) => mti === "0100" || mti === "0200");
  return fc.tuple(asks, block)
    .map(([{ mti, fields }, pin]) => ({ mti, fields: { ...fields, 52: pin } } as Iso8583Message));
}

// 3 is the third bit of the first byte; 52 the fourth of the seventh.
Deno.test("iso8583: PIN data of 1987 takes eight bytes, and sixteen where bitmaps are text", () => {
  const head = "2000000000001000";
  const [ascii, , , bcd] = WIRES.map((wire) => pack(CHECK, short(wire)));
  assert.equal(bytesToHex(bcd!).toUpperCase(), "0100" + head + "310000" + BLOCK);
  assert.equal(new TextDecoder().decode(ascii), "0100" + head + "310000" + BLOCK);
  for (const wire of WIRES) {
    const read = unpack(pack(CHECK, short(wire)), short(wire));
    assert.deepEqual(read, { ok: true, message: CHECK });
  }
});

Deno.test("iso8583: PIN data of the other length is not put on the wire", () => {
  const long: WireMessage = { mti: "0100", fields: { 52: BLOCK + BLOCK } };
  for (const wire of WIRES) {
    for (const [message, as] of [[long, short(wire)], [CHECK, wire]] as const) {
      assert.throws(
        () => pack(message, as),
        (error) => error instanceof Iso8583Error && error.field === 52,
      );
    }
  }
});

Deno.test("iso8583: a message is read with one length of PIN data, never with the other", () => {
  const lengths = fc.constantFrom(8, 16);
  const asked = lengths.chain((bytes) => fc.tuple(fc.constant(bytes), withPinData(bytes)));
  fc.assert(fc.property(asked, anyWire, ([pinBytes, message], wire) => {
    const own = { ...wire, pinBytes };
    const other = { ...wire, pinBytes: pinBytes === 8 ? 16 : 8 } as const;
    const bytes = pack(message, own);
    assert.deepEqual(unpack(bytes, own), { ok: true, message });
    assert.equal(unpackElements(bytes, other).ok, false);
    const elements = unpackElements(bytes, own);
    assert.ok(elements.ok);
    assert.deepEqual(withOtherPinData(bytes, other), elements.message, "and that is why");
  }));
});

Deno.test("iso8583: what is cut short or has no PIN data is not of the other length", () => {
  for (const wire of WIRES) {
    const bytes = pack(CHECK, short(wire));
    assert.equal(withOtherPinData(bytes.subarray(0, -1), wire), null);
    const none = pack({ mti: "0100", fields: { 3: "310000" } }, wire);
    assert.equal(withOtherPinData(none, wire), null);
  }
});

Deno.test("iso8583: a code of authentication is over the eight bytes too", () => {
  fc.assert(fc.property(withPinData(8), anyWire, (message, long) => {
    const wire = short(long);
    const coded = withMac(message, KEY, wire);
    assert.equal(macVerdict(coded, KEY, wire), "right");
    const turned = coded.fields[52]!.startsWith("0") ? "1" : "0";
    const changed = { ...coded.fields, 52: turned + coded.fields[52]!.slice(1) };
    assert.equal(macVerdict({ mti: coded.mti, fields: changed }, KEY, wire), "wrong");
    assert.equal(macVerdict(coded, KEY, long), "wrong", "on another wire it is another message");
  }));
});
