import assert from "node:assert/strict";
import fc from "fast-check";
import { type CommandMessage, commands } from "../../core/xfs4iot/mod.ts";
import { createCashDispenser, createKeyboard, createPrinter } from "../../devices/mod.ts";
import { QUEUE_MAX } from "../../devices/service.ts";
import { Client, lobbyProfile, TestWorld } from "./surroundings.ts";

const NUMBER_KEYS = { one: {}, enter: { terminate: true } };

function keypad() {
  const world = new TestWorld();
  const device = createKeyboard(lobbyProfile(), world, { keys: {} });
  return { world, device, client: new Client(world, device) };
}

function raw(header: Record<string, unknown>, payload?: unknown): CommandMessage {
  return { header, ...(payload === undefined ? {} : { payload }) } as unknown as CommandMessage;
}

Deno.test("service: a command is acknowledged at once and completed once", () => {
  const { world, client } = keypad();
  client.send("PinPad.MaintainPin", { maintainPIN: false });
  world.pass(1_000);
  assert.deepEqual(client.log(), [
    "acknowledge PinPad.MaintainPin",
    "completion PinPad.MaintainPin",
  ]);
});

Deno.test("service: commands are carried out one after another, in the order they came", () => {
  const { world, client, device } = keypad();
  const first = client.send("Keyboard.DataEntry", { activeKeys: NUMBER_KEYS });
  const second = client.send("PinPad.Reset", {});
  world.pass(1_000);
  assert.equal(client.code(second), undefined);
  device.press("enter");
  assert.equal(client.code(first), "success");
  assert.equal(client.code(second), "success");
});

Deno.test("service: Status is answered beside a queue that waits", () => {
  const { client } = keypad();
  client.send("Keyboard.DataEntry", { activeKeys: NUMBER_KEYS });
  const status = client.send("Common.Status", {});
  assert.deepEqual(client.completion(status)?.payload, {
    common: { device: "online", antiFraudModule: "ok" },
    keyboard: {},
    keyManagement: { encryptionState: "notInitialized" },
  });
});

Deno.test("service: a payload that does not fit names the field in invalidData", () => {
  const { device, client } = keypad();
  device.receive(
    raw({ type: "command", name: "PinPad.MaintainPin", version: "2.0", requestId: 5 }, {
      maintainPIN: "yes",
    }),
  );
  const header = client.completion(5)?.header;
  assert.equal(header?.completionCode, "invalidData");
  assert.match(header?.errorDescription ?? "", /^payload\.maintainPIN: /);
});

Deno.test("service: what a device does not know is an unsupportedCommand", () => {
  const { device, client } = keypad();
  device.receive(
    raw({ type: "command", name: "PinPad.PresentIDC", version: "2.0", requestId: 1 }),
  );
  device.receive(raw({ type: "command", name: "PinPad.Reset", version: "9.0", requestId: 2 }));
  device.receive(raw({ type: "command", name: "PinPad.Reset", version: "2.7", requestId: 3 }));
  assert.equal(client.code(1), "unsupportedCommand");
  assert.equal(client.code(2), "unsupportedCommand");
  assert.equal(client.code(3), "success");
});

Deno.test("service: the acknowledge refuses what is no request, and nothing follows", () => {
  const { device, world } = keypad();
  const refused = [
    [{ type: "command", name: "PinPad.Reset", version: "2.0", requestId: 0 }, "invalidRequestID"],
    [{ type: "command", name: "PinPad.Reset", version: "2.0", requestId: 1.5 }, "invalidRequestID"],
    [{ type: "command", name: "no name", version: "2.0", requestId: 1 }, "invalidMessage"],
    [{ type: "command", name: "PinPad.Reset", version: "two", requestId: 1 }, "invalidMessage"],
    [
      { type: "command", name: "PinPad.Reset", version: "2.0", requestId: 1, timeout: -1 },
      "invalidMessage",
    ],
  ] as const;
  for (const [header, status] of refused) {
    // What cannot even be echoed as an envelope is written down here without the schema.
    const heard: unknown[] = [];
    world.send = (message) => heard.push(message.header);
    device.receive(raw(header));
    world.pass(1_000);
    const { name, version, requestId } = header;
    assert.deepEqual(heard, [{ type: "acknowledge", name, version, requestId, status }]);
  }
});

Deno.test("service: a request id in use is refused until its request is completed", () => {
  const { device, world, client } = keypad();
  const entry = raw(
    { type: "command", name: "Keyboard.DataEntry", version: "2.0", requestId: 9 },
    { activeKeys: NUMBER_KEYS },
  );
  device.receive(entry);
  device.receive(entry);
  assert.equal(client.log().filter((line) => line.startsWith("acknowledge")).length, 2);
  const [, second] = world.messages.filter(({ header }) => header.type === "acknowledge");
  assert.equal((second?.header as { status?: string }).status, "invalidRequestID");
  device.press("enter");
  device.receive(entry);
  assert.equal(client.told("Keyboard.EnterDataEvent").length, 2);
});

