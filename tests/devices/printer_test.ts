import assert from "node:assert/strict";
import { toBase64 } from "../../core/xfs4iot/mod.ts";
import { createPrinter } from "../../devices/mod.ts";
import { Client, lobbyProfile, TestWorld } from "./surroundings.ts";

const RECEIPT = ["中国农业银行", "取款 500.00", "དངུལ་ཕྱིར་ལེན།"];

function data(value: unknown): string {
  return toBase64(new TextEncoder().encode(JSON.stringify(value)));
}

function printer(paper_lines = 12_000) {
  const world = new TestWorld();
  const profile = lobbyProfile();
  profile.printer.paper_lines = paper_lines;
  const device = createPrinter(profile, world);
  return { world, device, client: new Client(world, device) };
}

const OUT = { move: "eject", cut: true } as const;

Deno.test("printer: a receipt comes out, can be read, and is taken once", () => {
  const { device, client } = printer();
  const asked = client.ask("Printer.PrintNative", { data: data(RECEIPT), mediaControl: OUT });
  assert.equal(asked.code, "success");
  assert.deepEqual(client.told("Printer.MediaPresentedUnsolicitedEvent"), [
    { wadIndex: 1, totalWads: 1 },
  ]);
  assert.deepEqual(device.state()["slot"], RECEIPT);
  assert.equal(device.takeReceipt(), true);
  assert.equal(device.takeReceipt(), false);
  assert.equal(client.told("Printer.MediaTakenEvent").length, 1);
});

Deno.test("printer: lines take the time the profile says", () => {
  const { client, world } = printer();
  const request = client.send("Printer.PrintNative", { data: data(RECEIPT), mediaControl: OUT });
  world.pass(3 * 30 + 350 - 1);
  assert.equal(client.code(request), undefined);
  world.pass(1);
  assert.equal(client.code(request), "success");
});

Deno.test("printer: without mediaControl the receipt waits for ControlMedia", () => {
  const { device, client } = printer();
  client.ask("Printer.PrintNative", { data: data(RECEIPT) });
  assert.equal(device.state()["slot"], null);
  assert.equal(client.ask("Printer.ControlMedia", { mediaControl: OUT }).code, "success");
  assert.deepEqual(device.state()["slot"], RECEIPT);
  assert.equal(client.ask("Printer.ControlMedia", { mediaControl: OUT }).code, "noMediaPresent");
});

Deno.test("printer: what is printed twice comes out as one", () => {
  const { device, client } = printer();
  const receipt = data({ total: 500 });
  client.ask("Printer.PrintNative", { data: receipt });
  client.ask("Printer.PrintForm", { formName: "receipt", fields: { LINE: ["FIRST"] } });
  client.ask("Printer.PrintForm", { formName: "receipt", fields: { LINE: ["SECOND"] } });
  assert.equal(client.ask("Printer.ControlMedia", { mediaControl: OUT }).code, "success");
  assert.deepEqual(device.state()["slot"], [{ total: 500 }, "FIRST", "SECOND"]);
});

Deno.test("printer: Reset brings out what is inside, or puts it away, and loses nothing", () => {
  const { device, client } = printer();
  const reset = (payload: { mediaControl?: string }) => {
    client.ask("Printer.PrintNative", { data: data(RECEIPT) });
    const { code } = client.ask("Printer.Reset", payload);
    const { inside, slot, retracted } = device.state();
    return { code, inside, slot, retracted };
  };
  const kept = { inside: true, slot: null, retracted: 0 };
  assert.deepEqual(reset({ mediaControl: "expel" }), { code: "unsupportedData", ...kept });
  assert.deepEqual(reset({ mediaControl: "unit2" }), { code: "unsupportedData", ...kept });
  for (
    const [fault, where, code] of [["P6", "eject", "shutterFail"], [
      "P7",
      "unit1",
      "retractBinFull",
    ]]
  ) {
    device.fault(fault!, true);
    assert.deepEqual(reset({ mediaControl: where! }), { code, ...kept });
    device.fault(fault!, false);
  }
  assert.deepEqual(reset({}), { code: "success", inside: false, slot: null, retracted: 1 });
  assert.deepEqual(reset({ mediaControl: "unit1" }), {
    code: "success",
    inside: false,
    slot: null,
    retracted: 2,
  });
  assert.deepEqual(reset({ mediaControl: "eject" }), {
    code: "success",
    inside: false,
    slot: RECEIPT,
    retracted: 2,
  });
  assert.equal(client.told("Printer.MediaPresentedUnsolicitedEvent").length, 1);
});

