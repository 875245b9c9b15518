/** The printer's faults, over the wire. */
import assert from "node:assert/strict";
import { LIGHTS_FAULTS, PRINTER_FAULTS } from "../../devices/mod.ts";
import { FaultBench } from "./fault_bench.ts";

const OUT = { mediaControl: { move: "eject", cut: true } };
const NATIVE = { data: btoa("[1,2]"), ...OUT };
const FORM = { formName: "receipt", mediaName: "roll80", fields: { TITLE: ["Cash"] }, ...OUT };

function broken(id: string): FaultBench {
  const bench = new FaultBench();
  bench.status("printer"); // somebody is connected, and hears of it
  bench.break(id);
  return bench;
}

function native(bench: FaultBench, change: object = {}) {
  return bench.ask("printer", "Printer.PrintNative", { ...NATIVE, ...change }).code;
}

function form(bench: FaultBench, change: object = {}) {
  return bench.ask("printer", "Printer.PrintForm", { ...FORM, ...change }).code;
}

function control(bench: FaultBench, move: string) {
  return bench.ask("printer", "Printer.ControlMedia", { mediaControl: { move } }).code;
}

/** The three commands that move paper end with these codes, and as they should once it is mended. */
function fails(id: string, codes: { native: string; form: string; eject?: string }): FaultBench {
  const bench = broken(id);
  assert.equal(native(bench), codes.native);
  assert.equal(form(bench), codes.form);
  if (codes.eject !== undefined) assert.equal(control(bench, "eject"), codes.eject);
  const seen = bench.status("printer")["printer"];
  bench.clear(id);
  assert.equal(native(bench), "success");
  assert.equal(form(bench), "success");
  return Object.assign(bench, { seen });
}

function status(bench: FaultBench): Record<string, unknown> {
  return bench.status("printer")["printer"] ?? {};
}

