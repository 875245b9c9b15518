/** A pad that has TDEA too: legacy PIN blocks, under keys of that alone. */
import assert from "node:assert/strict";
import { type CommandPayload, fromBase64, toBase64 } from "../../core/xfs4iot/mod.ts";
import { createKeyboard } from "../../devices/mod.ts";
import { nodeTdea } from "../../sim/adapters/tdea.ts";
import { decipher, encipher, iso0Field, withPan } from "../legacy_pins.ts";
import { Client, lobbyProfile, TestWorld } from "./surroundings.ts";

const KEY = "0123456789ABCDEFFEDCBA9876543210";
const LONG_KEY = KEY + "0011223344556677";
const PAN = "6228480402564890018";
/** Without the check digit, as the standard has it for formats 0 and 3. */
const ACCOUNT = PAN.slice(0, -1);
const PIN = "730162";
const NAMES = "zero one two three four five six seven eight nine".split(" ");
const ENTRY = {
  minLen: 6,
  maxLen: 6,
  autoEnd: true,
  activeKeys: Object.fromEntries(NAMES.map((name) => [name, {}])),
};

type Format = CommandPayload<"PinPad.GetPinBlock">["format"];

function pad({ key = KEY, tdea = true } = {}) {
  const world = new TestWorld();
  const keys = { PINKEY: Uint8Array.fromHex(key) };
  const more = tdea ? { tdea: nodeTdea } : {};
  const device = createKeyboard(lobbyProfile(), world, { keys, ...more });
  const client = new Client(world, device);
  return {
    client,
    world,
    /** Asks for a block of a PIN that was just typed. */
    block(format: Format, { customerData = ACCOUNT, key = "PINKEY" } = {}) {
      client.send("Keyboard.PinEntry", ENTRY);
      for (const digit of PIN) device.press(NAMES[Number(digit)] ?? "");
      return client.ask("PinPad.GetPinBlock", { format, customerData, key });
    },
    load(key: string, hex: string, more: object = {}, keyUsage = "P0") {
      const keyAttributes = { keyUsage, algorithm: "T" };
      const value = toBase64(Uint8Array.fromHex(hex));
      return client.ask("KeyManagement.ImportKey", { key, keyAttributes, value, ...more });
    },
  };
}

function hex(base64: string | undefined): string {
  return fromBase64(base64 ?? "").toHex().toUpperCase();
}

Deno.test.each([KEY, LONG_KEY])("tdea pad: format 0 under %s is the block made by hand", (key) => {
  const { payload } = pad({ key }).block("iso0");
  assert.equal(hex(payload.pinBlock), encipher(key, withPan(iso0Field(PIN), PAN)));
});

Deno.test("tdea pad: format 3 has the PIN, and a fill that is new every time", () => {
  const { block } = pad();
  const fields = [block("iso3"), block("iso3")].map(({ payload }) =>
    withPan(decipher(KEY, hex(payload.pinBlock)), PAN)
  );
  for (const field of fields) assert.match(field, new RegExp(`^36${PIN}[A-F]{8}$`));
  assert.notEqual(fields[0], fields[1]);
});

Deno.test("tdea pad: a format that the key cannot make is refused, and the PIN is kept", () => {
  const { block, client } = pad();
  const { code } = block("iso4", { customerData: PAN });
  assert.equal(code, "algorithmNotSupported");
  const again = { format: "iso0", customerData: ACCOUNT, key: "PINKEY" } as const;
  assert.equal(client.ask("PinPad.GetPinBlock", again).code, "success");
  const AES = { keyAttributes: { keyUsage: "P0", algorithm: "A" } };
  const value = toBase64(Uint8Array.fromHex(KEY));
  client.ask("KeyManagement.ImportKey", { key: "AES", value, ...AES });
  assert.equal(block("iso0", { key: "AES" }).code, "algorithmNotSupported");
  assert.equal(block("iso4", { key: "AES", customerData: PAN }).code, "success");
});

Deno.test("tdea pad: a pad of AES alone makes no legacy block, takes no such key, and says so", () => {
  const { block, client, load } = pad({ tdea: false });
  for (const format of ["iso0", "iso3"] as const) {
    assert.equal(block(format).code, "formatNotSupported");
  }
  assert.equal(block("iso4", { customerData: PAN }).code, "success");
  assert.equal(load("T", KEY).code, "algorithmNotSupported");
  const { pinPad } = client.ask("Common.Capabilities", {}).payload;
  assert.deepEqual(pinPad?.pinFormats, { iso4: true });
});

