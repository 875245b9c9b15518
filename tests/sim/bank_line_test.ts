/** The bank at the end of a line: the bytes of a request in, the bytes of its answer out. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { pack, packElements, unpackElements, type WireFormat } from "../../core/iso8583/mod.ts";
import { yuan } from "../../core/units.ts";
import { answerBytes } from "../../sim/bank/mod.ts";
import { anyMessage } from "../core/iso8583_messages.ts";
import { Counter } from "./bank_counter.ts";

const WIRE: WireFormat = { bitmap: "hex", encoding: "ascii" };

Deno.test("bank line: a type of message that this network has not is told so, if it asks", () => {
  const { bank } = new Counter();
  function answered(mti: string): string | null {
    const values = new Map([[7, "1229103000"], [11, "000009"], [41, "THEIRS01"]]);
    const { answer, problem } = answerBytes(bank, packElements({ mti, values }, WIRE), WIRE);
    assert.notEqual(problem, null);
    if (answer === null) return null;
    const read = unpackElements(answer, WIRE);
    assert.ok(read.ok);
    assert.deepEqual(read.message.values, new Map([...values, [39, "30"]]));
    return read.message.mti;
  }
  const asking = ["0400", "0401", "0201", "0220", "0221", "0820", "1200", "0402"];
  const answers = ["0410", "0410", "0210", "0230", "0230", "0830", "1210", "0412"];
  assert.deepEqual(asking.map(answered), answers);
  for (const mti of ["0410", "0230", "0440", "0290", "0000", "9999"]) {
    assert.equal(answered(mti), null, mti);
  }
});

Deno.test("bank line: a request of no number is told so, whatever it asks", () => {
  const { bank } = new Counter();
  for (const mti of ["0100", "0200", "0120", "0420", "0800"] as const) {
    const values = new Map([[7, "1229103000"], [11, "000000"], [41, "THEIRS01"]]);
    const { answer, problem } = answerBytes(bank, packElements({ mti, values }, WIRE), WIRE);
    assert.equal(problem?.field, 11);
    const read = unpackElements(answer ?? new Uint8Array(), WIRE);
    assert.ok(read.ok, mti);
    assert.deepEqual(read.message.values, new Map([...values, [39, "30"]]), mti);
  }
  const inMemory = bank.receive({ mti: "0200", fields: { 7: "1229103000", 11: "000000" } });
  assert.equal(inMemory?.fields[39], "12", "in memory too");
});

Deno.test("bank line: PIN data of another network's length is told so, and not repeated", () => {
  const { bank } = new Counter();
  const before = bank.ledger().length;
  for (const pinBytes of [8, 16] as const) {
    const theirs: WireFormat = { ...WIRE, pinBytes: pinBytes === 8 ? 16 : 8 };
    for (const mti of ["0100", "0200"]) {
      const values = new Map([[3, "310000"], [7, "1229103000"], [11, "000009"], [41, "THEIRS01"]]);
      const asked = { mti, values: new Map([...values, [52, "AB".repeat(theirs.pinBytes ?? 0)]]) };
      const ours = { ...WIRE, pinBytes };
      const { answer, problem } = answerBytes(bank, packElements(asked, theirs), ours);
      const said = `it has ${pinBytes} bytes in this network, not ${theirs.pinBytes}`;
      assert.deepEqual(problem, { field: 52, offset: 50, problem: said });
      const read = unpackElements(answer ?? new Uint8Array(), ours);
      assert.ok(read.ok);
      assert.deepEqual(read.message.values, new Map([...values, [39, "30"]]));
    }
  }
  assert.equal(bank.ledger().length, before);
});

Deno.test("bank line: any message is answered or ignored, and noise moves no money", () => {
  const { bank } = new Counter();
  fc.assert(fc.property(anyMessage, (message) => {
    const { answer, problem } = answerBytes(bank, pack(message, WIRE), WIRE);
    assert.equal(problem, null);
    const asks = ["0100", "0200", "0420", "0421", "0800"].includes(message.mti);
    assert.equal(answer !== null, asks);
    assert.equal(bank.balanceOf(42) + bank.balanceOf(7), yuan(8_700));
  }));
});
