/** End-to-end security: cash leaves only with a token of the bank's, once, and for no more than it says. */
import assert from "node:assert/strict";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { yuan } from "../../core/units.ts";
import { makeDispenseToken, readDispenseToken } from "../../core/xfs4iot/mod.ts";
import { createCashDispenser } from "../../devices/mod.ts";
import { Client, lobbyProfile, TestWorld } from "./surroundings.ts";

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);

function machine(required = true) {
  const lobby = lobbyProfile();
  const policies = {
    ...lobby.policies,
    ...(required ? { dispense_tokens: "required" } as const : {}),
  };
  const world = new TestWorld();
  const device = createCashDispenser({ ...lobby, policies }, world, { token_key: KEY });
  const client = new Client(world, device);
  const nonce = () => client.ask("Common.GetCommandNonce", {}, 0).payload.commandNonce!;
  const dispense = (token?: string, amount = 300) => {
    const service = { currencies: { CNY: amount }, mix: "mix1" };
    return client.ask("CashDispenser.Dispense", {
      denomination: { denomination: { service } },
      ...(token === undefined ? {} : { token }),
    }).code;
  };
  const before = JSON.stringify(device.state());
  const untouched = () => assert.equal(JSON.stringify(device.state()), before, "no note has moved");
  return { world, device, client, nonce, dispense, untouched };
}

Deno.test("token: its length is decimal and its own, and it reads back", () => {
  const token = makeDispenseToken("AB".repeat(16), yuan(500), KEY);
  assert.match(token, /^NONCE=(AB){16},TOKENFORMAT=1,TOKENLENGTH=[0-9]{4},DISPENSE1=500\.00CNY,/);
  assert.equal(Number(/TOKENLENGTH=(\d+)/.exec(token)![1]), token.length);
  const read = readDispenseToken(token, KEY);
  assert.deepEqual(read, {
    nonce: "AB".repeat(16),
    genuine: true,
    amount: { fen: 50_000, currency: "CNY" },
  });
  assert.equal(readDispenseToken(token, KEY.toReversed())?.genuine, false);
});

Deno.test("token: one that names two amounts allows none", () => {
  const { nonce, dispense } = machine();
  const of = nonce();
  const head = (length: number) =>
    `NONCE=${of},TOKENFORMAT=1,TOKENLENGTH=${String(length).padStart(4, "0")},` +
    "DISPENSE1=300.00CNY,DISPENSE1=900.00CNY,HMACSHA256=";
  const text = head(head(0).length + 64);
  const token = text + bytesToHex(hmac(sha256, KEY, utf8ToBytes(text))).toUpperCase();
  assert.deepEqual(readDispenseToken(token, KEY), { nonce: of, genuine: true, amount: null });
  assert.equal(dispense(token), "invalidToken");
});

Deno.test("token: with it the cash comes, once", () => {
  const { client, nonce, dispense } = machine();
  const token = makeDispenseToken(nonce(), yuan(300), KEY);
  assert.equal(dispense(token), "success");
  assert.equal(client.ask("CashDispenser.Reject", {}).code, "success");
  assert.equal(dispense(token), "noCommandNonce");
  nonce();
  assert.equal(dispense(token), "invalidTokenNonce", "a replayed one");
});

Deno.test("token: each fault of one has its own code, and no note moves", () => {
  const { client, nonce, dispense, untouched } = machine();
  assert.equal(dispense(), "authorisationRequired");
  const first = nonce();
  const good = (amount = 300, of = first) => makeDispenseToken(of, yuan(amount), KEY);
  const stale = good();
  const fresh = nonce();
  assert.equal(dispense(stale), "invalidTokenNonce");
  assert.equal(dispense(good(200, fresh)), "invalidToken", "more than it allows");
  assert.equal(dispense(good(300, fresh).replace("300.00", "900.00")), "invalidTokenHMAC");
  assert.equal(dispense(good(300, fresh).replace("=01", "=00")), "invalidTokenFormat");
  assert.equal(dispense("a token"), "invalidTokenFormat");
  assert.equal(client.ask("Common.ClearCommandNonce", {}).code, "success");
  assert.equal(dispense(good(300, fresh)), "noCommandNonce");
  untouched();
});