Deno.test("tdea pad: it says what it can do, and does just that", () => {
  const { block, client } = pad();
  const { pinPad, keyManagement } = client.ask("Common.Capabilities", {}).payload;
  assert.deepEqual(pinPad?.pinFormats, { iso0: true, iso3: true, iso4: true });
  const P0 = { E: { cryptoMethod: { ecb: true } } };
  assert.deepEqual(pinPad?.pinBlockAttributes, { P0: { A: P0, T: P0 } });
  const uses = keyManagement?.keyAttributes as Record<string, object>;
  assert.deepEqual(uses["P0"], { A: { E: {} }, T: { E: {} } });
  assert.deepEqual(uses["D0"], { A: { B: {} } });
  for (const format of ["ansi", "iso1", "ibm3624"] as const) {
    assert.equal(block(format).code, "formatNotSupported");
  }
});

Deno.test("tdea pad: an account that is none makes no block", () => {
  const { block, client } = pad();
  assert.equal(block("iso0", { customerData: PAN }).code, "invalidData", "19 digits");
  assert.equal(block("iso0", { customerData: "62284804025648A0" }).code, "invalidData");
  assert.equal(
    client.ask("PinPad.GetPinBlock", { format: "iso0", key: "PINKEY" }).code,
    "invalidData",
  );
  const { payload } = block("iso0", { customerData: "12345" });
  assert.equal(hex(payload.pinBlock), encipher(KEY, withPan(iso0Field(PIN), "0000000012345x")));
});

Deno.test("tdea pad: a key of TDEA is brought, described and checked with TDEA", () => {
  const { block, client, load } = pad();
  const check = encipher(LONG_KEY, "0".repeat(16)).slice(0, 6);
  const { code, payload } = load("THREE", LONG_KEY);
  assert.deepEqual([code, hex(payload.verificationData), payload.keyLength], [
    "success",
    check,
    192,
  ]);
  const asked = { key: "THREE", keyCheckMode: "zero" } as const;
  assert.equal(hex(client.ask("KeyManagement.GenerateKCV", asked).payload.kcv), check);
  const { keyDetails } = client.ask("KeyManagement.GetKeyDetail", {}).payload;
  const told = Object.entries(keyDetails ?? {}).map(([name, { keyBlockInfo }]) =>
    `${name} ${keyBlockInfo?.keyUsage}${keyBlockInfo?.algorithm}${keyBlockInfo?.modeOfUse} ` +
    `${keyBlockInfo?.keyLength}`
  );
  assert.deepEqual(told, ["PINKEY P0TE 128", "THREE P0TE 192"]);
  const made = block("iso0", { key: "THREE" }).payload.pinBlock;
  assert.equal(hex(made), encipher(LONG_KEY, withPan(iso0Field(PIN), PAN)));
  const right = { verificationData: toBase64(Uint8Array.fromHex(check)) };
  assert.equal(load("AGAIN", LONG_KEY, right).code, "success");
  assert.equal(load("OTHER", KEY, right).code, "signatureInvalid");
});

Deno.test("tdea pad: a key of TDEA seals PINs and does nothing else", () => {
  const { client, load } = pad();
  for (const use of ["D0", "M6"]) {
    assert.equal(load("K", KEY, {}, use).code, "algorithmNotSupported");
  }
  assert.equal(load("K", KEY.slice(16)).code, "invalidKeyLength", "one key of DES");
  assert.equal(load("K", LONG_KEY + KEY.slice(16)).code, "invalidKeyLength");
  const data = toBase64(new Uint8Array(16));
  assert.equal(client.ask("Crypto.CryptoData", { key: "PINKEY", data }).code, "useViolation");
  const under = { keyAttributes: { keyUsage: "D0", algorithm: "A" }, value: data };
  assert.equal(client.ask("KeyManagement.ImportKey", { key: "UNDER", ...under }).code, "success");
  const wrapped = { decryptKey: "UNDER" };
  assert.equal(load("K", LONG_KEY, wrapped).code, "invalidKeyLength", "no whole blocks of AES");
  const sealed = client.ask("Crypto.CryptoData", {
    key: "UNDER",
    data: toBase64(Uint8Array.fromHex(KEY)),
  }).payload.data;
  const { payload } = load("K", hex(sealed), wrapped);
  assert.equal(hex(payload.verificationData), encipher(KEY, "0".repeat(16)).slice(0, 6));
});

Deno.test("tdea pad: a legacy block leaves nothing behind in what the pad tells", () => {
  const { block, world } = pad();
  block("iso0");
  block("iso3");
  const told = JSON.stringify(world.messages);
  const clear = withPan(iso0Field(PIN), PAN);
  const base64 = toBase64(Uint8Array.fromHex(clear));
  for (const secret of [PIN, KEY, clear, base64]) assert.ok(!told.includes(secret), secret);
});
