import assert from "node:assert/strict";
import * as z from "zod";
import {
  acknowledge,
  command,
  completion,
  type CompletionMessage,
  countNotes,
  event,
  fromBase64,
  isMessage,
  knownPart,
  payloadOf,
  problemOf,
  readCommand,
  refusal,
  toBase64,
  unsolicited,
} from "../../core/xfs4iot/mod.ts";

const picture = command("Camera.TakePicture", 7, { camera: "nir" }, 5_000);
const reference = `sha256:${"0a".repeat(32)}`;

Deno.test("xfs4iot: a command has the envelope of the 2024-3 generation", () => {
  assert.deepEqual(picture, {
    header: {
      type: "command",
      name: "Camera.TakePicture",
      version: "2.0",
      requestId: 7,
      timeout: 5_000,
    },
    payload: { camera: "nir" },
  });
});

Deno.test("xfs4iot: a payload that says nothing is left out", () => {
  assert.deepEqual(Object.keys(command("PinPad.Reset", 1, {})), ["header"]);
  assert.deepEqual(Object.keys(completion(command("PinPad.Reset", 1, {}), "success")), ["header"]);
});

Deno.test("xfs4iot: an acknowledge has a status only when it refuses", () => {
  assert.equal("status" in acknowledge(picture).header, false);
  assert.equal(acknowledge(picture, "tooManyRequests").header.status, "tooManyRequests");
});

Deno.test("xfs4iot: a completion has its own version, and its code in the header", () => {
  const done = completion(picture, "success", { pictureFile: reference });
  assert.deepEqual(done, {
    header: {
      type: "completion",
      name: "Camera.TakePicture",
      version: "3.0",
      requestId: 7,
      completionCode: "success",
    },
    payload: { pictureFile: reference },
  });
});

Deno.test("xfs4iot: an errorCode goes with commandErrorCode and with nothing else", () => {
  const errorCode = "cameraInoperable" as const;
  assert.equal(problemOf(completion(picture, "commandErrorCode", { errorCode })), null);
  assert.throws(() => completion(picture, "success", { errorCode }), /errorCode exactly when/);
  assert.throws(() => completion(picture, "commandErrorCode", {}), /errorCode exactly when/);
});

Deno.test("xfs4iot: making a message that does not fit its schema is a bug", () => {
  const wrong = { camera: "periscope" } as unknown as { camera: "rgb" };
  assert.throws(() => command("Camera.TakePicture", 1, wrong), /payload\.camera/);
  const badFile = { pictureFile: "not base64!" };
  assert.throws(() => completion(picture, "success", badFile), /payload\.pictureFile/);
});

Deno.test("xfs4iot: events belong to a request, unsolicited ones to none", () => {
  const key = event(picture, "Keyboard.KeyEvent", { completion: "continue" });
  assert.deepEqual(key.header, {
    type: "event",
    name: "Keyboard.KeyEvent",
    version: "2.0",
    requestId: 7,
  });
  const taken = unsolicited("CashManagement.ItemsTakenEvent", { position: "outCenter" });
  assert.deepEqual(taken.header, {
    type: "unsolicited",
    name: "CashManagement.ItemsTakenEvent",
    version: "2.0",
  });
});

Deno.test("xfs4iot: a message is read by name and type", () => {
  const done = completion(picture, "success", { pictureFile: reference });
  assert.equal(isMessage(done, "Camera.TakePicture", "completion"), true);
  assert.equal(isMessage(done, "Camera.TakePicture", "command"), false);
  assert.equal(payloadOf(done, "Camera.TakePicture", "completion").pictureFile, reference);
  assert.throws(() => payloadOf(done, "Camera.Reset", "completion"), /is a Camera\.Reset/);
});

