/** The keypad's faults, over the wire. */
import assert from "node:assert/strict";
import { KEYBOARD_FAULTS } from "../../devices/mod.ts";
import { REQUESTS_MAX } from "../../devices/xfs/mod.ts";
import { FaultBench } from "./fault_bench.ts";

const DIGITS = "zero one two three four five six seven eight nine".split(" ");
const KEYS = {
  ...Object.fromEntries(DIGITS.map((digit) => [digit, {}])),
  enter: { terminate: true },
  cancel: { terminate: true },
};
const DATA = { activeKeys: KEYS, maxLen: 18 };
const PIN = { minLen: 4, maxLen: 6, autoEnd: false, activeKeys: KEYS };
const BLOCK = { customerData: "6228480402564890018", format: "iso4", key: "PINKEY" };
const SECURE = {
  keyLen: "number32",
  activeKeys: { ...KEYS, ...Object.fromEntries([..."abcdef"].map((key) => [key, {}])) },
};

/** What a data entry lists after these keys were pressed under this fault. */
function typed(id: string, ...keys: string[]): string[] {
  const bench = new FaultBench();
  bench.break(id);
  const entry = bench.send("pinpad", "Keyboard.DataEntry", DATA);
  bench.press(...keys);
  bench.pass(5_000);
  const { pinKeys = [] } = bench.answer(entry).payload as { pinKeys?: { digit: string }[] };
  return pinKeys.map(({ digit }) => digit);
}

/** A PIN typed, and the block asked for under this fault. */
function sealed(id: string): FaultBench & { code: string | undefined } {
  const bench = new FaultBench();
  const entry = bench.send("pinpad", "Keyboard.PinEntry", PIN);
  bench.press("one", "two", "three", "four", "enter");
  assert.equal(bench.answer(entry).code, "success");
  bench.break(id);
  const { code } = bench.ask("pinpad", "PinPad.GetPinBlock", BLOCK);
  return Object.assign(bench, { code });
}

const NEW_KEY = {
  key: "PINKEY",
  keyAttributes: { keyUsage: "P0" },
  value: btoa("0123456789abcdef"),
};

/** Nothing is brought into this pad, and nothing is computed in it. */
function takesNoKey(bench: FaultBench): void {
  const before = bench.status("pinpad")["keyManagement"];
  for (
    const [command, payload] of [
      ["KeyManagement.ImportKey", NEW_KEY],
      ["KeyManagement.GetKeyDetail", {}],
      ["Crypto.GenerateRandom", {}],
      ["Crypto.CryptoData", { key: "PINKEY", data: btoa("0123456789abcdef") }],
    ] as const
  ) assert.equal(bench.ask("pinpad", command, payload).code, "hardwareError", command);
  assert.deepEqual(bench.status("pinpad")["keyManagement"], before);
}

function illegal(id: string, code: string): void {
  const bench = sealed(id);
  assert.equal(bench.code, code);
  assert.deepEqual(bench.told("KeyManagement.IllegalKeyAccessEvent"), [
    { keyName: "PINKEY", errorCode: code },
  ]);
}