const EXERCISES: Record<(typeof PRINTER_FAULTS)[number]["id"], () => void> = {
  P1: () => {
    const bench = broken("P1");
    assert.deepEqual(bench.told("Printer.PaperThresholdEvent"), [
      { paperSource: "upper", threshold: "low" },
    ]);
    assert.deepEqual(status(bench)["paper"], { upper: "low" });
    assert.equal(native(bench), "success");
  },
  P2: () => {
    const bench = fails("P2", { native: "paperOut", form: "paperOut", eject: "paperOut" });
    assert.equal(bench.told("Printer.PaperThresholdEvent")[0]?.["threshold"], "out");
  },
  P3: () => {
    fails("P3", { native: "paperJammed", form: "paperJammed", eject: "paperJammed" });
    const seen = status(broken("P3"));
    assert.deepEqual([seen["media"], seen["paper"]], ["jammed", { upper: "jammed" }]);
  },
  P4: () => {
    fails("P4", { native: "mediaJammed", form: "mediaSkewed", eject: "mediaJammed" });
    assert.equal(status(broken("P4"))["media"], "jammed");
  },
  P5: () => {
    const bench = fails("P5", { native: "tonerOut", form: "inkOut" });
    assert.equal(bench.told("Printer.TonerThresholdEvent")[0]?.["state"], "out");
    assert.equal(bench.told("Printer.InkThresholdEvent")[0]?.["state"], "out");
    const seen = status(broken("P5"));
    assert.deepEqual([seen["toner"], seen["ink"]], ["out", "out"]);
  },
  P6: () => void fails("P6", { native: "shutterFail", form: "shutterFail", eject: "shutterFail" }),
  P7: () => {
    const bench = broken("P7");
    assert.deepEqual(bench.told("Printer.RetractBinThresholdEvent"), [
      { binNumber: 1, state: "full" },
    ]);
    assert.equal(native(bench), "success");
    assert.equal(native(bench), "mediaRetained");
    assert.equal(form(bench), "mediaRejected");
    assert.equal(control(bench, "retract"), "retractBinFull");
    assert.equal(bench.ask("printer", "Printer.RetractMedia").code, "retractBinFull");
    bench.clear("P7");
    assert.equal(bench.ask("printer", "Printer.RetractMedia").payload["result"], "unit1");
  },
  P8: () => {
    const bench = broken("P8");
    native(bench);
    assert.deepEqual(bench.told("Printer.MediaAutoRetractedEvent"), [{ result: "unit1" }]);
    assert.equal(status(bench)["media"], "retracted");
    assert.equal(control(bench, "eject"), "mediaRetracted");
    assert.equal(bench.does({ take_receipt: true })?.status, 409);
    bench.clear("P8");
    assert.equal(native(bench, { mediaControl: undefined }), "success");
    assert.equal(control(bench, "eject"), "success", "another receipt is another one's");
    const cleared = broken("P8");
    native(cleared);
    assert.equal(cleared.ask("printer", "Printer.Reset").code, "success");
    assert.equal(status(cleared)["media"], "notPresent");
    assert.equal(control(cleared, "eject"), "noMediaPresent");
  },
  P9: () => void fails("P9", { native: "flushFail", form: "flushFail", eject: "flushFail" }),
  P10: () => void fails("P10", { native: "blackMark", form: "blackMark", eject: "blackMark" }),
  P11: () => {
    const bench = broken("P11");
    assert.equal(form(bench), "charSetData");
    assert.equal(native(bench), "success");
    bench.clear("P11");
    assert.equal(form(bench, { fields: { TITLE: ["取款"] } }), "charSetData");
    assert.equal(form(bench, { fields: { TITLE: ["དངུལ"] } }), "charSetData");
  },
  P12: () => {
    const bench = broken("P12");
    const list = () => bench.ask("printer", "Printer.GetFormList").payload["formList"];
    assert.deepEqual(list(), []);
    assert.equal(form(bench), "formNotFound");
    assert.equal(form(bench, { mediaName: "other" }), "mediaNotFound");
    assert.equal(form(bench, { fields: { NOWHERE: [""] } }), "fieldSpecFailure");
    bench.clear("P12");
    assert.deepEqual(list(), ["receipt"]);
    assert.equal(form(bench, { fields: { NOWHERE: [""] } }), "fieldError");
  },
  P13: () => {
    const bench = broken("P13");
    const stack = { mediaControl: { move: "stack" } };
    const asked = bench.ask("printer", "Printer.PrintNative", { ...NATIVE, ...stack });
    assert.equal(asked.code, "stackerFull");
    assert.equal(form(bench, stack), "stackerFull");
    assert.equal(control(bench, "stack"), "stackerFull");
  },
  P14: () => {
    const codes = { native: "sequenceInvalid", form: "sequenceInvalid", eject: "sequenceInvalid" };
    fails("P14", codes);
    assert.equal(broken("P14").ask("printer", "Printer.RetractMedia").code, "noMediaPresent");
  },
  P15: () => void fails("P15", { native: "mediaOverflow", form: "mediaSize" }),
};

for (const { id, does } of PRINTER_FAULTS) {
  Deno.test(`fault ${id} on the wire: ${does.toLowerCase()}`, EXERCISES[id]);
}

Deno.test(`fault L1 on the wire: ${LIGHTS_FAULTS[0].does.toLowerCase()}`, () => {
  const bench = new FaultBench();
  const set = (...lamps: string[]) =>
    bench.ask("lights", "Lights.SetLight", {
      ...Object.fromEntries(
        lamps.map((lamp) => [lamp, { default: { flashRate: "slow", color: "green" } }]),
      ),
    }).code;
  assert.equal(set("pinPad", "notesDispenser"), "success");
  assert.equal(set("cardReader"), "invalidLight");
  bench.break("L1");
  assert.equal(set("receiptPrinter", "notesDispenser"), "lightError");
  const { lights } = bench.status("lights");
  assert.deepEqual(lights?.["receiptPrinter"], { default: { flashRate: "slow", color: "green" } });
});