Deno.test("xfs4iot: what came from outside is judged in one line", () => {
  const done = completion(picture, "success", { pictureFile: reference });
  const altered = (change: object): CompletionMessage => ({ ...done, ...change });
  assert.equal(problemOf(done), null);
  assert.match(
    problemOf(altered({ payload: { pictureFile: 7 } })) ?? "",
    /^payload\.pictureFile: /,
  );
  assert.match(problemOf(altered({ payload: { colour: 1 } })) ?? "", /colour/);
  const header = { ...done.header, completionCode: "fine" };
  assert.match(problemOf(altered({ header })) ?? "", /^header\.completionCode: /);
  const unknown = { ...done.header, name: "Camera.Juggle" };
  assert.match(problemOf(altered({ header: unknown })) ?? "", /unknown name/);
  const stranger = { header: { ...picture.header, name: "Camera.Juggle" } };
  assert.equal(problemOf(refusal(stranger, "unsupportedCommand")), null);
});

Deno.test("xfs4iot: the application counts the notes or the device does, not both", () => {
  const ask = (denomination: object) =>
    command("CashDispenser.Denominate", 1, { request: { denomination } });
  assert.doesNotThrow(() => ask({ app: { counts: { unit1: 2 } } }));
  assert.throws(() => ask({ app: {}, service: {} }), /exactly one of app and service/);
  assert.throws(() => ask({}), /exactly one of app and service/);
});

Deno.test("xfs4iot: a retract names a position or an area, not both", () => {
  const ask = (location: object) => command("CashManagement.Retract", 1, { location });
  assert.doesNotThrow(() => ask({ retractArea: "retract", index: 1 }));
  assert.throws(
    () => ask({ outputPosition: "outCenter", retractArea: "retract" }),
    /must not have both/,
  );
});

Deno.test("xfs4iot: counts are by note type; only unrecognised ones are a bare number", () => {
  const said = (fit: unknown) =>
    problemOf(unsolicited("Storage.CountsChangedEvent", {
      unit1: { cash: { status: { in: { rejected: fit as Record<string, number> } } } },
    }));
  assert.equal(said({ typeCNY100: { fit: 3 }, unrecognized: 1 }), null);
  assert.throws(() => said({ typeCNY100: 3 }), /bare number/);
  assert.equal(countNotes({ typeCNY100: { fit: 3, suspect: 1 }, unrecognized: 2 }), 6);
});

Deno.test("xfs4iot: an unknown member is left aside at any depth, and a wrong one is named", () => {
  const sent = (payload: Record<string, unknown>, version = "3.0") =>
    readCommand({
      header: { type: "command", name: "CashDispenser.Denominate", version, requestId: 1 },
      payload,
    });
  const service = { currencies: { CNY: 100 }, mix: "mix1" };
  const read = sent({
    request: { denomination: { service: { ...service, tomorrow: [1] } }, tomorrow: 1 },
    tomorrow: { a: 1 },
  }, "3.7");
  assert.deepEqual(read, { ok: true, payload: { request: { denomination: { service } } } });
  const wrong = sent({ tomorrow: 1, request: { denomination: { service: { mix: "1" } } } });
  assert.match(
    wrong.ok ? "" : wrong.refusal.header.errorDescription!,
    /request\.denomination.*mix/,
  );
});

Deno.test("xfs4iot: a message is gone through as often, however many unknown members it has", () => {
  const goings = (unknown: number): number => {
    let times = 0;
    const key = z.strictObject({ terminate: z.boolean().optional() });
    const schema = z.strictObject({
      minLen: z.number().refine(() => ++times > 0),
      activeKeys: z.record(z.string(), key),
    });
    const keys = Array.from({ length: unknown }, (_, i) => [`oem${i}`, { [`tomorrow${i}`]: 1 }]);
    const known = knownPart(schema, { minLen: 4, activeKeys: Object.fromEntries(keys) });
    assert.equal(schema.safeParse(known).success, true);
    return times;
  };
  assert.equal(goings(1_600), goings(1));
});

Deno.test("xfs4iot: the spelling traps of the standard are kept", () => {
  const entry = command("Keyboard.DataEntry", 1, {});
  const keys = completion(entry, "commandErrorCode", { errorCode: "noActivekeys" });
  assert.equal(problemOf(keys), null);
  const maintained = command("PinPad.MaintainPin", 1, { maintainPIN: true });
  assert.equal(problemOf(maintained), null);
});

Deno.test("xfs4iot: base64 survives the round trip", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
});