const EXERCISES: Record<(typeof KEYBOARD_FAULTS)[number]["id"], () => void> = {
  K1: () => {
    const bench = new FaultBench();
    bench.break("K1");
    bench.send("pinpad", "Keyboard.DataEntry", DATA);
    bench.pass(2_100);
    const keys = bench.told("Keyboard.KeyEvent");
    assert.deepEqual(keys.map(({ digit }) => digit), Array(5).fill("seven"));
    bench.pass(600_000);
    assert.equal(bench.told("Keyboard.KeyEvent").length, 18, "an entry has an end");
  },
  K2: () => assert.deepEqual(typed("K2", "four", "five", "six", "enter"), ["four", "six", "enter"]),
  K3: () => assert.deepEqual(typed("K3", "one", "enter").slice(0, 2), ["one", "one"]),
  K4: () =>
    assert.deepEqual(typed("K4", "one", "two", "three", "four", "enter"), [
      "two",
      "one",
      "four",
      "three",
      "enter",
    ]),
  K5: () => {
    assert.deepEqual(typed("K5", "one", "two", "enter"), ["one", "two", "enter"]);
    const bench = new FaultBench();
    bench.break("K5");
    bench.send("pinpad", "Keyboard.DataEntry", DATA);
    bench.press("one");
    assert.equal(bench.told("Keyboard.KeyEvent").length, 1);
    assert.equal(bench.state("pinpad")["beeps"], 1);
  },
  K6: () => {
    const bench = new FaultBench();
    bench.break("K6");
    assert.equal(bench.ask("pinpad", "Keyboard.DataEntry", DATA).code, "keyInvalid");
    assert.equal(bench.ask("pinpad", "Keyboard.PinEntry", PIN).code, "keyInvalid");
    assert.equal(bench.ask("pinpad", "Keyboard.SecureKeyEntry", SECURE).code, "keyInvalid");
    bench.clear("K6");
    const none = { ...PIN, activeKeys: {} };
    assert.equal(bench.ask("pinpad", "Keyboard.PinEntry", none).code, "noActivekeys");
    const odd = { ...PIN, activeKeys: { fdk01: {}, enter: { terminate: true } } };
    assert.equal(bench.ask("pinpad", "Keyboard.PinEntry", odd).code, "keyNotSupported");
    const endless = { ...PIN, activeKeys: { one: {} } };
    assert.equal(bench.ask("pinpad", "Keyboard.PinEntry", endless).code, "noTerminatekeys");
    const short = { ...PIN, minLen: 6, maxLen: 4 };
    assert.equal(bench.ask("pinpad", "Keyboard.PinEntry", short).code, "minimumLength");
  },
  K7: () => {
    const bench = new FaultBench();
    bench.break("K7");
    const entry = bench.send("pinpad", "Keyboard.PinEntry", PIN);
    bench.pass(1_999);
    assert.equal(bench.answer(entry).code, undefined);
    bench.pass(1);
    assert.equal(bench.answer(entry).code, "entryTimeout");
  },
  K8: () => {
    const bench = new FaultBench();
    bench.break("K8");
    const entry = bench.send("pinpad", "Keyboard.DataEntry", DATA, 10_000);
    bench.press("one", "enter");
    bench.pass(10_000);
    assert.equal(bench.answer(entry).code, "timeOut");
    assert.deepEqual(bench.told("Keyboard.KeyEvent"), []);
  },
  K9: () => {
    const bench = new FaultBench();
    bench.break("K9");
    const { code, payload } = bench.ask("pinpad", "Keyboard.PinEntry", PIN, 1_000);
    assert.deepEqual([code, payload["completion"]], ["success", "cancel"]);
  },
  K10: () => {
    assert.deepEqual(typed("K10", "one", "two", "three", "four"), [
      "one",
      "two",
      "three",
      "enter",
    ]);
    const bench = new FaultBench();
    bench.break("K10");
    const entry = bench.send("pinpad", "Keyboard.PinEntry", PIN);
    bench.press("one", "two", "three");
    assert.equal(bench.answer(entry).code, undefined, "below minLen enter does nothing");
    bench.press("four", "enter");
    assert.equal(bench.answer(entry).payload["digits"], 4);
    const endless = { activeKeys: { ...KEYS, enter: {} }, maxLen: 4, autoEnd: true };
    const data = bench.send("pinpad", "Keyboard.DataEntry", endless);
    bench.press("one", "two", "three", "four");
    assert.equal(bench.answer(data).payload["completion"], "auto", "an enter that ends nothing");
  },
  K11: () => {
    const bench = sealed("K11");
    assert.equal(bench.code, "keyNotFound");
    const { common, keyManagement } = bench.status("pinpad");
    assert.equal(common?.["device"], "fraudAttempt");
    assert.equal(keyManagement?.["encryptionState"], "notInitialized");
    assert.equal(bench.status("auxiliaries")["auxiliaries"]?.["internalTamperSensor"], "on");
    assert.equal(bench.told("Common.ErrorEvent")[0]?.["eventId"], "fraudAttempt");
    takesNoKey(bench);
    bench.clear("K11");
    assert.equal(bench.ask("pinpad", "PinPad.GetPinBlock", BLOCK).code, "keyNotFound");
    assert.equal(bench.ask("pinpad", "KeyManagement.ImportKey", NEW_KEY).code, "success");
  },
  K12: () => {
    illegal("K12", "keyNoValue");
    const state = sealed("K12").status("pinpad")["keyManagement"];
    assert.equal(state?.["encryptionState"], "notReady");
  },
  K13: () => illegal("K13", "useViolation"),
  K14: () => assert.equal(sealed("K14").code, "noPin"),
  K15: () => assert.equal(sealed("K15").code, "formatNotSupported"),
  K16: () => assert.equal(sealed("K16").code, "dukptOverflow"),
  K17: () => {
    const bench = new FaultBench();
    const check = () =>
      bench.ask("pinpad", "KeyManagement.GenerateKCV", { key: "PINKEY", keyCheckMode: "zero" })
        .payload["kcv"];
    const right = check();
    bench.break("K17");
    assert.notEqual(check(), right);
  },
  K18: () => {
    const bench = sealed("K18");
    assert.equal(bench.code, "noPin");
    bench.clear("K18");
    const entry = bench.send("pinpad", "Keyboard.DataEntry", DATA);
    bench.break("K18");
    bench.press("one", "enter");
    assert.equal(bench.answer(entry).code, undefined);
    for (let lost = 1; lost < REQUESTS_MAX; lost++) {
      bench.send("pinpad", "Keyboard.DataEntry", DATA);
      bench.clear("K18");
      bench.break("K18");
    }
    const after = bench.send("pinpad", "Keyboard.DataEntry", DATA);
    bench.press("one", "enter");
    assert.equal(bench.answer(after).code, "success", "what was forgotten fills no place");
  },
  K19: () => {
    const bench = sealed("K19");
    assert.equal(bench.code, "hardwareError");
    assert.equal(bench.status("pinpad")["common"]?.["device"], "noDevice");
    assert.equal(bench.status("pinpad")["keyManagement"]?.["encryptionState"], "notReady");
    takesNoKey(bench);
    assert.equal(bench.ask("pinpad", "Keyboard.PinEntry", PIN).code, "hardwareError");
  },
  K20: () => {
    const bench = sealed("K20");
    assert.equal(bench.code, "success");
  },
  K21: () => {
    const bench = sealed("K21");
    assert.equal(bench.code, "accessDenied");
    assert.equal(bench.ask("pinpad", "Crypto.GenerateRandom").code, "accessDenied");
    bench.clear("K21");
    bench.ask("pinpad", "KeyManagement.ImportKey", {
      key: "MACKEY",
      keyAttributes: { keyUsage: "M6", algorithm: "A" },
      value: btoa("0123456789abcdef"),
    });
    const data = btoa("something");
    const mac = { key: "MACKEY", data };
    const made = bench.ask("pinpad", "Crypto.GenerateAuthentication", mac).payload;
    const verify = { ...mac, verifyData: made["authenticationData"] };
    assert.equal(bench.ask("pinpad", "Crypto.VerifyAuthentication", verify).code, "success");
    bench.break("K21");
    assert.equal(bench.ask("pinpad", "Crypto.VerifyAuthentication", verify).code, "macInvalid");
  },
};

