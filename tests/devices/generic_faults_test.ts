/** Faults that any device can have, over the wire, on more than one device. */
import assert from "node:assert/strict";
import { GENERIC_FAULTS } from "../../devices/mod.ts";
import { REQUESTS_MAX } from "../../devices/xfs/mod.ts";
import { FaultBench } from "./fault_bench.ts";

const ENTRY = { activeKeys: { one: {}, two: {}, enter: { terminate: true } } };
const PRINT = { data: btoa("[1]"), mediaControl: { move: "eject", cut: true } };

function device(bench: FaultBench, service: string): unknown {
  return bench.status(service)["common"]?.["device"];
}

/** How a fault shows in common.device and in the completion of a command, on two devices. */
function shows(id: string, health: string, code: string): void {
  for (
    const [service, command, payload] of [
      ["printer", "Printer.PrintNative", PRINT],
      ["camera", "Camera.TakePicture", { camera: "rgb" }],
    ] as const
  ) {
    const bench = new FaultBench();
    bench.status(service); // somebody is connected, and hears of it
    bench.break(id, service);
    assert.equal(device(bench, service), health, service);
    assert.equal(bench.ask(service, command, payload).code, code, service);
    bench.clear(id, service);
    assert.equal(device(bench, service), "online", service);
    assert.equal(bench.ask(service, command, payload).code, "success", service);
  }
}

