import assert from "node:assert/strict";
import fc from "fast-check";
import { decryptFormat4 } from "../../core/pin/mod.ts";
import { fromBase64 } from "../../core/xfs4iot/mod.ts";
import { createKeyboard, type Keyboard } from "../../devices/mod.ts";
import { Client, lobbyProfile, TestWorld } from "./surroundings.ts";

const DIGITS = "zero one two three four five six seven eight nine".split(" ");
const KEY = Uint8Array.from({ length: 16 }, (_, i) => i);
const PAN = "6228480402564890018";
const PIN = "730162";
const EDITABLE = {
  ...Object.fromEntries(DIGITS.map((digit) => [digit, {}])),
  clear: {},
  backspace: {},
  enter: { terminate: true },
  cancel: { terminate: true },
};
const ENTRY = { minLen: 6, maxLen: 6, autoEnd: false, activeKeys: EDITABLE };

function keypad() {
  const world = new TestWorld();
  const device = createKeyboard(lobbyProfile(), world, { keys: { PINKEY: KEY } });
  return { world, device, client: new Client(world, device) };
}

function type(device: Keyboard, digits: string): void {
  for (const digit of digits) device.press(DIGITS[Number(digit)] ?? "oemX");
}

/** A PIN typed and kept. */
function withPin() {
  const pad = keypad();
  const request = pad.client.send("Keyboard.PinEntry", ENTRY);
  type(pad.device, PIN);
  pad.device.press("enter");
  assert.equal(pad.client.code(request), "success");
  return pad;
}

function askBlock(client: Client, key = "PINKEY") {
  return client.ask("PinPad.GetPinBlock", { customerData: PAN, format: "iso4", key });
}

function opened(pinBlock: string | undefined): string | null {
  const block = fromBase64(pinBlock ?? "");
  const found = decryptFormat4({ block, pan: PAN, key: KEY });
  return found.ok ? found.pin : null;
}

Deno.test("keyboard: keys do nothing until a command activates them", () => {
  const { device, world } = keypad();
  type(device, "12");
  device.press("enter");
  world.pass(1_000);
  assert.deepEqual(world.messages, []);
});

Deno.test("keyboard: a key that no pad has does nothing, whatever it is called", () => {
  const { device, client, world } = keypad();
  client.send("Keyboard.DataEntry", { maxLen: 18, activeKeys: EDITABLE });
  for (const key of ["constructor", "toString", "__proto__"]) device.press(key);
  world.pass(1_000);
  assert.deepEqual(client.told("Keyboard.KeyEvent"), []);
});

Deno.test("keyboard: data entry tells each key and lists what was left after corrections", () => {
  const { device, client } = keypad();
  const activeKeys = { ...EDITABLE, oemX: {} };
  const request = client.send("Keyboard.DataEntry", { maxLen: 18, activeKeys });
  type(device, "129");
  device.press("backspace");
  type(device, "X");
  device.press("enter");
  assert.deepEqual(client.told("Keyboard.KeyEvent"), [
    { completion: "continue", digit: "one" },
    { completion: "continue", digit: "two" },
    { completion: "continue", digit: "nine" },
    { completion: "backspace", digit: "backspace" },
    { completion: "continue", digit: "oemX" },
    { completion: "enter", digit: "enter" },
  ]);
  assert.deepEqual(client.completion(request)?.payload, {
    keys: 4,
    pinKeys: [
      { completion: "continue", digit: "one" },
      { completion: "continue", digit: "two" },
      { completion: "continue", digit: "oemX" },
      { completion: "enter", digit: "enter" },
    ],
    completion: "enter",
  });
});

Deno.test("keyboard: with autoEnd the last digit ends the entry", () => {
  const { device, client } = keypad();
  const request = client.send("Keyboard.DataEntry", {
    maxLen: 2,
    autoEnd: true,
    activeKeys: EDITABLE,
  });
  type(device, "47");
  assert.equal(client.completion(request)?.payload?.["completion"], "auto");
});

