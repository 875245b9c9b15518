/** The link's faults, seen in the ISO 8583 messages at both ends of it. */
import assert from "node:assert/strict";
import type { Iso8583Message, Mti, ResponseCode } from "../../core/iso8583/mod.ts";
import { createLink, NETWORK_FAULTS } from "../../devices/mod.ts";
import { lobbyProfile, TestWorld } from "./surroundings.ts";

/** A link with a bank behind it that says yes to everything. */
function line(id: string) {
  const world = new TestWorld();
  const atBank: Iso8583Message[] = [];
  const atMachine: { readonly message: Iso8583Message; readonly at_ms: number }[] = [];
  const heard = (message: Iso8583Message) =>
    void atMachine.push({ message, at_ms: world.now() / 1_000 });
  const link = createLink(lobbyProfile(), world, { answers: (answer) => answered(answer) });
  const answered = (answer: Iso8583Message) => link.toAtm(answer, heard);
  const send = (mti: Mti, stan = "000001", more: object = {}) =>
    link.toBank({ mti, fields: { 11: stan, 41: "TWIN0001", ...more } }, (arrived) => {
      atBank.push(arrived);
      const answer = `0${Number(mti) - Number(mti) % 10 + 10}`.slice(-4) as Mti;
      answered({ mti: answer, fields: { 11: arrived.fields[11] ?? "", 39: "00" } });
    });
  link.fault(id, true);
  const codes = () => atMachine.map(({ message }) => message.fields[39] as ResponseCode);
  const stans = () => atMachine.map(({ message }) => message.fields[11]);
  return { world, link, atBank, atMachine, send, codes, stans };
}

/** Nothing arrives anywhere; when it is mended, everything does. */
function silent(id: string, atBank: number): ReturnType<typeof line> {
  const cut = line(id);
  cut.send("0200");
  cut.world.pass(60_000);
  assert.equal(cut.atBank.length, atBank);
  assert.equal(cut.atMachine.length, 0);
  cut.link.fault(id, false);
  cut.send("0200", "000002");
  cut.world.pass(1_000);
  assert.deepEqual(cut.codes(), ["00"]);
  return cut;
}

const EXERCISES: Record<(typeof NETWORK_FAULTS)[number]["id"], () => void> = {
  N1: () => {
    silent("N1", 0);
    assert.equal(line("N1").link.state()["line"], "refused");
  },
  N2: () => {
    silent("N2", 0);
    assert.equal(line("N2").link.state()["line"], "untrusted");
  },
  N3: () => void silent("N3", 0),
  N4: () => void silent("N4", 1),
  N5: () => {
    const late = line("N5");
    late.send("0200");
    late.world.pass(25_000);
    assert.equal(late.atMachine.length, 0);
    late.world.pass(1_000);
    assert.deepEqual(late.codes(), ["00"]);
  },
  N6: () => {
    const twice = line("N6");
    twice.send("0200");
    twice.world.pass(1_000);
    assert.deepEqual(twice.stans(), ["000001", "000001"]);
    assert.equal(twice.atBank.length, 1);
  },
  N7: () => {
    const other = line("N7");
    other.send("0200");
    other.world.pass(1_000);
    other.send("0200", "999999");
    other.world.pass(1_000);
    assert.deepEqual(other.stans(), ["000002", "000001"], "after 999999 comes 000001");
  },
  N8: () => {
    const open = line("N8");
    open.send("0200");
    open.world.pass(60_000);
    assert.equal(open.atBank.length, 0);
    assert.equal(open.link.state()["up"], true, "both ends think that it stands");
  },
  N9: () => {
    const bad = line("N9");
    for (let n = 1; n <= 60; n++) bad.send("0100", String(n).padStart(6, "0"));
    bad.world.pass(60_000);
    assert.ok(bad.atBank.length > 20 && bad.atBank.length < 58, "a third is lost");
    const order = bad.atBank.map(({ fields }) => Number(fields[11]));
    assert.notDeepEqual(order, order.toSorted((a, b) => a - b), "one overtakes another");
    assert.ok(bad.atMachine[0] !== undefined && bad.atMachine[0].at_ms > 900, "slow");
  },
  N10: () => {
    const declining = line("N10");
    declining.send("0200");
    declining.send("0420", "000002");
    declining.world.pass(1_000);
    assert.deepEqual(declining.codes().toSorted(), ["00", "96"]);
    assert.deepEqual(declining.atBank.map(({ mti }) => mti), ["0420"]);
  },
  N11: () => void silent("N11", 0),
  N12: () => {
    const lost = line("N12");
    lost.send("0420");
    lost.world.pass(1_000);
    assert.deepEqual([lost.atBank.length, lost.atMachine.length], [1, 0]);
  },
  N13: () => {
    const forgets = line("N13");
    forgets.send("0420");
    forgets.world.pass(1_000);
    assert.deepEqual(forgets.codes(), ["25"]);
    const refused = line("N13");
    refused.link.toAtm({ mti: "0430", fields: { 39: "12" } }, ({ fields }) => {
      assert.equal(fields[39], "12", "what was refused is no less so");
      refused.atMachine.push({ message: { mti: "0430", fields }, at_ms: 0 });
    });
    refused.world.pass(1_000);
    assert.equal(refused.atMachine.length, 1);
  },
  N14: () => {
    const wrong = line("N14");
    wrong.send("0200", "000001", { 64: "0011223344556677" });
    wrong.world.pass(1_000);
    assert.notEqual(wrong.atBank[0]?.fields[64], "0011223344556677");
    assert.equal(wrong.atBank[0]?.fields[11], "000001");
  },
};

for (const { id, does } of NETWORK_FAULTS) {
  Deno.test(`fault ${id} on the line: ${does.toLowerCase()}`, EXERCISES[id]);
}