const EXERCISES: Record<(typeof GENERIC_FAULTS)[number]["id"], () => void> = {
  G1: () => {
    shows("G1", "offline", "deviceNotReady");
    const bench = new FaultBench();
    const open = bench.send("pinpad", "Keyboard.DataEntry", ENTRY);
    bench.break("G1", "pinpad");
    bench.press("one", "enter");
    assert.deepEqual(bench.closed, ["pinpad"]);
    assert.equal(bench.answer(open).code, undefined);
  },
  G2: () => {
    shows("G2", "powerOff", "deviceNotReady");
    const bench = new FaultBench();
    const open = bench.send("pinpad", "Keyboard.DataEntry", ENTRY);
    bench.break("G2", "pinpad");
    assert.equal(bench.answer(open).code, "deviceNotReady");
  },
  G3: () => shows("G3", "noDevice", "hardwareError"),
  G4: () => {
    shows("G4", "hardwareError", "hardwareError");
    const bench = new FaultBench();
    bench.status("cashdispenser");
    bench.break("G4", "cashdispenser");
    assert.deepEqual(bench.told("Common.ErrorEvent")[0], {
      eventId: "hardware",
      action: "maintenance",
      vendorDescription: "hardware fault",
    });
  },
  G5: () => shows("G5", "starting", "deviceNotReady"),
  G6: () => {
    const bench = new FaultBench();
    bench.break("G6", "printer");
    const timed = bench.send("printer", "Printer.PrintNative", PRINT, 5_000);
    const patient = bench.send("printer", "Printer.PrintNative", PRINT);
    bench.pass(60_000);
    assert.equal(bench.answer(timed).code, "timeOut");
    assert.equal(bench.answer(patient).code, undefined);
    bench.clear("G6", "printer");
    bench.pass(1_000);
    assert.equal(bench.answer(patient).code, "success");
  },
  G7: () => {
    const bench = new FaultBench();
    bench.break("G7", "camera");
    const asked = bench.ask("camera", "Camera.TakePicture", { camera: "rgb" });
    assert.equal(asked.status, "tooManyRequests");
    assert.equal(asked.code, undefined);
    assert.equal(device(bench, "camera"), "online"); // Status is answered beside the queue
  },
  G8: () => {
    shows("G8", "online", "internalError");
    const bench = new FaultBench();
    bench.status("printer");
    bench.break("G8", "printer");
    assert.equal(bench.told("Common.ErrorEvent")[0]?.["action"], "softwareError");
  },
  G9: () => shows("G9", "userError", "userError"),
  G10: () => {
    const bench = new FaultBench();
    bench.status("pinpad");
    bench.break("G10", "pinpad");
    const { common } = bench.status("pinpad");
    assert.equal(common?.["device"], "potentialFraud");
    assert.equal(common?.["antiFraudModule"], "deviceDetected");
    assert.equal(bench.told("Common.ErrorEvent")[0]?.["eventId"], "fraudAttempt");
    const entry = bench.send("pinpad", "Keyboard.DataEntry", ENTRY);
    bench.press("one", "enter");
    assert.equal(bench.answer(entry).code, "success");
  },
  G11: () => {
    const bench = new FaultBench();
    bench.status("camera");
    bench.break("G11", "camera");
    const take = () => bench.ask("camera", "Camera.TakePicture", { camera: "rgb" }).code;
    assert.deepEqual([take(), take(), take()], ["hardwareError", "hardwareError", "success"]);
    assert.equal(bench.told("Common.ErrorEvent")[0]?.["action"], "suspend");
  },
  G12: () => {
    const bench = new FaultBench();
    bench.break("G12", "camera");
    const first = bench.send("camera", "Camera.TakePicture", { camera: "rgb" });
    bench.pass(1_500 + 33 + 40 - 1);
    assert.equal(bench.answer(first).code, undefined);
    bench.pass(1);
    assert.equal(bench.answer(first).code, "success");
  },
  G13: () => {
    const bench = new FaultBench();
    bench.break("G13", "pinpad");
    bench.send("pinpad", "Keyboard.DataEntry", ENTRY);
    bench.press("one");
    assert.equal(bench.told("Keyboard.KeyEvent").length, 1);
    bench.pass(1_000);
    assert.equal(bench.told("Keyboard.KeyEvent").length, 2);
    bench.break("G13", "printer");
    bench.ask("printer", "Printer.PrintNative", PRINT);
    assert.equal(bench.does({ take_receipt: true }), null);
    bench.pass(1_000);
    assert.equal(bench.told("Printer.MediaTakenEvent").length, 2);
  },
  G14: () => {
    const bench = new FaultBench({ unchecked: true });
    bench.break("G14", "printer");
    const { code, payload } = bench.ask("printer", "Printer.PrintNative", PRINT);
    assert.equal(code, "sucess");
    assert.deepEqual(payload, {});
  },
  G15: () => {
    const bench = new FaultBench();
    bench.break("G15", "printer");
    const { code, status } = bench.ask("printer", "Printer.PrintNative", PRINT);
    assert.equal(code, undefined);
    assert.equal(status, undefined);
    assert.equal(bench.told("Printer.MediaPresentedEvent").length, 1);
    for (let lost = 1; lost < REQUESTS_MAX; lost++) bench.ask("printer", "Printer.GetFormList");
    bench.clear("G15", "printer");
    const after = bench.ask("printer", "Printer.PrintNative", PRINT);
    assert.equal(after.code, "success", "what was never answered is not waited for");
  },
  G16: () => {
    const bench = new FaultBench();
    bench.break("G16", "printer");
    assert.equal(bench.ask("printer", "Printer.PrintNative", PRINT).code, "canceled");
    assert.equal(device(bench, "printer"), "starting");
    bench.clear("G16", "printer");
    assert.equal(bench.ask("printer", "Printer.PrintNative", PRINT).code, "success");
  },
};

for (const { id, does } of GENERIC_FAULTS) {
  Deno.test(`fault ${id} on the wire: ${does.toLowerCase()}`, EXERCISES[id]);
}

Deno.test("faults of any device: whose it is has to be said, and is said back when it is wrong", () => {
  const bench = new FaultBench();
  assert.match(
    bench.does({ fault: { id: "G4" } })?.detail ?? "",
    /^device: G4 can be any device's/,
  );
  assert.match(
    bench.does({ fault: { id: "P3", device: "printer" } })?.detail ?? "",
    /^device: P3 is a fault of one device/,
  );
});