Deno.test("keyboard: digits of a PIN are counted and never told", () => {
  const { client } = withPin();
  const events = client.told("Keyboard.KeyEvent");
  assert.deepEqual(events, [
    ...Array.from({ length: 6 }, () => ({ completion: "continue" })),
    { completion: "enter", digit: "enter" },
  ]);
});

Deno.test("keyboard: enter before the PIN is long enough does nothing", () => {
  const { device, client } = keypad();
  const request = client.send("Keyboard.PinEntry", ENTRY);
  type(device, "12345");
  device.press("enter");
  assert.equal(client.code(request), undefined);
  type(device, "6");
  device.press("enter");
  assert.deepEqual(client.completion(request)?.payload, { digits: 6, completion: "enter" });
});

Deno.test("keyboard: the PIN block opens to the PIN, and only once", () => {
  const { client } = withPin();
  assert.equal(opened(askBlock(client).payload.pinBlock), PIN);
  assert.equal(askBlock(client).code, "noPin");
});

Deno.test("keyboard: a maintained PIN gives another block, and Reset erases it", () => {
  const { client } = withPin();
  client.ask("PinPad.MaintainPin", { maintainPIN: true });
  const first = askBlock(client).payload.pinBlock;
  const second = askBlock(client).payload.pinBlock;
  assert.notEqual(first, second);
  assert.equal(opened(first), PIN);
  assert.equal(opened(second), PIN);
  client.ask("PinPad.Reset", {});
  assert.equal(askBlock(client).code, "noPin");
});

Deno.test("keyboard: cancel ends the entry and keeps no PIN", () => {
  const { device, client } = withPin(); // of whoever was there before
  const request = client.send("Keyboard.PinEntry", ENTRY);
  type(device, PIN);
  device.press("cancel");
  assert.equal(client.completion(request)?.payload?.["completion"], "cancel");
  assert.equal(askBlock(client).code, "noPin");
});

Deno.test("keyboard: a power cut loses the PIN and answers nothing", () => {
  const { device, client, world } = withPin();
  const entry = client.send("Keyboard.DataEntry", { activeKeys: EDITABLE });
  device.powerCut();
  world.pass(60_000);
  assert.equal(client.completion(entry), undefined);
  assert.equal(askBlock(client).code, "noPin");
});

Deno.test("keyboard: after Reset or a power cut a PIN is kept for one block again", () => {
  const { device, client } = keypad();
  const blocks = () => {
    client.send("Keyboard.PinEntry", ENTRY);
    type(device, PIN);
    device.press("enter");
    return [askBlock(client).code, askBlock(client).code];
  };
  const kept = () => {
    client.ask("PinPad.MaintainPin", { maintainPIN: true });
    assert.deepEqual(blocks(), ["success", "success"]);
  };
  kept();
  client.ask("PinPad.Reset", {});
  assert.deepEqual(blocks(), ["success", "noPin"]);
  kept();
  device.powerCut();
  assert.deepEqual(blocks(), ["success", "noPin"]);
});

Deno.test("keyboard: an entry that takes too long ends with entryTimeout and no PIN", () => {
  const { device, client, world } = keypad();
  const request = client.send("Keyboard.PinEntry", ENTRY);
  type(device, PIN);
  world.pass(30_000);
  assert.equal(client.completion(request)?.payload?.["errorCode"], "entryTimeout");
  assert.equal(askBlock(client).code, "noPin");
});

Deno.test("keyboard: entries that cannot work are refused with their own codes", () => {
  const { client } = keypad();
  const ask = (payload: object) =>
    client.ask("Keyboard.PinEntry", { ...ENTRY, ...payload }, 0).code;
  assert.equal(ask({ activeKeys: {} }), "noActivekeys");
  assert.equal(ask({ activeKeys: { fdk01: {}, enter: { terminate: true } } }), "keyNotSupported");
  assert.equal(ask({ activeKeys: { one: {} } }), "noTerminatekeys");
  assert.equal(ask({ activeKeys: { one: { terminate: true } } }), "keyInvalid");
  assert.equal(ask({ minLen: 7 }), "minimumLength");
  assert.equal(client.ask("Keyboard.DataEntry", {}).code, "noActivekeys");
});

