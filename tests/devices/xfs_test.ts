/** Strangers at the wire: none of them can speak for another, harm another, or stay unheard. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultScene, render, shotHashes } from "../../devices/camera/mod.ts";
import { createCamera, createCashDispenser, createKeyboard } from "../../devices/mod.ts";
import {
  createPublisher,
  Endpoint,
  JSON_DEPTH_MAX,
  MESSAGE_BYTES_MAX,
  REQUESTS_MAX,
  UNREAD_BYTES_MAX,
} from "../../devices/xfs/mod.ts";
import { onTheWire, WireClient } from "./xfs_wire.ts";

const ENTRY = { activeKeys: { one: {}, enter: { terminate: true } } };

function keypad() {
  return onTheWire((profile, surroundings) => createKeyboard(profile, surroundings, { keys: {} }));
}

Deno.test("wire: two clients may use the same requestId, and each hears of its own", () => {
  const { device, connect } = keypad();
  const [one, two] = [connect(), connect()];
  one.command("Keyboard.DataEntry", 7, ENTRY);
  two.command("Keyboard.Reset", 7);
  device.press("one");
  device.press("enter");
  assert.deepEqual(one.log(), [
    "acknowledge Keyboard.DataEntry 7",
    "event Keyboard.EnterDataEvent 7",
    "event Keyboard.KeyEvent 7",
    "event Keyboard.KeyEvent 7",
    "completion Keyboard.DataEntry 7 success",
  ]);
  assert.deepEqual(two.log(), [
    "acknowledge Keyboard.Reset 7",
    "completion Keyboard.Reset 7 success",
  ]);
});

Deno.test("wire: a requestId is refused while it is open, and may be used again after", () => {
  const { device, connect } = keypad();
  const client = connect();
  client.command("Keyboard.DataEntry", 7, ENTRY);
  client.command("Common.Status", 7);
  assert.equal(client.log().at(-1), "acknowledge Common.Status 7 invalidRequestID");
  device.press("enter");
  client.command("Common.Status", 7);
  assert.equal(client.code(7), "success");
});

Deno.test("wire: Cancel reaches the requests of its own connection, and no other", () => {
  const { device, connect } = keypad();
  const [one, two] = [connect(), connect()];
  one.command("Keyboard.DataEntry", 1, ENTRY);
  two.command("Keyboard.DataEntry", 1, ENTRY);
  two.command("Keyboard.DataEntry", 2, ENTRY);
  two.command("Common.Cancel", 3);
  assert.deepEqual([two.code(3), two.code(1), two.code(2)], ["success", "canceled", "canceled"]);
  two.command("Common.Cancel", 4, { requestIds: [1] });
  assert.equal(two.code(4), "commandErrorCode");
  assert.equal(one.code(1), undefined);
  device.press("enter");
  assert.equal(one.code(1), "success");
});

Deno.test("wire: Cancel of some leaves the others", () => {
  const { connect } = keypad();
  const client = connect();
  for (const id of [1, 2, 3]) client.command("Keyboard.DataEntry", id, ENTRY);
  client.command("Common.Cancel", 9, { requestIds: [2, 77] });
  assert.deepEqual([client.code(1), client.code(2), client.code(3)], [
    undefined,
    "canceled",
    undefined,
  ]);
});

Deno.test("wire: who leaves cancels what they asked, and the next one's turn comes", () => {
  const { world, device, connect } = keypad();
  const [gone, stays] = [connect(), connect()];
  gone.command("Keyboard.DataEntry", 1, ENTRY);
  gone.command("Keyboard.DataEntry", 2, ENTRY);
  stays.command("Keyboard.DataEntry", 1, ENTRY);
  const heard = gone.messages.length;
  gone.connection.closed();
  world.pass(1);
  assert.equal(gone.messages.length, heard, "nothing is said to who is gone");
  device.press("one");
  device.press("enter");
  assert.equal(stays.code(1), "success");
});

Deno.test("wire: cash on its way is not stopped by a client that leaves", () => {
  const { world, device, connect } = onTheWire(createCashDispenser);
  const [gone, stays] = [connect(), connect()];
  const denomination = { service: { currencies: { CNY: 300 }, mix: "mix1" } };
  gone.command("CashDispenser.Dispense", 1, { denomination: { denomination } }, { version: "3.0" });
  world.pass(500);
  gone.connection.closed();
  world.pass(60_000);
  stays.command("CashDispenser.Present", 1);
  world.pass(60_000);
  assert.equal(stays.code(1), "success");
  assert.equal(device.take("all"), 300);
  assert(stays.log().includes("unsolicited CashManagement.ItemsTakenEvent"));
});

Deno.test("wire: what is nobody's is told to everybody who is there", () => {
  const { device, connect } = keypad();
  const [one, two, gone] = [connect(), connect(), connect()];
  gone.connection.closed();
  device.fault("K11", true);
  for (const client of [one, two]) {
    assert.deepEqual(client.log(), [
      "unsolicited Common.ErrorEvent",
      "unsolicited Common.StatusChangedEvent",
    ]);
  }
  assert.deepEqual(gone.log(), []);
});

const HEADER = { type: "command", name: "Common.Status", version: "2.0", requestId: 5 };
const DEEP = "[".repeat(JSON_DEPTH_MAX + 1) + "]".repeat(JSON_DEPTH_MAX + 1);

Deno.test.each([
  ["a binary frame", new ArrayBuffer(8), 1003],
  ["a huge message", JSON.stringify({ header: HEADER, x: "x".repeat(MESSAGE_BYTES_MAX) }), 1009],
  ["one of wide characters", `"${"寿".repeat(MESSAGE_BYTES_MAX / 3)}"`, 1009],
  ["a deep message", `{"header":${JSON.stringify(HEADER)},"payload":{"x":${DEEP}}}`, 1007],
  ["no JSON", "{header:", 1007],
  ["an empty frame", "", 1007],
  ["a list", "[]", 1007],
  ["no header", "{}", 1007],
  ["a header without a name", '{"header":{"type":"command","requestId":1}}', 1007],
])("wire: %s closes its connection and says why, and nobody else notices", (_what, frame, code) => {
  const { device, connect } = keypad();
  const [hostile, working] = [connect(), connect()];
  working.command("Keyboard.DataEntry", 1, ENTRY);
  hostile.connection.receive(frame);
  assert.equal(hostile.closing?.code, code);
  assert(hostile.closing.reason.length > 0 && hostile.closing.reason.length < 124);
  hostile.connection.receive(JSON.stringify({ header: HEADER }));
  assert.deepEqual(hostile.messages, [], "nothing follows");
  device.press("enter");
  assert.equal(working.code(1), "success");
});

Deno.test.each([
  ["an event", { ...HEADER, type: "event" }, "invalidMessage"],
  ["a version that is none", { ...HEADER, version: "two" }, "invalidMessage"],
  ["no version", { ...HEADER, version: undefined }, "invalidMessage"],
  ["a name that is none", { ...HEADER, name: "Status" }, "invalidMessage"],
  ["requestId 0", { ...HEADER, requestId: 0 }, "invalidRequestID"],
  ["half a requestId", { ...HEADER, requestId: 1.5 }, "invalidRequestID"],
  ["no requestId", { ...HEADER, requestId: undefined }, "invalidRequestID"],
  ["a requestId in letters", { ...HEADER, requestId: "5" }, "invalidRequestID"],
])("wire: %s is refused in its acknowledge, and the connection stays", (_what, header, status) => {
  const { connect } = keypad();
  const client = connect();
  client.connection.receive(JSON.stringify({ header }));
  assert.equal(client.messages.length, 1);
  assert.equal((client.messages[0]!.header as { status?: string }).status, status);
  client.command("Common.Status", 6);
  assert.equal(client.code(6), "success");
});

Deno.test("wire: what is echoed in an acknowledge is short, and a number that is one", () => {
  const { connect } = keypad();
  const client = connect();
  const version = "2".repeat(1_000);
  client.connection.receive(JSON.stringify({ header: { ...HEADER, version } }));
  client.connection.receive(
    '{"header":{"type":"command","name":"Common.Status","version":"2.0","requestId":1e999}}',
  );
  assert.deepEqual(client.messages.map(({ header }) => header), [
    { type: "acknowledge", name: "Common.Status", requestId: 5, status: "invalidMessage" },
    { type: "acknowledge", name: "Common.Status", version: "2.0", status: "invalidRequestID" },
  ]);
});

Deno.test("wire: an unknown command is acknowledged, and completed as unsupportedCommand", () => {
  const { connect } = keypad();
  const client = connect();
  client.command("CardReader.ReadRawData", 1);
  client.command("PinPad.PresentIDC", 2);
  client.command("Keyboard.Reset", 3, undefined, { version: "9.0" });
  assert.deepEqual([1, 2, 3].map((id) => client.code(id)), Array(3).fill("unsupportedCommand"));
});

Deno.test("wire: members that are null are absent, at any depth", () => {
  const { device, connect } = keypad();
  const client = connect();
  client.command("Common.Status", 1, null, { timeout: null });
  client.command("Keyboard.DataEntry", 2, {
    maxLen: null,
    activeKeys: { enter: { terminate: true }, one: { terminate: null }, two: null },
  });
  device.press("two");
  device.press("enter");
  assert.deepEqual([client.code(1), client.code(2)], ["success", "success"]);
});

Deno.test("wire: members of tomorrow are left aside, in the header and at any depth", () => {
  const { device, connect } = keypad();
  const client = connect();
  client.command("Common.Status", 1, { tomorrow: {} }, { priority: 1 });
  client.command("Keyboard.DataEntry", 2, {
    tomorrow: [{}],
    activeKeys: { enter: { terminate: true, tomorrow: 1 } },
  });
  device.press("enter");
  assert.deepEqual([client.code(1), client.code(2)], ["success", "success"]);
});

Deno.test("wire: a timeout beyond all counting waits, and harms nobody", () => {
  const { world, device, connect } = keypad();
  const client = connect();
  client.command("Keyboard.DataEntry", 1, ENTRY, { timeout: Number.MAX_SAFE_INTEGER });
  world.pass(60_000);
  device.press("enter");
  assert.equal(client.code(1), "success");
});

Deno.test("wire: one client that floods leaves room in the queue for the others", () => {
  const { device, connect } = keypad();
  const [flood, other] = [connect(), connect()];
  for (let id = 1; id <= 100; id++) flood.command("Keyboard.DataEntry", id, ENTRY);
  assert.equal(flood.log().at(-1), "acknowledge Keyboard.DataEntry 100 tooManyRequests");
  assert.equal(flood.log().filter((line) => /DataEntry \d+$/.test(line)).length, REQUESTS_MAX);
  other.command("Keyboard.Reset", 1);
  flood.command("Common.Cancel", 101);
  assert.equal(flood.code(101), "success", "who has flooded can still cancel");
  assert.equal(other.code(1), "success");
  assert.equal((device.state() as { mode: string }).mode, "idle");
});

Deno.test("wire: a client that never reads is let go in the middle of an entry, and only it", () => {
  const { world, device, connect } = keypad();
  const [deaf, other] = [connect(), connect()];
  deaf.command("Keyboard.DataEntry", 1, ENTRY);
  deaf.unread = UNREAD_BYTES_MAX - 100;
  other.command("Keyboard.DataEntry", 1, ENTRY);
  device.press("one"); // the KeyEvent does not fit any more
  assert.equal(deaf.closing?.code, 1008);
  device.press("enter"); // before the cancel came: the entry ends by itself
  world.pass(1);
  assert.equal(other.code(1), undefined);
  device.press("enter");
  assert.equal(other.code(1), "success");
});

Deno.test("wire: a client lost by the very message that ends its entry harms no handler", () => {
  const { world, device, connect } = keypad();
  const [deaf, other] = [connect(), connect()];
  deaf.command("Keyboard.DataEntry", 1, ENTRY);
  deaf.unread = UNREAD_BYTES_MAX;
  device.press("enter");
  world.pass(1);
  assert.equal(deaf.closing?.code, 1008);
  other.command("Keyboard.Reset", 1);
  assert.equal(other.code(1), "success");
});

Deno.test("wire: a picture comes as it is, not as a reference", () => {
  const { world, connect } = onTheWire(
    (profile, surroundings) =>
      createCamera(profile, surroundings, {
        sceneAt: () => defaultScene(null),
        render,
        hashes: shotHashes,
        exposed: () => {},
      }),
    (reference) => btoa(reference),
  );
  const client = connect();
  client.command("Camera.TakePicture", 1, { camera: "rgb" });
  world.pass(1_000);
  const last = client.messages.at(-1)!;
  const { pictureFile } = ("payload" in last ? last.payload : undefined) as { pictureFile: string };
  assert.match(atob(pictureFile), /^sha256:[0-9a-f]{64}$/);
});

Deno.test("wire: SetVersions is in the capabilities, and knows every message that is", () => {
  const { endpoint, connect } = keypad();
  const interfaces = endpoint.capabilities()?.interfaces ?? [];
  assert.deepEqual(interfaces[0]?.commands?.["Common.SetVersions"], { versions: ["2.0"] });
  const majors = (kind: "commands" | "events") =>
    Object.fromEntries(
      interfaces.flatMap((each) => Object.entries(each[kind] ?? {})).map((
        [name, { versions }],
      ) => [name, Number(versions[0]!.split(".")[0])]),
    );
  const client = connect();
  client.command("Common.SetVersions", 1, {
    commands: majors("commands"),
    events: majors("events"),
  });
  client.command("Common.SetVersions", 2, { events: { "Keyboard.KeyEvent": 3 } });
  client.command("Common.SetVersions", 3, { commands: { "Keyboard.Reset": "2" } });
  client.command("Common.SetVersions", 4, {}, { version: "3.0" });
  assert.deepEqual([1, 2, 3, 4].map((id) => client.code(id)), [
    "success",
    "invalidData",
    "invalidData",
    "unsupportedCommand",
  ]);
});

Deno.test("wire: when the power is cut every connection drops, and nothing is finished afterwards", () => {
  const { world, device, endpoint, connect } = keypad();
  const [one, two] = [connect(), connect()];
  one.command("Keyboard.DataEntry", 1, ENTRY);
  const heard = one.messages.length;
  endpoint.drop();
  device.powerCut();
  assert.deepEqual([one.closing?.code, two.closing?.code], [1001, 1001]);
  world.pass(60_000);
  assert.equal(one.messages.length, heard, "no completion comes out of the dark");
  const back = connect();
  back.command("Common.Status", 1);
  assert.equal(back.code(1), "success");
});

Deno.test("publisher: names every service, and does nothing else", () => {
  const uris = ["ws://127.0.0.1:5846/xfs4iot/v1.0/camera"];
  const publisher: Endpoint = new Endpoint(
    createPublisher(() => uris, (message) => publisher.deliver(message)),
    { picture: (reference) => reference, soon: (task) => task() },
  );
  const client = new WireClient(publisher);
  client.command("ServicePublisher.GetServices", 1);
  const last = client.messages.at(-1)!;
  assert.deepEqual("payload" in last && last.payload, {
    vendorName: "atm-twin",
    services: [{ serviceURI: uris[0] }],
  });
  client.command("Common.Status", 2);
  client.command("Common.SetVersions", 3, {});
  client.command("ServicePublisher.GetServices", 4, { please: true });
  client.command("ServicePublisher.GetServices", 5, undefined, { version: "1.0" });
  assert.deepEqual([2, 3, 4, 5].map((id) => client.code(id)), [
    "unsupportedCommand",
    "unsupportedCommand",
    "success",
    "unsupportedCommand",
  ]);
});

Deno.test("wire: whatever is sent, what comes back fits its schema and no note moves", () => {
  const { device, world, endpoint } = onTheWire(createCashDispenser);
  const before = JSON.stringify(device.state());
  const header = fc.record({
    type: fc.constantFrom<unknown>("command", "event", 1, null),
    name: fc.constantFrom<unknown>(
      "Common.Cancel",
      "Common.SetVersions",
      "Common.Capabilities",
      "CashDispenser.Dispense",
      "CashManagement.Retract",
      "Storage.GetStorage",
      "a",
      {},
    ),
    version: fc.constantFrom<unknown>("2.0", "3.0", "1", undefined),
    requestId: fc.oneof<fc.Arbitrary<unknown>[]>(fc.integer({ min: -2, max: 40 }), fc.string()),
    timeout: fc.oneof<fc.Arbitrary<unknown>[]>(fc.constant(undefined), fc.maxSafeNat()),
  }, { requiredKeys: [] });
  const frame = fc.oneof(
    fc.record({ header, payload: fc.jsonValue() }).map((message) => JSON.stringify(message)),
    fc.json(),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
      const client = new WireClient(endpoint);
      for (const each of frames) client.connection.receive(each);
      client.connection.closed();
      world.pass(1);
      world.messages.length = 0;
    }),
    { numRuns: 1_000 },
  );
  world.pass(60_000);
  assert.equal(JSON.stringify(device.state()), before);
});
