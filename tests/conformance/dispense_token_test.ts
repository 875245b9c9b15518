/**
 * End-to-end security over the wire: an application, a host that holds the key, and a dispenser that
 * pays nothing without its word. The host here is written from the standard alone, with Web Crypto.
 */
import assert from "node:assert/strict";
import { readProfile } from "../../sim/adapters/files.ts";
import { serveXfs } from "../../sim/adapters/xfs_server.ts";
import { Service } from "./xfs_client.ts";

const KEY = Uint8Array.fromHex("00112233445566778899AABBCCDDEEFF".repeat(2));

/** What the host answers for this nonce and this many yuan. */
async function tokenFor(nonce: string, yuan: number): Promise<string> {
  const text = (length: number) =>
    `NONCE=${nonce},TOKENFORMAT=1,TOKENLENGTH=${String(length).padStart(4, "0")},` +
    `DISPENSE1=${yuan.toFixed(2)}CNY,HMACSHA256=`;
  const whole = text(text(0).length + 64);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", KEY, hmac, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(whole));
  return whole + new Uint8Array(mac).toHex().toUpperCase();
}

async function atTheDispenser(use: (cash: Service, origin: string) => Promise<void>) {
  const lobby = await readProfile("lhasa-lobby", "test");
  const policies = { ...lobby.policies, dispense_tokens: "required" as const };
  const server = await serveXfs({ profile: { ...lobby, policies }, seed: 1, speed: 20, port: 0 });
  const cash = await Service.open(`${server.uri}/cashdispenser`);
  try {
    await use(cash, `http://127.0.0.1:${server.port}`);
  } finally {
    await cash.close();
    await server.stop();
  }
}

/** Notes at every place of the machine, as its opened door would show them. */
async function notes(origin: string): Promise<unknown> {
  return (await (await fetch(`${origin}/control`)).json()).devices.cashdispenser.notes;
}

async function dispense(cash: Service, yuan: number, token?: string): Promise<string> {
  const denomination = { denomination: { service: { currencies: { CNY: yuan }, mix: "mix1" } } };
  const { header, payload } = await cash.ask("CashDispenser.Dispense", { denomination, token });
  return String(payload?.["errorCode"] ?? header.completionCode);
}

async function nonceOf(cash: Service): Promise<string> {
  const { payload } = await cash.ask("Common.GetCommandNonce");
  return String(payload?.["commandNonce"]);
}

Deno.test("security: the machine says what it wants, and pays with the host's word", () =>
  atTheDispenser(async (cash) => {
    const status = await cash.ask("Common.Status");
    assert.match(JSON.stringify(status.payload), /"endToEndSecurity":"enforced"/);
    const nonce = await nonceOf(cash);
    assert.match(nonce, /^[0-9A-F]{32}$/);
    assert.equal(await dispense(cash, 500, await tokenFor(nonce, 500)), "success");
  }));

Deno.test("security: no word, an old one, an altered one, one for less: each its own error", () =>
  atTheDispenser(async (cash, origin) => {
    const before = await notes(origin);
    const stale = await tokenFor(await nonceOf(cash), 500);
    const token = await tokenFor(await nonceOf(cash), 500);
    assert.equal(await dispense(cash, 500), "authorisationRequired");
    assert.equal(await dispense(cash, 500, stale), "invalidTokenNonce");
    assert.equal(await dispense(cash, 600, token), "invalidToken");
    const altered = token.replace("DISPENSE1=500.00", "DISPENSE1=900.00");
    assert.equal(await dispense(cash, 900, altered), "invalidTokenHMAC");
    const hexadecimal = token.replace(/TOKENLENGTH=\d+/, "TOKENLENGTH=00A5");
    assert.equal(await dispense(cash, 500, hexadecimal), "invalidTokenFormat");
    await cash.ask("Common.ClearCommandNonce");
    assert.equal(await dispense(cash, 500, token), "noCommandNonce");
    assert.deepEqual(await notes(origin), before, "no note has moved");
  }));

Deno.test("security: the host's word is good once", () =>
  atTheDispenser(async (cash) => {
    const token = await tokenFor(await nonceOf(cash), 100);
    assert.equal(await dispense(cash, 100, token), "success");
    await cash.ask("CashDispenser.Reject");
    assert.equal(await dispense(cash, 100, token), "noCommandNonce");
  }));