Deno.test("service: a full queue answers tooManyRequests", () => {
  const { client, world } = keypad();
  client.send("Keyboard.DataEntry", { activeKeys: NUMBER_KEYS });
  for (let n = 0; n < QUEUE_MAX; n++) client.send("PinPad.Reset", {});
  const statuses = world.messages.map(({ header }) => "status" in header ? header.status : null)
    .filter((status) => status !== null);
  assert.deepEqual(statuses, ["tooManyRequests"]);
});

Deno.test("service: Cancel completes first, then its victims as canceled", () => {
  const { client, world } = keypad();
  const entry = client.send("Keyboard.DataEntry", { activeKeys: NUMBER_KEYS });
  const waiting = client.send("PinPad.Reset", {});
  const other = client.send("PinPad.MaintainPin", { maintainPIN: true });
  const cancel = client.send("Common.Cancel", { requestIds: [entry, waiting] });
  assert.equal(client.code(entry), "canceled");
  assert.equal(client.code(waiting), "canceled");
  assert.equal(client.code(other), "success");
  const completed = world.messages.filter(({ header }) => header.type === "completion")
    .map(({ header }) => "requestId" in header ? header.requestId : 0);
  assert.equal(completed[0], cancel);
});

Deno.test("service: Cancel that hits nothing says so", () => {
  const { client } = keypad();
  assert.equal(client.ask("Common.Cancel", {}).code, "noMatchingRequestIDs");
  assert.equal(client.ask("Common.Cancel", { requestIds: [77] }).code, "noMatchingRequestIDs");
});

Deno.test("service: a timeout ends a request, waiting or running, at its moment", () => {
  const { client, world } = keypad();
  const running = client.send("Keyboard.DataEntry", { activeKeys: NUMBER_KEYS }, 5_000);
  const waiting = client.send("PinPad.Reset", {}, 3_000);
  world.pass(2_999);
  assert.equal(client.code(waiting), undefined);
  world.pass(1);
  assert.equal(client.code(waiting), "timeOut");
  world.pass(2_000);
  assert.equal(client.code(running), "timeOut");
});

Deno.test("service: notes on their way are neither cancelled nor timed out", () => {
  const world = new TestWorld();
  const client = new Client(world, createCashDispenser(lobbyProfile(), world));
  const dispense = client.send("CashDispenser.Dispense", {
    denomination: { denomination: { service: { currencies: { CNY: 500 }, mix: "mix1" } } },
  }, 100);
  world.pass(500);
  client.send("Common.Cancel", {});
  world.pass(5_000);
  assert.equal(client.code(dispense), "success");
});

Deno.test("service: a change of status is told with what changed and nothing else", () => {
  const world = new TestWorld();
  const device = createPrinter(lobbyProfile(), world);
  const client = new Client(world, device);
  device.fault("P2", true);
  assert.deepEqual(client.told("Common.StatusChangedEvent"), [
    { printer: { paper: { upper: "out" } } },
  ]);
});

Deno.test("service: whatever is sent, each request is acknowledged and completed once", () => {
  const payload = fc.oneof(
    fc.constant({}),
    fc.record({ activeKeys: fc.constant(NUMBER_KEYS), minLen: fc.nat(14), maxLen: fc.nat(14) }),
    fc.record({ denomination: fc.object({ maxDepth: 4 }), position: fc.string() }),
    fc.record({ requestIds: fc.array(fc.nat(9)) }),
    fc.anything(),
  );
  const hostile = fc.record({
    name: fc.constantFrom(...Object.keys(commands)),
    version: fc.constantFrom("2.0", "3.0", "1.0"),
    timeout: fc.constantFrom(0, 40, 2_000),
    payload,
  });
  fc.assert(fc.property(fc.array(hostile, { maxLength: 40 }), (sent) => {
    const profile = lobbyProfile();
    for (const create of [createCashDispenser, createPrinter]) {
      const world = new TestWorld();
      const device = create(profile, world);
      sent.forEach(({ payload, ...header }, n) => {
        device.receive(raw({ type: "command", requestId: n + 1, ...header }, payload));
        world.pass(30);
      });
      world.pass(600_000);
      const acknowledged = world.messages.filter(({ header }) => header.type === "acknowledge");
      assert.equal(acknowledged.length, sent.length);
      const accepted = acknowledged.filter(({ header }) => !("status" in header))
        .map(({ header }) => "requestId" in header ? header.requestId : 0);
      const completed = world.messages.filter(({ header }) => header.type === "completion")
        .map(({ header }) => "requestId" in header ? header.requestId : 0);
      assert.deepEqual(completed.sort(), accepted.sort());
    }
  }));
});

Deno.test("service: the state of a transaction is kept, at once and beside the queue", () => {
  const { client, device } = keypad();
  const ask = () => client.ask("Common.GetTransactionState", {}).payload;
  assert.deepEqual(ask(), { state: "inactive" });
  const active = { state: "active", transactionID: "000042" } as const;
  client.ask("Common.SetTransactionState", active);
  assert.deepEqual(ask(), active);
  device.powerCut();
  assert.deepEqual(ask(), { state: "inactive" }, "whoever said so is gone with the power");
});