for (const { id, does } of KEYBOARD_FAULTS) {
  Deno.test(`fault ${id} on the wire: ${does.toLowerCase()}`, EXERCISES[id]);
}

Deno.test("keyboard: the layout has every digit once, the same places in every mode", () => {
  const bench = new FaultBench();
  const places = (entryMode: string) => {
    const { payload } = bench.ask("pinpad", "Keyboard.GetLayout", { entryMode });
    const [frame] =
      (payload["layout"] as Record<string, { keys: { key: string }[] }[]>)[entryMode]!;
    return new Map(frame!.keys.map(({ key, ...place }) => [key, JSON.stringify(place)]));
  };
  const [data, pin, secure] = ["data", "pin", "secure"].map(places);
  for (const digit of DIGITS) {
    assert.ok(data!.has(digit), digit);
    assert.equal(pin!.get(digit), data!.get(digit));
    assert.equal(secure!.get(digit), data!.get(digit));
  }
  assert.equal(pin!.has("oemX"), false);
  assert.ok(secure!.has("f"));
});

Deno.test("keyboard: every key of a layout can be asked for, and help is no digit", () => {
  const rest = { minLen: 4, keyLen: "number32" };
  for (
    const [entryMode, command] of [
      ["data", "Keyboard.DataEntry"],
      ["pin", "Keyboard.PinEntry"],
      ["secure", "Keyboard.SecureKeyEntry"],
    ] as const
  ) {
    const bench = new FaultBench();
    const { payload } = bench.ask("pinpad", "Keyboard.GetLayout", { entryMode });
    const layout = payload["layout"] as Record<string, { keys: { key: string }[] }[]>;
    const keys = layout[entryMode]!.flatMap((frame) => frame.keys.map(({ key }) => key));
    const activeKeys = Object.fromEntries(keys.map((key) => [key, { terminate: key === "enter" }]));
    const entry = bench.send("pinpad", command, { activeKeys, ...rest });
    assert.equal(bench.answer(entry).code, undefined, `${command} takes ${keys}`);
    bench.press("help");
    assert.deepEqual(bench.told("Keyboard.KeyEvent"), [{ completion: "help", digit: "help" }]);
    assert.equal(bench.state("pinpad")["entered"], 0);
  }
});

