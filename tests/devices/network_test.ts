import assert from "node:assert/strict";
import fc from "fast-check";
import type { Iso8583Message, Mti } from "../../core/iso8583/mod.ts";
import { createLink } from "../../devices/mod.ts";
import { lobbyProfile, TestWorld } from "./surroundings.ts";

function message(mti: Mti, stan = "000001"): Iso8583Message {
  return { mti, fields: { 11: stan } };
}

function link(loss = 0) {
  const world = new TestWorld();
  const profile = lobbyProfile();
  profile.network.loss = loss;
  const lost: string[] = [];
  const arrived: { mti: string; at_ms: number; stan: string }[] = [];
  const device = createLink(profile, world, {
    lost: (gone, direction) => lost.push(`${gone.mti} ${direction}`),
  });
  const deliver = (got: Iso8583Message) => {
    arrived.push({ mti: got.mti, at_ms: world.now() / 1_000, stan: got.fields[11] ?? "" });
  };
  return { world, device, lost, arrived, deliver };
}

Deno.test("network: a message arrives after the latency of the profile", () => {
  const { world, device, arrived, deliver } = link();
  device.toBank(message("0200"), deliver);
  world.pass(44);
  assert.equal(arrived.length, 0);
  world.pass(92);
  assert.equal(arrived.length, 1);
});

Deno.test("network: no message overtakes another of its direction", () => {
  const { world, device, arrived, deliver } = link();
  for (let n = 1; n <= 50; n++) device.toBank(message("0100", String(n)), deliver);
  world.pass(1_000);
  assert.deepEqual(
    arrived.map(({ stan }) => Number(stan)),
    Array.from({ length: 50 }, (_, i) => i + 1),
  );
});

Deno.test("network: cutting the line loses what is on its way, in both directions", () => {
  const { world, device, arrived, deliver, lost } = link();
  device.toBank(message("0200"), deliver);
  device.toAtm(message("0110"), deliver);
  device.cut(true);
  device.toBank(message("0420"), deliver);
  world.pass(1_000);
  assert.deepEqual(lost, ["0200 to_bank", "0110 to_atm", "0420 to_bank"]);
  device.cut(false);
  device.toBank(message("0421"), deliver);
  world.pass(1_000);
  assert.deepEqual(arrived.map(({ mti }) => mti), ["0421"]);
});

Deno.test("network: N3, what the machine sends never leaves; answers still come", () => {
  const { world, device, arrived, deliver, lost } = link();
  device.fault("N3", true);
  device.toBank(message("0200"), deliver);
  device.toAtm(message("0110"), deliver);
  world.pass(1_000);
  assert.deepEqual(lost, ["0200 to_bank"]);
  assert.deepEqual(arrived.map(({ mti }) => mti), ["0110"]);
});

Deno.test("network: N4, the request arrives, the answer does not, and the line stays dead", () => {
  const { world, device, arrived, deliver, lost } = link();
  device.fault("N4", true);
  device.toBank(message("0200"), deliver);
  world.pass(1_000);
  device.toAtm(message("0210"), deliver);
  device.toBank(message("0420"), deliver);
  world.pass(1_000);
  assert.deepEqual(lost, ["0210 to_atm", "0420 to_bank"]);
  assert.equal(device.state()["up"], false);
  device.fault("N4", false);
  device.toBank(message("0421"), deliver);
  world.pass(1_000);
  assert.deepEqual(arrived.map(({ mti }) => mti), ["0200", "0421"]);
});

Deno.test("network: N4 begun while the answer is on its way kills it too", () => {
  const { world, device, arrived, deliver, lost } = link();
  device.toAtm(message("0210"), deliver);
  device.fault("N4", true);
  world.pass(1_000);
  assert.deepEqual(lost, ["0210 to_atm"]);
  assert.deepEqual(arrived, []);
});

Deno.test("network: N5, an answer comes late and holds nothing else up", () => {
  const { world, device, arrived, deliver } = link();
  device.fault("N5", true);
  device.toAtm(message("0210"), deliver);
  device.toAtm(message("0430"), deliver);
  world.pass(60_000);
  assert.deepEqual(arrived.map(({ mti }) => mti), ["0430", "0210"]);
  assert((arrived[1]?.at_ms ?? 0) >= 25_000);
});

Deno.test("network: N12, acknowledgements of reversals are lost and nothing else", () => {
  const { world, device, arrived, deliver, lost } = link();
  device.fault("N12", true);
  device.toAtm(message("0430"), deliver);
  device.toAtm(message("0210"), deliver);
  world.pass(1_000);
  assert.deepEqual(lost, ["0430 to_atm"]);
  assert.deepEqual(arrived.map(({ mti }) => mti), ["0210"]);
});

Deno.test("network: every message is delivered or told as lost, once, and in order", () => {
  const step = fc.oneof(
    fc.record({
      send: fc.constantFrom<Mti>("0100", "0200", "0420"),
    }),
    fc.record({ answer: fc.constantFrom<Mti>("0110", "0210", "0430") }),
    fc.record({ fault: fc.constantFrom("N3", "N4", "N12"), on: fc.boolean() }),
    fc.record({ cut: fc.boolean() }),
    fc.record({ pass: fc.integer({ min: 0, max: 300 }) }),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
    const { world, device, arrived, lost, deliver } = link(0.2);
    let sent = 0;
    for (const each of steps) {
      if ("send" in each) device.toBank(message(each.send, String(++sent)), deliver);
      else if ("answer" in each) device.toAtm(message(each.answer, String(++sent)), deliver);
      else if ("fault" in each) device.fault(each.fault, each.on);
      else if ("cut" in each) device.cut(each.cut);
      else world.pass(each.pass);
    }
    world.pass(60_000);
    assert.equal(arrived.length + lost.length, sent);
    for (const answers of [true, false]) {
      const stans = arrived.filter(({ mti }) => ["0110", "0210", "0430"].includes(mti) === answers)
        .map(({ stan }) => Number(stan));
      assert.deepEqual(stans, [...stans].sort((a, b) => a - b));
    }
  }));
});
