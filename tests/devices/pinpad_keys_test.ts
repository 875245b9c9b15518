/** The keys of the pad: brought, used for the one thing they are for, never told. */
import assert from "node:assert/strict";
import { fromBase64, toBase64 } from "../../core/xfs4iot/mod.ts";
import { createKeyboard } from "../../devices/mod.ts";
import { Client, lobbyProfile, TestWorld } from "./surroundings.ts";

const VALUE = Uint8Array.from({ length: 16 }, (_, i) => 0x10 + i);
const DATA = toBase64(Uint8Array.from({ length: 32 }, (_, i) => i));

function pad() {
  const world = new TestWorld();
  const device = createKeyboard(lobbyProfile(), world, { keys: { PINKEY: VALUE } });
  const client = new Client(world, device);
  const load = (key: string, keyUsage: string, more: object = {}) =>
    client.ask("KeyManagement.ImportKey", {
      key,
      keyAttributes: { keyUsage, algorithm: "A" },
      value: toBase64(VALUE),
      ...more,
    });
  return { world, client, load };
}

Deno.test("keys: one that is not what its check value says is not kept", () => {
  const { client, load } = pad();
  const right = load("FIRST", "D0").payload.verificationData!;
  const kcvZero = { cryptoMethod: "kcvZero" };
  const wrong = toBase64(fromBase64(right).map((byte) => byte ^ 1));
  for (const verificationData of [wrong, "", toBase64(fromBase64(right).slice(0, 2))]) {
    const more = { verificationData, verifyAttributes: kcvZero };
    assert.equal(load("SECOND", "D0", more).code, "signatureInvalid", verificationData);
  }
  assert.equal(load("SECOND", "D0", { verificationData: wrong }).code, "signatureInvalid");
  const self = { verificationData: right, verifyAttributes: { cryptoMethod: "kcvSelf" } };
  assert.equal(load("SECOND", "D0", self).code, "signatureNotSupported");
  assert.equal(
    client.ask("KeyManagement.GetKeyDetail", { keyName: "SECOND" }).code,
    "keyNotFound",
  );
  for (const [i, length] of [3, 5].entries()) {
    const verificationData = toBase64(fromBase64(right).slice(0, length));
    const more = { verificationData, verifyAttributes: kcvZero };
    assert.equal(load(`RIGHT${i}`, "D0", more).code, "success");
  }
});

Deno.test("keys: one is brought, described, checked and deleted, and its value is never told", () => {
  const { world, client, load } = pad();
  const { code, payload } = load("DATAKEY", "D0");
  assert.equal(code, "success");
  const check = client.ask("KeyManagement.GenerateKCV", { key: "DATAKEY", keyCheckMode: "zero" });
  assert.equal(payload.verificationData, check.payload.kcv);
  assert.equal(fromBase64(check.payload.kcv!).length, 5);
  const { keyDetails } = client.ask("KeyManagement.GetKeyDetail", {}).payload;
  assert.deepEqual(Object.keys(keyDetails!), ["PINKEY", "DATAKEY"]);
  assert.equal(keyDetails!["DATAKEY"]!.keyBlockInfo?.keyUsage, "D0");
  assert.equal(client.ask("KeyManagement.DeleteKey", { key: "DATAKEY" }).code, "success");
  assert.equal(
    client.ask("KeyManagement.GetKeyDetail", { keyName: "DATAKEY" }).code,
    "keyNotFound",
  );
  assert(!JSON.stringify(world.messages).includes(toBase64(VALUE)));
});

