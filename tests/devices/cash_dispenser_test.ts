import assert from "node:assert/strict";
import { countNotes } from "../../core/xfs4iot/mod.ts";
import { minimumBills } from "../../devices/cash_dispenser/mix.ts";
import { Notes } from "../../devices/cash_dispenser/notes.ts";
import {
  dispense,
  dispenser,
  places,
  presented,
  total,
  wish,
  yuanAt,
} from "./cash_dispenser_front.ts";

Deno.test("cash dispenser: five notes reach the customer in under four seconds", () => {
  const { client, device, world } = dispenser();
  const dispensing = client.send("CashDispenser.Dispense", { denomination: wish(500) });
  const presenting = client.send("CashDispenser.Present", {});
  world.pass(350 + 5 * 160);
  assert.equal(client.code(dispensing), "success");
  world.pass(900 + 700);
  assert.equal(client.code(presenting), "success");
  assert.equal(device.take("all"), 500);
});

Deno.test("cash dispenser: an ordinary withdrawal tells its story in this order", () => {
  const { client, device, world } = dispenser();
  dispense(client, 200);
  client.ask("CashDispenser.Present", {}, 10_000);
  device.take("all");
  world.pass(1_000);
  const told = client.log().filter((line) => !/StatusChangedEvent|CountsChanged/.test(line));
  assert.deepEqual(told, [
    "acknowledge CashDispenser.Dispense",
    "event CashDispenser.StartDispenseEvent",
    "event CashManagement.InfoAvailableEvent",
    "completion CashDispenser.Dispense",
    "acknowledge CashDispenser.Present",
    "unsolicited CashManagement.ItemsPresentedEvent",
    "completion CashDispenser.Present",
    "unsolicited CashManagement.ItemsTakenEvent",
  ]);
  assert.deepEqual(
    client.told("CashManagement.ShutterStatusChangedEvent").map(({ shutter }) => shutter),
    ["open", "closed"],
  );
});

Deno.test("cash dispenser: notes are picked one after another on the clock", () => {
  const { client, device, world } = dispenser();
  client.send("CashDispenser.Dispense", { denomination: wish(500) });
  world.pass(350 + 2 * 160);
  assert.equal(yuanAt(device, "stacker"), 200);
  world.pass(160);
  assert.equal(yuanAt(device, "stacker"), 300);
});

Deno.test("cash dispenser: two cassettes of one denomination are emptied alike", () => {
  const { client } = dispenser();
  const { payload } = dispense(client, 560);
  assert.deepEqual(payload.denomination, {
    currencies: { CNY: 560 },
    values: { unit1: 3, unit2: 2, unit3: 1, unit4: 1 },
  });
});

Deno.test("cash dispenser: the application may count the notes itself", () => {
  const { client, device } = dispenser();
  const app = { currencies: { CNY: 70 }, counts: { unit3: 1, unit4: 2 } };
  const asked = client.ask("CashDispenser.Dispense", { denomination: { denomination: { app } } });
  assert.equal(asked.code, "success");
  assert.deepEqual(places(device)["stacker"], { "10": 2, "50": 1 });
});

Deno.test("cash dispenser: a wish that cannot be met has its own code and moves nothing", () => {
  const { client, device } = dispenser();
  const before = places(device);
  const service = (currencies: Record<string, number>, mix = "mix1") =>
    client.ask("CashDispenser.Denominate", {
      request: { denomination: { service: { currencies, mix } } },
    }).code;
  assert.equal(service({ CNY: 5 }), "notDispensable");
  assert.equal(service({ CNY: 10.5 }), "notDispensable");
  assert.equal(service({ CNY: 4_010 }), "tooManyItems");
  assert.equal(service({ CNY: 999_999_990 }), "tooManyItems");
  assert.equal(service({ USD: 100 }), "invalidCurrency");
  assert.equal(service({ CNY: 100 }, "mix7"), "invalidMixNumber");
  const app = (counts: Record<string, number>, CNY?: number) =>
    client.ask("CashDispenser.Denominate", {
      request: {
        denomination: { app: { counts, ...(CNY === undefined ? {} : { currencies: { CNY } }) } },
      },
    }).code;
  assert.equal(app({ unit9: 1 }), "invalidDenomination");
  assert.equal(app({ unit1: 1 }, 200), "invalidDenomination");
  assert.equal(app({ unit1: 41 }), "tooManyItems");
  assert.equal(app({}), "noCurrencyMix");
  assert.equal(app({ unit1: 2 }, 200), "success");
  assert.deepEqual(places(device), before);
});

