/** The bank, in a process of its own, for a machine that knows TDEA and eight bytes of PIN data alone. */
import assert from "node:assert/strict";
import {
  type Fields,
  frame,
  FrameReader,
  pack,
  unpack,
  type WireFormat,
} from "../../core/iso8583/mod.ts";
import { bankVerb } from "../../sim/adapters/bank_verb.ts";
import { TEST_KEY } from "../../sim/adapters/options.ts";
import { personOf } from "../../sim/people/mod.ts";
import { encipher, iso0Field, withPan } from "../legacy_pins.ts";
import { withBank } from "./serving.ts";

const LONG = { bitmap: "hex", encoding: "ascii" } as const;
const WIRE = { ...LONG, pinBytes: 8 } as const;
const CUSTOMER = personOf(42);
const WRONG = CUSTOMER.pin === "000000" ? "111111" : "000000";
const THREE_KEYS = "0123456789ABCDEFFEDCBA98765432100011223344556677";

/** Asks the verb's bank, under the options of this command line. */
async function asking(
  more: readonly string[],
  work: (check: (pinData: string, wire?: typeof LONG) => Promise<Fields>) => Promise<void>,
): Promise<string> {
  return await withBank(more, async (address) => {
    const port = Number(address.split(":")[1]);
    const line = await Deno.connect({ hostname: "127.0.0.1", port });
    let stan = 0;
    try {
      await work(async (pinData, wire = WIRE) => {
        const numbers = { 7: "1229103000", 11: String(++stan).padStart(6, "0"), 41: "THEIRS01" };
        const pin = { 2: CUSTOMER.pan, 3: "310000", 49: "156", 52: pinData } as const;
        await line.write(frame(pack({ mti: "0100", fields: { ...numbers, ...pin } }, wire)));
        return await answerOn(line, wire);
      });
    } finally {
      line.close();
    }
  });
}

async function answerOn(line: Deno.TcpConn, wire: WireFormat): Promise<Fields> {
  const [reader, buffer] = [new FrameReader(), new Uint8Array(4_096)];
  for (;;) {
    const count = await line.read(buffer);
    assert.notEqual(count, null, "the bank answers");
    const [answer] = reader.push(buffer.subarray(0, count ?? 0)).messages;
    if (answer === undefined) continue;
    const read = unpack(answer, wire);
    assert.ok(read.ok);
    return read.message.fields;
  }
}

function iso0(pin: string, key = TEST_KEY): string {
  return encipher(key, withPan(iso0Field(pin), CUSTOMER.pan));
}

function iso3(pin: string, key = TEST_KEY): string {
  return encipher(key, withPan(`36${pin}ABCDEFAB`, CUSTOMER.pan));
}

Deno.test("bank: PIN blocks of format 0 are opened where they are asked for, and no others", async () => {
  const said = await asking(["--pin-format", "iso0"], async (check) => {
    assert.equal((await check(iso0(CUSTOMER.pin)))[39], "00");
    const wrong = await check(iso0(WRONG));
    assert.deepEqual([wrong[39], wrong[48]?.pin_tries_left], ["55", 2]);
    assert.equal((await check("AB".repeat(16), LONG))[39], "30", "the length of format 4");
    assert.equal((await check(iso3(CUSTOMER.pin)))[39], "96", "no block of format 0");
    assert.equal((await check(iso0(CUSTOMER.pin, THREE_KEYS)))[39], "96", "another key");
    assert.equal((await check(iso0(CUSTOMER.pin)))[39], "00", "and nothing of it was a try");
  });
  assert.match(said, /PIN blocks of ISO 9564 format 0: DE 52 has 8 bytes, of TDEA/);
});

Deno.test("bank: PIN blocks of format 3, under a TDEA key of three", async () => {
  const options = ["--pin-format", "iso3", "--pin-key", THREE_KEYS];
  await asking(options, async (check) => {
    assert.equal((await check(iso3(CUSTOMER.pin, THREE_KEYS)))[39], "00");
    assert.equal((await check(iso3(WRONG, THREE_KEYS)))[39], "55");
    assert.equal((await check(iso0(CUSTOMER.pin, THREE_KEYS)))[39], "96", "no block of format 3");
  });
});

Deno.test("bank: eight bytes of PIN data are refused where nobody asked for a legacy format", async () => {
  const said = await asking([], async (check) => {
    // Read as the bank writes: without PIN data both wires are the same.
    assert.equal((await check(iso0(CUSTOMER.pin)))[39], "30");
  });
  assert.doesNotMatch(said, /TDEA/);
});

Deno.test.each(
  [
    ["iso0", TEST_KEY.slice(2), "--pin-key: a TDEA key, for iso0, has 32 or 48 hexadecimal digits"],
    ["iso3", TEST_KEY + TEST_KEY, "--pin-key: a TDEA key, for iso3, has 32 or 48"],
    ["iso0", "x".repeat(32), "--pin-key: a TDEA key, for iso0, has 32 or 48"],
    ["iso4", THREE_KEYS, "--pin-key: an AES-128 key has 32 .*; for TDEA give --pin-format too"],
  ] as const,
)("bank: with %s a PIN key of %s is bad input", async (pinFormat, pinKey, message) => {
  const options = { port: 0, people: "1", tokenKey: TEST_KEY + TEST_KEY, ...LONG };
  const rejected = { name: "InputError", message: new RegExp(message) };
  await assert.rejects(bankVerb({ ...options, pinFormat, pinKey }), rejected);
});