Deno.test("printer: a move it does not have is refused, and nothing is printed", () => {
  const { device, client } = printer();
  const before = device.state();
  for (
    const mediaControl of [
      { move: "expel" },
      { move: "park" },
      { move: "stack" },
      { move: "ejectToTransport" },
      { ...OUT, perforate: true },
    ] as const
  ) {
    const asked = { formName: "receipt", fields: { LINE: ["x"] }, mediaControl };
    assert.equal(client.ask("Printer.PrintForm", asked).code, "unsupportedData");
    const native = { data: data(RECEIPT), mediaControl };
    assert.equal(client.ask("Printer.PrintNative", native).code, "unsupportedData");
    assert.equal(client.ask("Printer.ControlMedia", { mediaControl }).code, "unsupportedData");
  }
  assert.deepEqual(device.state(), before);
  const native = { data: data(RECEIPT), mediaControl: { move: "retract" } } as const;
  assert.equal(client.ask("Printer.PrintNative", native).code, "success");
  assert.deepEqual([device.state()["inside"], device.state()["retracted"]], [false, 1]);
});

Deno.test("printer: what it says it can do with a receipt it does", () => {
  const { device, client } = printer();
  const { control } = client.ask("Common.Capabilities", {}).payload.printer!;
  assert.deepEqual(control, { eject: true, cut: true, retract: true });
  const does = (mediaControl: object) => client.ask("Printer.ControlMedia", { mediaControl }).code;
  assert.equal(does({ cut: true }), "noMediaPresent");
  client.ask("Printer.PrintNative", { data: data(RECEIPT) });
  assert.equal(does({ cut: true }), "success");
  assert.equal(device.state()["slot"], null, "it was not to be moved");
  assert.equal(does({ move: "eject" }), "success");
  assert.equal(does({ move: "retract" }), "success");
  assert.equal(does({}), "unsupportedData");
});

Deno.test("printer: a receipt nobody took is retracted, or falls out before the next", () => {
  const { device, client } = printer();
  const print = () => client.ask("Printer.PrintNative", { data: data(RECEIPT), mediaControl: OUT });
  print();
  print();
  assert.equal(device.state()["left_behind"], 1);
  const retract = { mediaControl: { move: "retract" as const } };
  assert.equal(client.ask("Printer.ControlMedia", retract).code, "success");
  assert.equal(device.state()["retracted"], 1);
  assert.equal(device.takeReceipt(), false);
});

Deno.test("printer: paper runs low, then out, and both are told", () => {
  const { client } = printer(602);
  const print = () => client.ask("Printer.PrintNative", { data: data(RECEIPT), mediaControl: OUT });
  print();
  assert.deepEqual(client.told("Printer.PaperThresholdEvent"), [
    { paperSource: "upper", threshold: "low" },
  ]);
  const enough = printer(603);
  enough.client.ask("Printer.PrintNative", { data: data(RECEIPT), mediaControl: OUT });
  assert.deepEqual(enough.client.told("Printer.PaperThresholdEvent"), [], "low is fewer than 600");
  const short = printer(2);
  const asked = short.client.ask("Printer.PrintNative", { data: data(RECEIPT) });
  assert.equal(asked.code, "paperOut");
  assert.equal(short.device.state()["slot"], null);
});

Deno.test("printer: P2 and P3 cost the paper and tell which", () => {
  for (const [fault, code] of [["P2", "paperOut"], ["P3", "paperJammed"]] as const) {
    const { device, client } = printer();
    device.fault(fault, true);
    const print = () => client.ask("Printer.PrintNative", { data: data(RECEIPT) }).code;
    assert.equal(print(), code);
    device.fault(fault, false);
    assert.equal(print(), "success");
  }
});

Deno.test("printer: data that is no receipt is refused", () => {
  const { client } = printer();
  for (const bytes of ["{", "7", "\u0000"]) {
    const asked = client.ask("Printer.PrintNative", { data: btoa(bytes) });
    assert.equal(asked.code, "unsupportedData");
  }
  assert.equal(
    client.ask("Printer.PrintNative", { data: btoa("\xff\xfe") }).code,
    "unsupportedData",
  );
});