Deno.test("cash dispenser: fewest notes, even where taking the largest first fails", () => {
  const sources = [
    { unit: "unit1", value_yuan: 50, left: 1 },
    { unit: "unit2", value_yuan: 20, left: 3 },
  ];
  assert.deepEqual(minimumBills(60, sources, 40), { unit2: 3 });
  assert.equal(minimumBills(80, sources, 40), null);
  assert.deepEqual(minimumBills(90, sources, 3), { unit1: 1, unit2: 2 });
  assert.equal(minimumBills(90, sources, 2), null);
});

Deno.test("cash dispenser: every note is one of its own, and a touched one never goes back", () => {
  const notes = new Notes([{ unit: "unit1", value_yuan: 100, count: 9 }]);
  for (let n = 0; n < 9; n++) notes.pick("unit1");
  assert.equal(new Set(notes.at("transport").map(({ number }) => number)).size, 9);
  assert.throws(() => notes.pick("unit1"), /has a note to pick/);
  notes.move("transport", "position", 4);
  notes.move("position", "transport");
  assert.throws(() => notes.move("transport", "stacker"), /never lies on the stacker again/);
});

Deno.test("cash dispenser: notes left from before block the next Dispense", () => {
  const { client } = dispenser();
  dispense(client, 100);
  assert.equal(dispense(client, 100).code, "itemsLeft");
  assert.equal(client.ask("CashDispenser.Reject", {}).code, "success");
  assert.equal(client.ask("CashDispenser.Reject", {}).code, "noItems");
  assert.equal(dispense(client, 100).code, "success");
});

Deno.test("cash dispenser: while cash lies at the shutter nothing else is presented", () => {
  const { client } = presented(100);
  assert.equal(dispense(client, 100).code, "shutterOpen");
  assert.equal(client.ask("CashDispenser.Present", {}).code, "noItems");
});

Deno.test("cash dispenser: part of the cash taken is told only when the last note is gone", () => {
  const { client, device, world } = presented(300);
  assert.equal(device.take(1), 100);
  assert.equal(client.told("CashManagement.ItemsTakenEvent").length, 0);
  assert.equal(device.take("all"), 200);
  assert.equal(device.take("all"), 0);
  assert.equal(client.told("CashManagement.ItemsTakenEvent").length, 1);
  world.pass(700);
  assert.equal(device.state()["shutter"], "closed");
});

Deno.test("cash dispenser: nobody can take notes behind a closed shutter", () => {
  const { client, device } = dispenser();
  dispense(client, 300);
  assert.equal(device.take("all"), 0);
});

Deno.test("cash dispenser: forgotten cash is retracted and counted on its way back", () => {
  const { client, device } = presented(300);
  device.take(1);
  const { code, payload } = client.ask("CashManagement.Retract", {
    location: { retractArea: "retract", index: 1 },
  });
  assert.equal(code, "success");
  assert.deepEqual(payload.storage, {
    unit6: { retractOperations: 1, retracted: { typeCNY100: { fit: 2 } } },
  });
  assert.equal(device.state()["shutter"], "closed");
  assert.equal(client.told("CashManagement.ItemsTakenEvent").length, 0);
  assert.equal(client.ask("CashManagement.Retract", {}).code, "noItems");
  const { payload: { storage } } = client.ask("Storage.GetStorage", {});
  const bin = storage?.["unit6"]?.cash?.status;
  assert.equal(bin?.in?.retractOperations, 1);
  assert.equal(countNotes(bin?.in?.retracted), 2);
});

Deno.test("cash dispenser: what is being retracted is out of reach at once", () => {
  const { client, device, world } = presented(300);
  client.send("CashManagement.Retract", {});
  world.pass(1);
  assert.equal(device.take("all"), 0);
});

Deno.test("cash dispenser: retract goes to the areas there are, and nowhere else", () => {
  const { client } = presented(100);
  const ask = (location: object) => client.ask("CashManagement.Retract", { location }).code;
  assert.equal(ask({ retractArea: "itemCassette" }), "notRetractArea");
  assert.equal(ask({ retractArea: "retract", index: 2 }), "invalidRetractPosition");
  assert.equal(ask({ outputPosition: "outLeft" }), "invalidRetractPosition");
  assert.equal(ask({ outputPosition: "outCenter" }), "success");
});

Deno.test("cash dispenser: a full bin is told, and the notes stay where they are", () => {
  const full = dispenser((profile) => profile.retract_bin.capacity = 2);
  dispense(full.client, 300);
  full.client.ask("CashDispenser.Present", {});
  assert.equal(full.client.ask("CashManagement.Retract", {}).code, "cashUnitError");
  assert.equal(full.client.told("Storage.StorageErrorEvent")[0]?.["failure"], "full");
  assert.equal(yuanAt(full.device, "position"), 300);
  const worn = dispenser((profile) => profile.retract_bin.max_retracts = 1);
  for (const code of ["success", "cashUnitError"]) {
    dispense(worn.client, 100);
    worn.client.ask("CashDispenser.Present", {});
    assert.equal(worn.client.ask("CashManagement.Retract", {}).code, code);
  }
});

