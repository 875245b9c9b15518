import assert from "node:assert/strict";
import { toBase64 } from "../../core/xfs4iot/mod.ts";
import { createPrinter, type Printer } from "../../devices/mod.ts";
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
  assert.deepEqual(client.told("Printer.MediaPresentedEvent"), [{ wadIndex: 1, totalWads: 1 }]);
  assert.deepEqual(client.told("Printer.MediaPresentedUnsolicitedEvent"), []);
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
  assert.deepEqual(client.told("Printer.MediaDetectedEvent"), []);
  for (
    const [fault, where, code, position] of [
      ["P3", "unit1", "paperJammed", "jammed"],
      ["P4", "unit1", "mediaJammed", "jammed"],
      ["P6", "eject", "shutterFail", "present"],
      ["P7", "unit1", "retractBinFull", "present"],
      ["P9", "unit1", "hardwareError", "present"],
    ] as const
  ) {
    client.ask("Printer.PrintNative", { data: data(RECEIPT) });
    device.fault(fault, true);
    assert.equal(client.ask("Printer.Reset", { mediaControl: where }).code, code);
    assert.deepEqual(client.told("Printer.MediaDetectedEvent").at(-1), { position });
    assert.equal(device.state()["inside"], true);
    device.fault(fault, false);
  }
  const binned = (retracted: number) => ({
    code: "success",
    inside: false,
    slot: null,
    retracted,
  });
  assert.deepEqual(reset({}), binned(1));
  assert.deepEqual(reset({ mediaControl: "unit1" }), binned(2));
  assert.deepEqual(client.told("Printer.MediaDetectedEvent").at(-1), { position: "unit1" });
  assert.deepEqual(reset({ mediaControl: "eject" }), { ...binned(2), slot: RECEIPT });
  assert.deepEqual(client.told("Printer.MediaDetectedEvent").at(-1), { position: "entering" });
  assert.equal(client.told("Printer.MediaPresentedUnsolicitedEvent").length, 1);
});

Deno.test("printer: Reset takes back what lies in the slot as well, and says where it put it", () => {
  const { device, client } = printer();
  client.ask("Printer.PrintNative", { data: data(RECEIPT), mediaControl: OUT });
  assert.equal(client.ask("Printer.Reset", { mediaControl: "unit1" }).code, "success");
  assert.deepEqual([device.state()["slot"], device.state()["retracted"]], [null, 1]);
  assert.equal(client.ask("Printer.Reset", { mediaControl: "unit1" }).code, "success");
  assert.equal(client.told("Printer.MediaDetectedEvent").length, 1);
  const hand = printer();
  hand.client.ask("Printer.PrintNative", { data: data(RECEIPT), mediaControl: OUT });
  const request = hand.client.send("Printer.Reset", { mediaControl: "unit1" });
  assert.equal(hand.device.takeReceipt(), true, "a hand is quicker");
  hand.world.pass(350);
  assert.equal(hand.client.code(request), "success");
  assert.deepEqual(hand.client.told("Printer.MediaDetectedEvent"), []);
  assert.equal(hand.device.state()["retracted"], 0);
});

Deno.test("printer: media says where the receipt is", () => {
  const { device, client, world } = printer();
  const media = () => client.ask("Common.Status", {}).payload.printer?.media;
  assert.equal(media(), "notPresent");
  const request = client.send("Printer.PrintNative", { data: data(RECEIPT), mediaControl: OUT });
  world.pass(1);
  assert.equal(media(), "present", "the first line is on the paper");
  world.pass(1_000);
  assert.equal(client.code(request), "success");
  assert.equal(media(), "entering");
  device.takeReceipt();
  assert.equal(media(), "notPresent");
  client.ask("Printer.PrintNative", { data: data(RECEIPT) });
  assert.equal(media(), "present");
  assert.equal(client.ask("Printer.RetractMedia", {}).code, "success");
  assert.equal(media(), "retracted");
  client.ask("Printer.Reset", {});
  assert.equal(media(), "notPresent");
});

Deno.test("printer: RetractMedia takes back what is inside too, and only into a bin that is there", () => {
  const { device, client } = printer();
  client.ask("Printer.PrintNative", { data: data(RECEIPT) });
  const retract = (mediaControl?: string) =>
    client.ask("Printer.RetractMedia", mediaControl === undefined ? {} : { mediaControl });
  for (const where of ["transport", "unit2"]) {
    assert.equal(retract(where).code, "unsupportedData");
  }
  device.fault("P4", true);
  assert.equal(retract("unit1").code, "mediaJammed");
  device.fault("P4", false);
  assert.equal(device.state()["inside"], true);
  assert.equal(retract("unit1").payload.result, "unit1");
  assert.equal(retract("unit1").code, "noMediaPresent");
  assert.equal(device.state()["retracted"], 1);
});

Deno.test("printer: paper that was printed on is inside, however its printing ended", () => {
  const native = { data: data(RECEIPT), mediaControl: OUT };
  const ways: readonly (readonly [string | undefined, (device: Printer) => void])[] = [
    ["commandErrorCode", (device) => device.fault("P3", true)],
    ["deviceNotReady", (device) => device.fault("G2", true)],
    [undefined, (device) => device.powerCut?.()],
  ];
  for (const [code, strikes] of ways) {
    const front = printer();
    const request = front.client.send("Printer.PrintNative", native);
    front.world.pass(45);
    strikes(front.device);
    front.world.pass(1_000);
    assert.equal(front.client.code(request), code);
    assert.deepEqual([front.device.state()["inside"], front.device.state()["slot"]], [true, null]);
  }
  const short = printer(4);
  const print = () => short.client.ask("Printer.PrintNative", native).code;
  assert.deepEqual([print(), print()], ["success", "paperOut"]);
  assert.equal(short.client.ask("Printer.SupplyReplenish", { upper: true }).code, "success");
  assert.equal(print(), "success");
  assert.deepEqual(short.device.state()["slot"], [RECEIPT[0], ...RECEIPT]);
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
