/** Somebody else's ATM application at `xfs`, in a process of its own: it asks for a legacy PIN block. */
import assert from "node:assert/strict";
import { TEST_KEY } from "../../sim/adapters/options.ts";
import { xfsVerb } from "../../sim/adapters/xfs_verb.ts";
import { decipher, encipher, iso0Field, withPan } from "../legacy_pins.ts";
import { anotherMachine } from "./serving.ts";
import { type Message, Service } from "./xfs_client.ts";

const PAN = "6228480402564890018";
const PIN = "924768";
const DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const ENTRY = {
  minLen: 6,
  maxLen: 6,
  autoEnd: true,
  activeKeys: Object.fromEntries(DIGITS.map((key) => [key, {}])),
};

async function atThePad(
  more: readonly string[],
  use: (keypad: Service, block: (format: string) => Promise<Message>) => Promise<void>,
): Promise<void> {
  const { process, uri, control } = await anotherMachine("--port", "0", "--speed", "8", ...more);
  const keypad = await Service.open(`${uri}/pinpad`);
  try {
    await use(keypad, async (format) => {
      const from = keypad.messages.length;
      const entry = keypad.send("Keyboard.PinEntry", ENTRY);
      await keypad.told("Keyboard.EnterDataEvent", from);
      const press = [...PIN].map((digit) => DIGITS[Number(digit)]);
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ press });
      assert.equal((await fetch(control, { method: "POST", headers, body })).status, 204);
      assert.equal((await keypad.completion(entry)).header.completionCode, "success");
      const customerData = format === "iso4" ? PAN : PAN.slice(0, -1);
      return await keypad.ask("PinPad.GetPinBlock", { format, customerData, key: "PINKEY" });
    });
  } finally {
    await keypad.close();
    process.kill("SIGINT");
    await process.status;
  }
}

function blockOf({ payload }: Message): string {
  return Uint8Array.fromBase64(String(payload?.["pinBlock"])).toHex().toUpperCase();
}

async function formats(keypad: Service): Promise<unknown> {
  const { payload } = await keypad.ask("Common.Capabilities", {}, "2.0");
  return (payload?.["pinPad"] as Record<string, unknown>)["pinFormats"];
}

Deno.test("xfs: a pad with a TDEA key makes the blocks of formats 0 and 3 that are asked for", () =>
  atThePad(["--pin-format", "iso0"], async (keypad, block) => {
    assert.deepEqual(await formats(keypad), { iso0: true, iso3: true, iso4: true });
    assert.equal(withPan(decipher(TEST_KEY, blockOf(await block("iso0"))), PAN), iso0Field(PIN));
    const iso3 = withPan(decipher(TEST_KEY, blockOf(await block("iso3"))), PAN);
    assert.match(iso3, new RegExp(`^36${PIN}[A-F]{8}$`));
    assert.equal((await block("iso4")).payload?.["errorCode"], "algorithmNotSupported");
    const asked = { key: "PINKEY", keyCheckMode: "zero" };
    const { payload } = await keypad.ask("KeyManagement.GenerateKCV", asked);
    const check = Uint8Array.fromBase64(String(payload?.["kcv"])).toHex().toUpperCase();
    assert.equal(check, encipher(TEST_KEY, "0".repeat(16)).slice(0, 6));
  }));

Deno.test("xfs: unless it is asked for, a pad has no legacy format", () =>
  atThePad([], async (keypad, block) => {
    assert.deepEqual(await formats(keypad), { iso4: true });
    for (const format of ["iso0", "iso3"]) {
      assert.equal((await block(format)).payload?.["errorCode"], "formatNotSupported");
    }
    assert.equal(blockOf(await block("iso4")).length, 32);
  }));

Deno.test.each(
  [
    ["iso0", TEST_KEY.slice(2), /--pin-key: a TDEA key, for iso0, has 32 or 48/],
    ["iso4", TEST_KEY.slice(2), /--pin-key: an AES-128 key has 32/],
  ] as const,
)("xfs: with %s a PIN key of %s is bad input", async (pinFormat, pinKey, message) => {
  const options = { port: 0, profile: "lhasa-lobby", speed: 1, seed: 1, format: "text" } as const;
  const given = { ...options, tokenKey: TEST_KEY + TEST_KEY, pinFormat, pinKey };
  await assert.rejects(xfsVerb(given), { name: "InputError", message });
});