Deno.test("keyboard: PIN blocks of other formats, keys and accounts are refused", () => {
  const { client } = withPin();
  assert.equal(askBlock(client, "OTHER").code, "keyNotFound");
  assert.deepEqual(client.told("KeyManagement.IllegalKeyAccessEvent"), [
    { keyName: "OTHER", errorCode: "keyNotFound" },
  ]);
  const ask = (payload: object) =>
    client.ask("PinPad.GetPinBlock", {
      customerData: PAN,
      format: "iso4",
      key: "PINKEY",
      ...payload,
    }).code;
  assert.equal(ask({ format: "iso0" }), "formatNotSupported");
  assert.equal(ask({ cryptoMethod: "cbc" }), "cryptoMethodNotSupported");
  assert.equal(ask({ customerData: "ABCD" }), "invalidData");
  assert.equal(ask({}), "success");
});

Deno.test("keyboard: K2, a dead key is not heard", () => {
  const { device, client } = keypad();
  device.fault("K2", true);
  client.send("Keyboard.DataEntry", { activeKeys: EDITABLE });
  type(device, "4567");
  assert.deepEqual(client.told("Keyboard.KeyEvent").map(({ digit }) => digit), [
    "four",
    "six",
    "seven",
  ]);
});

Deno.test("keyboard: K3, a bouncing key counts twice", () => {
  const { device, client, world } = keypad();
  device.fault("K3", true);
  client.send("Keyboard.DataEntry", { activeKeys: EDITABLE });
  type(device, "4");
  world.pass(10);
  assert.equal(client.told("Keyboard.KeyEvent").length, 2);
});

Deno.test("keyboard: K11, tamper ends the entry and the keys stay gone", () => {
  const { device, client } = withPin();
  const entry = client.send("Keyboard.PinEntry", ENTRY);
  device.fault("K11", true);
  assert.equal(client.code(entry), "hardwareError");
  assert.equal(client.told("Common.ErrorEvent")[0]?.["eventId"], "fraudAttempt");
  assert.equal(client.ask("Keyboard.PinEntry", ENTRY).code, "hardwareError");
  device.fault("K11", false);
  const again = client.send("Keyboard.PinEntry", ENTRY);
  type(device, PIN);
  device.press("enter");
  assert.equal(client.code(again), "success");
  assert.equal(askBlock(client).code, "keyNotFound");
});

Deno.test("keyboard: whatever happens, no PIN digit stands in a message or a state", () => {
  const step = fc.oneof(
    fc.constantFrom(...DIGITS, "clear", "backspace", "enter", "cancel", "oemX").map((key) => ({
      press: key,
    })),
    fc.constantFrom("entry", "block", "maintain", "reset", "cancel", "K2", "K3", "K11", "power")
      .map((act) => ({ act })),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const { device, client, world } = keypad();
    const states: string[] = [];
    for (const each of steps) {
      if ("press" in each) device.press(each.press);
      else if (each.act === "entry") client.send("Keyboard.PinEntry", ENTRY);
      else if (each.act === "block") {
        client.send("PinPad.GetPinBlock", { customerData: PAN, format: "iso4", key: "PINKEY" });
      } else if (each.act === "maintain") client.send("PinPad.MaintainPin", { maintainPIN: true });
      else if (each.act === "reset") client.send("PinPad.Reset", {});
      else if (each.act === "cancel") client.send("Common.Cancel", {});
      else if (each.act === "power") device.powerCut();
      else device.fault(each.act, true);
      world.pass(25);
      states.push(JSON.stringify(device.state()));
    }
    // Names of keys that a PIN can be made of may be told as active, never as pressed.
    for (const { digit } of client.told("Keyboard.KeyEvent")) {
      assert(!DIGITS.includes(String(digit)), "no key event names a digit of a PIN");
    }
    for (const message of world.messages) {
      assert(!("payload" in message && "pinKeys" in (message.payload ?? {})));
    }
    for (const state of states) {
      const { active_keys: _, ...rest } = JSON.parse(state);
      assert.doesNotMatch(
        JSON.stringify(rest),
        /one|two|three|four|five|six|seven|eight|nine|zero/,
      );
    }
  }));
});
