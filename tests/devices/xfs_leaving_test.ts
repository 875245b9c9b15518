/** A client that is gone in the middle of something: what a device kept for it goes with it. */
import assert from "node:assert/strict";
import { createCashDispenser, createKeyboard } from "../../devices/mod.ts";
import { HEX_KEYS } from "../../devices/keyboard/layout.ts";
import { onTheWire, type WireClient } from "./xfs_wire.ts";

const DIGITS = "zero one two three four five six seven eight nine".split(" ");
const KEYS = Object.fromEntries(DIGITS.map((digit) => [digit, {}]));
const PIN = {
  minLen: 4,
  maxLen: 12,
  autoEnd: false,
  activeKeys: { ...KEYS, enter: { terminate: true } },
};
const BLOCK = { customerData: "6228480402564890018", format: "iso4", key: "PINKEY" };

function keypad() {
  const keys = { PINKEY: new Uint8Array(16) };
  const pad = onTheWire((profile, surroundings) => createKeyboard(profile, surroundings, { keys }));
  const enterPin = (client: WireClient, requestId: number) => {
    client.command("Keyboard.PinEntry", requestId, PIN);
    for (const key of ["seven", "three", "zero", "one", "enter"]) pad.device.press(key);
    assert.equal(client.code(requestId), "success");
    assert.equal(pad.device.state()["pin_held"], true);
  };
  /** What a block of the PIN that is held comes to. */
  const askBlock = (client: WireClient, requestId: number) => {
    client.command("PinPad.GetPinBlock", requestId, BLOCK);
    pad.world.pass(60_000);
    return client.code(requestId);
  };
  const leave = (client: WireClient) => {
    client.connection.closed();
    pad.world.pass(1);
  };
  return { ...pad, enterPin, askBlock, leave };
}

Deno.test("leaving: the PIN of a client that is gone is nobody's to make a block of", () => {
  const { device, connect, enterPin, askBlock, leave } = keypad();
  const [gone, stays] = [connect(), connect()];
  enterPin(gone, 1);
  leave(gone);
  assert.equal(device.state()["pin_held"], false);
  assert.equal(askBlock(stays, 1), "commandErrorCode", "noPin");
});

Deno.test("leaving: neither is one whose block is under way, or that was to be kept longer", () => {
  const { world, device, connect, enterPin, askBlock, leave } = keypad();
  const [gone, stays] = [connect(), connect()];
  gone.command("PinPad.MaintainPin", 1, { maintainPIN: true });
  enterPin(gone, 2);
  gone.command("PinPad.GetPinBlock", 3, BLOCK);
  leave(gone);
  world.pass(60_000);
  assert.equal(device.state()["pin_held"], false);
  enterPin(stays, 1);
  assert.equal(askBlock(stays, 2), "success");
  assert.equal(device.state()["pin_held"], false, "for one block again");
});

Deno.test("leaving: digits of an entry that nobody waits for are gone with it", () => {
  const { device, connect, leave } = keypad();
  const gone = connect();
  gone.command("Keyboard.PinEntry", 1, PIN);
  for (const key of ["seven", "three", "zero", "one"]) device.press(key);
  leave(gone);
  device.press("enter");
  const { mode, entered, pin_held } = device.state();
  assert.deepEqual([mode, entered, pin_held], ["idle", 0, false]);
});

Deno.test("leaving: another's PIN stays, whoever goes", () => {
  const { connect, enterPin, askBlock, leave } = keypad();
  const [gone, stays] = [connect(), connect()];
  enterPin(gone, 1);
  enterPin(stays, 1);
  leave(gone);
  assert.equal(askBlock(stays, 2), "success");
});

Deno.test("leaving: a key that two custodians typed gets no name from somebody else", () => {
  const activeKeys = Object.fromEntries(HEX_KEYS.map((key) => [key, {}]));
  const entry = { keyLen: "number32", autoEnd: true, activeKeys, verificationType: "zero" };
  const named = { key: "THEIRS", keyAttributes: { keyUsage: "D0", algorithm: "A" } };
  for (const [leaves, code] of [[false, "success"], [true, "commandErrorCode"]] as const) {
    const { device, connect, leave } = keypad();
    const [gone, stays] = [connect(), connect()];
    gone.command("Keyboard.SecureKeyEntry", 1, entry);
    for (let i = 0; i < 32; i++) device.press("one");
    assert.equal(gone.code(1), "success");
    if (leaves) leave(gone);
    stays.command("KeyManagement.ImportKey", 1, named, { version: "3.0" });
    assert.equal(stays.code(1), code);
  }
});

Deno.test("leaving: an exchange that nobody is there to end is over, and cash comes again", () => {
  const { world, device, connect } = onTheWire(createCashDispenser);
  const [gone, other, stays] = [connect(), connect(), connect()];
  const denomination = { service: { currencies: { CNY: 300 }, mix: "mix1" } };
  const dispense = (requestId: number) => {
    const payload = { denomination: { denomination } };
    stays.command("CashDispenser.Dispense", requestId, payload, { version: "3.0" });
    world.pass(60_000);
    return stays.code(requestId);
  };
  gone.command("Storage.StartExchange", 1);
  other.connection.closed();
  assert.equal(dispense(1), "commandErrorCode", "not whoever goes ends it");
  gone.connection.closed();
  world.pass(1);
  assert.equal(device.state()["exchange"], "inactive");
  assert.equal(stays.log().at(-1), "unsolicited Common.StatusChangedEvent");
  assert.equal(dispense(2), "success");
});