Deno.test("keyboard: a key typed by custodians is named by ImportKey, and no digit of it is told", () => {
  const bench = new FaultBench();
  const entry = bench.send("pinpad", "Keyboard.SecureKeyEntry", SECURE);
  bench.press(...Array(16).fill(["a", "one"]).flat(), "enter");
  const { code, payload } = bench.answer(entry);
  assert.deepEqual([code, payload["digits"]], ["success", 32]);
  assert.ok(bench.told("Keyboard.KeyEvent").slice(0, 32).every(({ digit }) => digit === undefined));
  const asked = {
    key: "TYPED",
    keyAttributes: { keyUsage: "D0", algorithm: "A" },
  };
  const wrong = { ...asked, verificationData: btoa("another one") };
  const refused = bench.ask("pinpad", "KeyManagement.ImportKey", wrong);
  assert.equal(refused.code, "signatureInvalid", "and the key is still there to be named");
  const imported = bench.ask("pinpad", "KeyManagement.ImportKey", asked);
  assert.equal(imported.payload["verificationData"], payload["kcv"]);
  const again = bench.ask("pinpad", "KeyManagement.ImportKey", { ...asked, key: "AGAIN" });
  assert.equal(again.code, "formatNotSupported", "what was typed is used once");
});

Deno.test("keyboard: a typed key without a name is gone with Reset, every key, tamper and power", () => {
  const ways: Record<string, (bench: FaultBench) => void> = {
    reset: (bench) => void bench.ask("pinpad", "Keyboard.Reset", {}),
    initialization: (bench) => void bench.ask("pinpad", "KeyManagement.Initialization", {}),
    tamper: (bench) => {
      bench.break("K11");
      bench.clear("K11");
    },
    power: (bench) => {
      bench.break("K18");
      bench.clear("K18");
    },
  };
  for (const [way, goes] of Object.entries(ways)) {
    const bench = new FaultBench();
    const entry = bench.send("pinpad", "Keyboard.SecureKeyEntry", SECURE);
    bench.press(...Array(16).fill(["a", "one"]).flat(), "enter");
    assert.equal(bench.answer(entry).code, "success", way);
    goes(bench);
    const { code } = bench.ask("pinpad", "KeyManagement.ImportKey", {
      key: "TYPED",
      keyAttributes: { keyUsage: "D0", algorithm: "A" },
    });
    assert.equal(code, "formatNotSupported", way);
  }
});

Deno.test("keyboard: beeps for keys, as KeypressBeep says", () => {
  const bench = new FaultBench();
  const beepsFor = (mode: object) => {
    bench.ask("pinpad", "Keyboard.KeypressBeep", { mode }, 0);
    const before = Number(bench.state("pinpad")["beeps"] ?? 0);
    const entry = bench.send("pinpad", "Keyboard.DataEntry", DATA);
    bench.press("one", "oemX");
    bench.ask("pinpad", "Common.Cancel", { requestIds: [entry] }, 0);
    return Number(bench.state("pinpad")["beeps"] ?? 0) - before;
  };
  assert.equal(beepsFor({ active: true, inactive: true }), 2);
  assert.equal(beepsFor({ active: true }), 1);
  assert.equal(beepsFor({}), 0);
  const autoBeepMode = { activeAvailable: false, inactiveAvailable: false };
  assert.deepEqual(bench.status("pinpad")["keyboard"], { autoBeepMode });
});