Deno.test("keys: one for a purpose serves no other", () => {
  const { client, load } = pad();
  load("DATAKEY", "D0");
  load("MACKEY", "M6");
  assert.equal(client.ask("Crypto.CryptoData", { key: "PINKEY", data: DATA }).code, "useViolation");
  assert.equal(client.ask("Crypto.CryptoData", { key: "MACKEY", data: DATA }).code, "useViolation");
  const mac = client.ask("Crypto.GenerateAuthentication", { key: "DATAKEY", data: DATA });
  assert.equal(mac.code, "useViolation");
  const block = { customerData: "621700123456789012", format: "iso4", key: "DATAKEY" } as const;
  assert.equal(client.ask("PinPad.GetPinBlock", block).code, "useViolation");
  assert.equal(client.told("KeyManagement.IllegalKeyAccessEvent").length, 1);
});

Deno.test("keys: what the pad says it can do with each it does, and nothing else", () => {
  const { client, load } = pad();
  const { keyManagement, crypto, pinPad } = client.ask("Common.Capabilities", {}).payload;
  type Attributes = Record<string, Record<string, Record<string, Named>>>;
  type Named = { cryptoMethod?: Record<string, boolean> };
  const methods = ["ecb", "cbc", "cfb", "ofb", "ctr", "xts"] as const;
  const uses = keyManagement!.keyAttributes as Attributes;
  for (const keyUsage of ["P0", "D0", "M6", "K0"]) {
    for (const modeOfUse of ["B", "C", "D", "E", "G", "V"]) {
      const keyAttributes = { keyUsage, algorithm: "A", modeOfUse };
      const { code } = load(`${keyUsage}${modeOfUse}`, keyUsage, { keyAttributes });
      const named = uses[keyUsage]?.["A"]?.[modeOfUse] !== undefined;
      assert.equal(code === "success", named, `${keyUsage} ${modeOfUse}: ${code}`);
    }
  }
  const under = keyManagement!.decryptAttributes!["A"]!.decryptMethod!;
  for (const cryptoMethod of methods) {
    for (const modeOfUse of ["D", "E"]) {
      const ask = { key: "D0B", data: DATA, cryptoMethod, modeOfUse };
      const { code } = client.ask("Crypto.CryptoData", ask);
      const { D0 } = crypto!.cryptoAttributes as Attributes;
      assert.equal(code === "success", D0!["A"]![modeOfUse]!.cryptoMethod![cryptoMethod] ?? false);
    }
    const wrapped = { decryptKey: "D0B", decryptMethod: cryptoMethod };
    const { code } = load(`UNDER${cryptoMethod}`, "D0", wrapped);
    assert.equal(code === "success", under[cryptoMethod] ?? false);
    const block = { customerData: "621700123456789012", format: "iso4", key: "P0E" } as const;
    const sealed = client.ask("PinPad.GetPinBlock", { ...block, cryptoMethod }).code;
    const { P0 } = pinPad!.pinBlockAttributes as Attributes;
    assert.equal(sealed === "noPin", P0!["A"]!["E"]!.cryptoMethod![cryptoMethod] ?? false);
  }
  const { M6 } = keyManagement!.verifyAttributes as Attributes;
  for (const cryptoMethod of ["kcvNone", "kcvSelf", "kcvZero", "sigNone", "rsassaPss"]) {
    const verificationData = client.ask("KeyManagement.GenerateKCV", {
      key: "D0B",
      keyCheckMode: "zero",
    }).payload.kcv;
    const more = { verificationData, verifyAttributes: { cryptoMethod } };
    const { code } = load(`CHECK${cryptoMethod}`, "D0", more);
    assert.equal(code === "success", M6!["A"]!["V"]!.cryptoMethod![cryptoMethod] ?? false);
  }
  assert.deepEqual(crypto!.authenticationAttributes, { M6: { A: { G: {} } } });
  assert.deepEqual(crypto!.verifyAttributes, { M6: { A: { V: {} } } });
});