Deno.test("token: the dispenser signs what became of the cash, also after a power cut", () => {
  const { device, client, nonce, dispense } = machine();
  const asked = "0F".repeat(16);
  const report = () => client.ask("CashDispenser.GetPresentStatus", { nonce: asked }).payload.token;
  assert.equal(report(), undefined, "nothing was dispensed yet");
  const token = makeDispenseToken(nonce(), yuan(300), KEY);
  dispense(token);
  const said = (members: string) =>
    new RegExp(`^NONCE=${asked},.*DISPENSEID=${token.slice(-64)},DISPENSED1=300.00CNY,${members},`);
  assert.match(report()!, said("PRESENTED1=NO,PRESENTEDAMOUNT1=0.00CNY,RETRACTED1=NO"));
  client.ask("CashDispenser.Present", {});
  device.powerCut();
  assert.match(report()!, said("PRESENTED1=YES,PRESENTEDAMOUNT1=300.00CNY,RETRACTED1=NO"));
  client.ask("CashManagement.Retract", {});
  assert.match(report()!, said("PRESENTED1=YES,PRESENTEDAMOUNT1=300.00CNY,RETRACTED1=YES"));
  assert.equal(Number(/TOKENLENGTH=(\d+)/.exec(report()!)![1]), report()!.length);
  dispense(makeDispenseToken(nonce(), yuan(300), KEY));
  assert.match(report()!, /PRESENTED1=NO,.*RETRACTED1=NO/, "of the next bunch nothing came back");
  for (const nonce of ["", "9".repeat(2_000)]) {
    assert.equal(client.ask("CashDispenser.GetPresentStatus", { nonce }).code, "invalidData");
  }
});

Deno.test("token: cash that came back is retracted, whichever bin it went into", () => {
  const asked = "0F".repeat(16);
  const retract = (client: Client) =>
    client.ask("CashManagement.Retract", { location: { retractArea: "reject" } });
  const reset = (client: Client) =>
    client.ask("CashManagement.Reset", { position: { target: "reject" } });
  for (const back of [retract, reset]) {
    const { client, nonce, dispense } = machine();
    dispense(makeDispenseToken(nonce(), yuan(300), KEY));
    client.ask("CashDispenser.Present", {});
    assert.equal(back(client).code, "success");
    const { token } = client.ask("CashDispenser.GetPresentStatus", { nonce: asked }).payload;
    assert.match(token!, /PRESENTED1=YES,PRESENTEDAMOUNT1=300.00CNY,RETRACTED1=YES/);
  }
});

Deno.test("token: cash that was put away before anybody saw it was not retracted", () => {
  const { client, nonce, dispense } = machine();
  const asked = "0F".repeat(16);
  dispense(makeDispenseToken(nonce(), yuan(300), KEY));
  client.ask("CashManagement.Reset", { position: { target: "retract" } });
  const { token } = client.ask("CashDispenser.GetPresentStatus", { nonce: asked }).payload;
  assert.match(token!, /PRESENTED1=NO,PRESENTEDAMOUNT1=0.00CNY,RETRACTED1=NO/);
});

Deno.test("token: a nonce is gone with the power, and after a while with a word about it", () => {
  const { world, device, client, nonce, dispense } = machine();
  const first = nonce();
  device.powerCut();
  assert.equal(dispense(makeDispenseToken(first, yuan(300), KEY)), "noCommandNonce");
  const second = nonce();
  world.pass(300_000);
  assert.equal(client.told("Common.NonceClearedEvent").length, 1);
  assert.equal(dispense(makeDispenseToken(second, yuan(300), KEY)), "noCommandNonce");
});

Deno.test("token: a machine that wants none dispenses without, and still refuses a wrong one", () => {
  const { dispense } = machine(false);
  assert.equal(dispense("NONCE=AB"), "invalidTokenFormat");
  assert.equal(dispense(), "success");
});

Deno.test("token: whatever is done to one, no note moves", () => {
  const { nonce, dispense, untouched } = machine();
  const spoilt = fc.oneof(
    fc.tuple(fc.nat(164), fc.string({ minLength: 1, maxLength: 1 }))
      .map(([at, by]) => (token: string) => token.slice(0, at) + by + token.slice(at + 1)),
    fc.nat(164).map((end) => (token: string) => token.slice(0, end)),
    fc.string({ minLength: 1, maxLength: 40 }).map((more) => (token: string) => token + more),
  );
  fc.assert(
    fc.property(spoilt, (spoil) => {
      const token = makeDispenseToken(nonce(), yuan(300), KEY);
      const text = spoil(token);
      fc.pre(text !== token);
      const code = dispense(text);
      assert(/^(invalidToken(Nonce|HMAC|Format)?|invalidData)$/.test(code), `${code}: ${text}`);
    }),
    { seed: 7, numRuns: 300 },
  );
  untouched();
});