Deno.test("cash dispenser: GetPresentStatus survives a power cut", () => {
  const { client, device, world } = dispenser();
  const status = () => client.ask("CashDispenser.GetPresentStatus", {}, 0).payload;
  dispense(client, 300);
  assert.equal(status().presentState, "notPresented");
  client.send("CashDispenser.Present", {});
  world.pass(1_000);
  device.powerCut();
  assert.equal(status().presentState, "unknown");
  assert.equal(status().denomination?.currencies?.["CNY"], 300);
  assert.equal(client.ask("CashDispenser.Reject", {}).code, "success");
  dispense(client, 200);
  client.ask("CashDispenser.Present", {});
  device.powerCut();
  assert.equal(status().presentState, "presented");
  assert.equal(device.take("all"), 200);
  assert.equal(status().presentState, "presented");
});

Deno.test("cash dispenser: a power cut answers nothing and leaves the notes where they are", () => {
  const { client, device, world } = dispenser();
  const before = total(device);
  const request = client.send("CashDispenser.Dispense", { denomination: wish(500) });
  world.pass(350 + 2 * 160 + 50);
  device.powerCut();
  world.pass(60_000);
  assert.equal(client.completion(request), undefined);
  assert.deepEqual([yuanAt(device, "stacker"), yuanAt(device, "transport")], [200, 100]);
  assert.equal(client.ask("CashDispenser.Reject", {}).code, "success");
  assert.equal(yuanAt(device, "reject"), 300);
  assert.equal(total(device), before);
});

Deno.test("cash dispenser: storage counts say where the notes of a unit went", () => {
  const { client, device, world } = presented(400);
  device.take("all");
  world.pass(1_000);
  dispense(client, 200);
  client.ask("CashDispenser.Reject", {});
  dispense(client, 200);
  const { payload: { storage } } = client.ask("Storage.GetStorage", {});
  const unit = storage?.["unit1"]?.cash?.status;
  const counts = Object.values(unit?.out ?? {});
  const out = counts.reduce((sum, each) => sum + countNotes(each), 0);
  assert.equal(countNotes(unit?.initial) - out, places(device)["unit1"]?.["100"]);
  assert.deepEqual(unit?.out, {
    presented: { typeCNY100: { fit: 2 } },
    rejected: { typeCNY100: { fit: 1 } },
    distributed: {},
    unknown: {},
    stacked: { typeCNY100: { fit: 1 } },
    diverted: {},
    transport: {},
  });
  assert.equal(countNotes(storage?.["unit5"]?.cash?.status?.in?.rejected), 2);
});

Deno.test("cash dispenser: notes that nobody could reach are not counted as presented", () => {
  const { client, device } = dispenser();
  const outOf = (unit: string) =>
    client.ask("Storage.GetStorage", {}).payload.storage?.[unit]?.cash?.status?.out;
  dispense(client, 300);
  assert.equal(
    client.ask("CashManagement.Reset", { position: { target: "retract" } }).code,
    "success",
  );
  const [first, second] = [outOf("unit1"), outOf("unit2")];
  assert.equal(countNotes(first?.presented) + countNotes(second?.presented), 0);
  assert.equal(countNotes(first?.distributed) + countNotes(second?.distributed), 3);
  client.ask("CashDispenser.TestCashUnits", { target: { target: "retract" } });
  assert.equal(countNotes(outOf("unit4")?.presented), 0);
  const bin = client.ask("Storage.GetStorage", {}).payload.storage?.["unit6"]?.cash?.status?.in;
  assert.equal(bin?.retractOperations, 2, "one for the Reset, one for all that was tried");
  device.operate({ does: "open_door" });
  device.operate({ does: "empty_bins" });
  assert.equal(countNotes(outOf("unit4")?.distributed), 1, "an emptied bin changes no count");
});

Deno.test("cash dispenser: a cassette that runs low, then empty, is told once each", () => {
  const { client } = dispenser((profile) => {
    profile.cassettes.forEach((cassette) => cassette.count = 0);
    Object.assign(profile.cassettes[3] ?? {}, { count: 51, low_below: 50 });
  });
  dispense(client, 20);
  client.ask("CashDispenser.Reject", {});
  dispense(client, 400);
  client.ask("CashDispenser.Reject", {});
  assert.equal(dispense(client, 100).code, "notDispensable");
  dispense(client, 90);
  assert.deepEqual(client.told("Storage.StorageThresholdEvent"), [
    { unit4: { cash: { status: { replenishmentStatus: "low" } } } },
    { unit4: { cash: { status: { replenishmentStatus: "empty" } } } },
  ]);
  const { payload } = client.ask("Common.Status", {});
  assert.equal(payload.cashManagement?.dispenser, "stop");
});