Deno.test("keys: data goes in and comes out again, and a MAC knows its data", () => {
  const { client, load } = pad();
  load("DATAKEY", "D0");
  load("MACKEY", "M6");
  for (const cryptoMethod of ["ecb", "cbc"] as const) {
    const sealed = client.ask("Crypto.CryptoData", { key: "DATAKEY", data: DATA, cryptoMethod });
    const data = sealed.payload.data!;
    assert.notEqual(data, DATA);
    const back = { key: "DATAKEY", data, cryptoMethod, modeOfUse: "D" };
    assert.equal(client.ask("Crypto.CryptoData", back).payload.data, DATA);
  }
  const made = client.ask("Crypto.GenerateAuthentication", { key: "MACKEY", data: DATA });
  const verifyData = made.payload.authenticationData!;
  const verify = (data: string) =>
    client.ask("Crypto.VerifyAuthentication", { key: "MACKEY", data, verifyData }).code;
  assert.equal(verify(DATA), "success");
  assert.equal(verify(toBase64(new Uint8Array(32))), "macInvalid");
});

Deno.test("keys: SHA-256 of abc is what FIPS 180 says, and AES of its example what FIPS 197 says", () => {
  const { client, load } = pad();
  const abc = toBase64(new TextEncoder().encode("abc"));
  const { digest } = client.ask("Crypto.Digest", { hashAlgorithm: "sha256", data: abc }).payload;
  assert.equal(
    fromBase64(digest!).toHex(),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
  const value = Uint8Array.fromHex("000102030405060708090a0b0c0d0e0f");
  load("FIPS", "D0", { value: toBase64(value) });
  const data = toBase64(Uint8Array.fromHex("00112233445566778899aabbccddeeff"));
  const sealed = client.ask("Crypto.CryptoData", { key: "FIPS", data }).payload.data!;
  assert.equal(fromBase64(sealed).toHex(), "69c4e0d86a7b0430d8cdb78070b4c55a");
});

Deno.test("keys: a MAC is the one of RFC 4493, whatever the length of its data", () => {
  const { client, load } = pad();
  load("MACKEY", "M6", { value: toBase64(Uint8Array.fromHex("2b7e151628aed2a6abf7158809cf4f3c")) });
  const message =
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411";
  for (const [digits, mac] of [[32, "070a16b46b4d4144"], [80, "dfa66747de9ae630"]] as const) {
    const data = toBase64(Uint8Array.fromHex(message.slice(0, digits)));
    const made = client.ask("Crypto.GenerateAuthentication", { key: "MACKEY", data });
    assert.equal(fromBase64(made.payload.authenticationData!).toHex(), mac);
  }
});

Deno.test("keys: each wrong import has its own error", () => {
  const { load } = pad();
  const short = { value: toBase64(VALUE.slice(8)) };
  assert.equal(load("K", "K0").code, "useViolation");
  assert.equal(load("K", "P0", short).code, "invalidKeyLength");
  assert.equal(load("PINKEY", "P0").code, "duplicateKey");
  assert.equal(load("K", "P0", { decryptKey: "NONE" }).code, "keyNotFound");
  assert.equal(load("K", "P0", { decryptKey: "PINKEY" }).code, "useViolation");
  assert.equal(load("K", "P0", { constructing: true }).code, "formatNotSupported");
});

Deno.test("keys: one wrapped under another is the key that was wrapped", () => {
  const { client, load } = pad();
  load("WRAP", "D0");
  const wrapped = client.ask("Crypto.CryptoData", { key: "WRAP", data: toBase64(VALUE) });
  load("INSIDE", "D0", { value: wrapped.payload.data, decryptKey: "WRAP" });
  const kcv = (key: string) =>
    client.ask("KeyManagement.GenerateKCV", { key, keyCheckMode: "zero" }).payload.kcv;
  assert.equal(kcv("INSIDE"), kcv("WRAP"));
});

Deno.test("keys: initialization leaves none, and says so", () => {
  const { client } = pad();
  assert.equal(client.ask("KeyManagement.Initialization", {}).code, "success");
  assert.equal(client.told("KeyManagement.InitializedEvent").length, 1);
  const status = client.ask("Common.Status", {}).payload;
  assert.equal(status.keyManagement?.encryptionState, "notInitialized");
});
