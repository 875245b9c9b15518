/** What an operator and a supervisor's software do: exchange, count, test, configure; and the mixes. */
import assert from "node:assert/strict";
import { countNotes } from "../../core/xfs4iot/mod.ts";
import { equalEmptying } from "../../devices/cash_dispenser/mix.ts";
import { dispense, dispenser, places, presented, yuanAt } from "./cash_dispenser_front.ts";

Deno.test("exchange: a cassette is swapped, counted and in service again", () => {
  const { client, device } = dispenser((profile) => {
    Object.assign(profile.cassettes[0] ?? {}, { count: 0 });
  });
  assert.match(device.operate({ does: "swap_cassette" }) ?? "", /door of the safe is closed/);
  assert.equal(device.operate({ does: "open_door" }), null);
  assert.equal(dispense(client, 100).code, "safeDoorOpen");
  assert.equal(client.ask("Storage.StartExchange", {}).code, "success");
  assert.equal(client.ask("Storage.StartExchange", {}).code, "exchangeActive");
  assert.equal(device.operate({ does: "swap_cassette", notes: 2_000 }), null);
  assert.equal(client.ask("Storage.EndExchange", {}).code, "success");
  assert.equal(client.ask("Storage.EndExchange", {}).code, "noExchangeActive");
  assert.equal(device.operate({ does: "close_door" }), null);
  const unit = client.ask("Storage.GetStorage", {}).payload.storage?.["unit1"];
  assert.equal(countNotes(unit?.cash?.status?.initial), 2_000);
  assert.equal(unit?.cash?.status?.replenishmentStatus, "ok");
  assert.equal(unit?.serialNumber, "UNIT1-2", "another cassette, by its label");
  assert.ok(client.told("Storage.StorageChangedEvent").length > 0);
  assert.deepEqual(dispense(client, 100).payload.denomination?.values, { unit1: 1 });
});

Deno.test("exchange: nothing is dispensed in it, and it does not begin under a customer's cash", () => {
  const { client } = presented(300);
  assert.equal(client.ask("Storage.StartExchange", {}).code, "transactionActive");
  client.ask("CashManagement.Retract", {});
  assert.equal(client.ask("Storage.StartExchange", {}).code, "success");
  const { common } = client.ask("Common.Status", {}).payload;
  assert.equal(common?.exchange, "active");
  assert.equal(dispense(client, 100).code, "exchangeActive");
});

Deno.test("exchange: it does not begin while the client says that a transaction is under way", () => {
  const { client } = dispenser();
  client.ask("Common.SetTransactionState", { state: "active", transactionID: "7" });
  assert.equal(client.ask("Storage.StartExchange", {}).code, "transactionActive");
});

Deno.test("exchange: a cassette that is changed without one is manipulated until the next", () => {
  const { client, device } = dispenser();
  const status = () => client.ask("Storage.GetStorage", {}).payload.storage?.["unit2"]?.status;
  device.operate({ does: "open_door" });
  assert.equal(device.operate({ does: "swap_cassette", unit: "unit2" }), null);
  assert.equal(status(), "manipulated");
  client.ask("Storage.StartExchange", {});
  device.operate({ does: "swap_cassette", unit: "unit2" });
  client.ask("Storage.EndExchange", {});
  assert.equal(status(), "ok");
});

Deno.test("exchange: one that ends without a cassette says so", () => {
  const { client, device } = dispenser();
  client.ask("Storage.StartExchange", {});
  device.fault("D3", true);
  assert.equal(client.ask("Storage.EndExchange", {}).code, "storageUnitError");
});

Deno.test("exchange: an emptied bin has room again, and rejected notes stay in the books", () => {
  const { client, device } = dispenser((profile) => profile.reject_bin.capacity = 3);
  dispense(client, 300);
  client.ask("CashDispenser.Reject", {});
  dispense(client, 100);
  assert.equal(client.ask("CashDispenser.Reject", {}).code, "cashUnitError");
  client.ask("CashManagement.Reset", { position: { target: "retract" } });
  device.operate({ does: "open_door" });
  client.ask("Storage.StartExchange", {});
  assert.equal(device.operate({ does: "empty_bins" }), null);
  client.ask("Storage.EndExchange", {});
  device.operate({ does: "close_door" });
  const unit = client.ask("Storage.GetStorage", {}).payload.storage?.["unit1"]?.cash?.status;
  assert.equal(countNotes(unit?.out?.rejected), 2, "they were not presented to anybody");
  dispense(client, 100);
  assert.equal(client.ask("CashDispenser.Reject", {}).code, "success");
});

Deno.test("storage: counts are set in an exchange alone, thresholds and locks at any time", () => {
  const { client } = dispenser();
  const set = (unit: string, cash: object) =>
    client.ask("Storage.SetStorage", { storage: { [unit]: { cash } } }).code;
  const initial = { status: { initial: { typeCNY100: { fit: 500 } } } };
  assert.equal(set("unit1", initial), "noExchangeActive");
  assert.equal(set("unit9", {}), "invalidUnit");
  assert.equal(set("unit1", { configuration: { value: 20 } }), "storageUnitError");
  assert.equal(set("unit1", { configuration: { lowThreshold: 2_000 } }), "success");
  assert.deepEqual(client.told("Storage.StorageThresholdEvent"), [
    { unit1: { cash: { status: { replenishmentStatus: "low" } } } },
  ]);
  assert.equal(set("unit1", { configuration: { appLockOut: true } }), "success");
  assert.deepEqual(dispense(client, 100).payload.denomination?.values, { unit2: 1 });
  client.ask("CashDispenser.Reject", {});
  client.ask("Storage.StartExchange", {});
  assert.equal(set("unit1", initial), "success");
  const unit = client.ask("Storage.GetStorage", {}).payload.storage?.["unit1"];
  assert.equal(countNotes(unit?.cash?.status?.initial), 500);
  assert.equal(unit?.cash?.status?.accuracy, "accurateSet");
  assert.equal(unit?.serialNumber, "UNIT1-1", "the same cassette, counted anew");
});

Deno.test("storage: what cannot be set is refused, and nothing of it is set", () => {
  const { client } = dispenser();
  client.ask("Storage.StartExchange", {});
  const stored = () => client.ask("Storage.GetStorage", {}).payload.storage!;
  const before = stored();
  const refused = (unit: string, cash: object) => {
    const { code } = client.ask("Storage.SetStorage", { storage: { [unit]: { cash } } });
    assert.equal(code, "storageUnitError", JSON.stringify(cash));
  };
  for (
    const initial of [
      { typeCNY50: { fit: 77 } },
      { typeCNY100: { fit: 77, unfit: 1 } },
      { typeCNY100: { fit: 77 }, unrecognized: 5 },
    ]
  ) refused("unit1", { status: { initial } });
  for (
    const configuration of [
      { types: { cashIn: true } },
      { items: { fit: true, unfit: true } },
      { cashItems: ["typeCNY1"] },
      { appLockIn: true },
      { maxRetracts: 9 },
      { highThreshold: 1_000 },
      { lowThreshold: 7, currency: "USD" },
    ]
  ) refused("unit1", { configuration });
  refused("unit6", { configuration: { maxRetracts: 2 } });
  refused("unit6", { configuration: { appLockOut: true } });
  const printer = { status: { initial: 1 } };
  const foreign = client.ask("Storage.SetStorage", { storage: { unit1: { printer } } });
  assert.equal(foreign.code, "storageUnitError");
  assert.deepEqual(stored(), before);
  for (const [unit, { cash }] of Object.entries(before)) {
    const told = { configuration: { ...cash!.configuration, appLockIn: false } };
    const { code } = client.ask("Storage.SetStorage", { storage: { [unit]: { cash: told } } });
    assert.equal(code, "success", `${unit} as it is`);
  }
  assert.deepEqual(stored(), before);
});

Deno.test("storage: low is less than its threshold, high is more", () => {
  const { client, profile } = dispenser();
  const level = (unit: string, configuration: object) => {
    client.ask("Storage.SetStorage", { storage: { [unit]: { cash: { configuration } } } });
    const { storage } = client.ask("Storage.GetStorage", {}).payload;
    return storage?.[unit]?.cash?.status?.replenishmentStatus;
  };
  const { count } = profile.cassettes[0]!;
  assert.equal(level("unit1", { lowThreshold: count }), "ok");
  assert.equal(level("unit1", { lowThreshold: count + 1 }), "low");
  client.ask("CashDispenser.TestCashUnits", {});
  assert.equal(level("unit5", { highThreshold: 4 }), "ok");
  assert.equal(level("unit5", { highThreshold: 3 }), "high");
});

Deno.test("exchange: it is over when power goes, for whoever began it is not there any more", () => {
  const { client, device } = dispenser();
  assert.equal(client.ask("Storage.StartExchange", {}).code, "success");
  device.powerCut();
  assert.equal(device.state()["exchange"], "inactive");
  assert.equal(dispense(client, 100).code, "success");
});

Deno.test("operator: a retract bin that was emptied takes as many retracts as a new one", () => {
  const { client, device, world } = dispenser((profile) => profile.retract_bin.max_retracts = 1);
  const retract = () => {
    dispense(client, 100);
    client.ask("CashDispenser.Present", {});
    return client.ask("CashManagement.Retract", {}).code;
  };
  assert.equal(retract(), "success");
  assert.equal(retract(), "cashUnitError");
  device.take("all");
  world.pass(1_000);
  device.operate({ does: "open_door" });
  assert.equal(device.operate({ does: "empty_bins" }), null);
  device.operate({ does: "close_door" });
  assert.equal(retract(), "success");
});

Deno.test("operator: a jam is cleared by hand, behind an open door, and Reset moves the notes", () => {
  const { client, device } = dispenser();
  dispense(client, 300);
  device.fault("D12", true);
  client.ask("CashDispenser.Present", {});
  device.operate({ does: "open_door" });
  assert.equal(device.operate({ does: "clear_jam" }), null);
  device.operate({ does: "close_door" });
  assert.equal(client.ask("Common.Status", {}).payload.common?.device, "online");
  assert.equal(client.ask("CashManagement.Reset", {}).code, "success");
  assert.deepEqual(client.told("CashManagement.MediaDetectedEvent"), [
    { target: "reject", unit: "unit5", index: 1 },
  ]);
  assert.equal(yuanAt(device, "reject"), 300);
});

Deno.test("cash dispenser: TestCashUnits tries every feeder, and says which does not work", () => {
  const { client, device } = dispenser();
  assert.equal(client.ask("CashDispenser.TestCashUnits", {}).code, "success");
  assert.deepEqual(places(device)["reject"], { "10": 1, "50": 1, "100": 2 });
  device.fault("D4", true);
  assert.equal(client.ask("CashDispenser.TestCashUnits", {}).code, "cashUnitError");
  const [error] = client.told("Storage.StorageErrorEvent");
  assert.deepEqual(Object.keys(error?.["unit"] ?? {}), ["unit1"]);
});

Deno.test("cash dispenser: Count empties a cassette into the reject bin, as far as it has room", () => {
  const { client, device } = dispenser((profile) => profile.cassettes[3]!.count = 150);
  const { code, payload } = client.ask("CashDispenser.Count", { unit: "unit4" });
  assert.equal(code, "success");
  assert.deepEqual(payload.countedCashUnits?.["unit4"], {
    dispensed: 150,
    counted: 150,
    replenishmentStatus: "empty",
    status: "ok",
  });
  assert.equal(yuanAt(device, "reject"), 1_500);
  const some = client.ask("CashDispenser.Count", { unit: "unit1" }).payload.countedCashUnits;
  assert.deepEqual(some?.["unit1"], {
    dispensed: 50,
    counted: 50,
    replenishmentStatus: "ok",
    status: "ok",
  });
  assert.equal(client.ask("CashDispenser.Count", { unit: "unit1" }).code, "cashUnitError");
  assert.equal(client.told("Storage.StorageErrorEvent").at(-1)?.["failure"], "full");
  assert.equal(yuanAt(device, "unit1"), 175_000, "nothing moved");
});

Deno.test("cash dispenser: nothing is counted or tried while notes of a bunch lie about", () => {
  const { client, device } = presented(300);
  const refused = (where: string) => {
    const before = JSON.stringify(places(device));
    assert.equal(client.ask("CashDispenser.Count", { unit: "unit4" }).code, "cashUnitError", where);
    const { code } = client.ask("CashDispenser.TestCashUnits", {});
    assert.equal(code, device.state()["shutter"] === "open" ? "shutterOpen" : "cashUnitError");
    assert.equal(JSON.stringify(places(device)), before, `nothing moved: ${where}`);
  };
  refused("at the open shutter");
  device.fault("D25", true);
  assert.equal(client.ask("CashManagement.Retract", {}).code, "incompleteRetract");
  refused("left in the transport");
  client.ask("CashManagement.Reset", {});
  dispense(client, 100);
  refused("on the stacker");
  client.ask("CashDispenser.Reject", {});
  assert.equal(client.ask("CashDispenser.TestCashUnits", {}).code, "success");
});

Deno.test("cash dispenser: Count counts no cassette that gives no notes", () => {
  for (const fault of ["D1", "D3", "D4", "D5", "D6", "D7"]) {
    const { client, device } = dispenser((profile) => profile.cassettes[0]!.count = 20);
    device.fault(fault, true);
    assert.equal(client.ask("CashDispenser.Count", { unit: "unit1" }).code, "cashUnitError", fault);
    const [error] = client.told("Storage.StorageErrorEvent");
    assert.deepEqual(Object.keys(error?.["unit"] ?? {}), ["unit1"]);
    assert.equal(yuanAt(device, "reject"), 0);
    assert.equal(client.ask("CashDispenser.Count", { unit: "unit2" }).code, "success");
  }
});

Deno.test("cash dispenser: the serial numbers of a bunch, and where each note is", () => {
  const { client, device } = presented(300);
  device.take(1);
  const itemInfoType = { serialNumber: true };
  const { itemsList = [] } = client.ask("CashManagement.GetItemInfo", { itemInfoType }).payload;
  assert.deepEqual(itemsList.map(({ itemLocation }) => itemLocation), [
    "customer",
    "output",
    "output",
  ]);
  const serials = itemsList.map(({ serialNumber }) => serialNumber ?? "");
  assert.equal(new Set(serials).size, 3);
  for (const serial of serials) assert.match(serial, /^XX[0-9]{8}$/);
  assert.deepEqual(client.told("CashManagement.InfoAvailableEvent"), [
    { itemInfoSummary: [{ level: "fit", numOfItems: 3 }] },
  ]);
});

Deno.test("cash dispenser: equal emptying takes from the fullest, and is exact", () => {
  const sources = [
    { unit: "unit1", value_yuan: 100, left: 3 },
    { unit: "unit2", value_yuan: 50, left: 9 },
    { unit: "unit3", value_yuan: 20, left: 8 },
  ];
  assert.deepEqual(equalEmptying(100, sources, 40), { unit2: 2 });
  assert.deepEqual(equalEmptying(120, sources, 40), { unit2: 2, unit3: 1 });
  assert.deepEqual(equalEmptying(60, sources, 40), { unit3: 3 });
  assert.equal(equalEmptying(30, sources, 40), null);
  assert.deepEqual(equalEmptying(300, sources, 3), { unit1: 3 }, "when no more notes are allowed");
  const { client } = dispenser();
  const denomination = { service: { currencies: { CNY: 200 }, mix: "mix2" } };
  const { payload } = client.ask("CashDispenser.Denominate", { request: { denomination } });
  assert.deepEqual(payload.result?.values, { unit1: 1, unit2: 1 });
});

Deno.test("cash dispenser: six denominations and eight cassettes pay any amount out", () => {
  const { client } = dispenser((profile) => {
    profile.cassettes = [100, 100, 50, 20, 10, 5, 1, 1].map((value_yuan, i) => ({
      unit: `unit${i + 1}`,
      value_yuan: value_yuan as 100,
      count: 50,
      capacity: 100,
      low_below: 5,
    }));
    profile.reject_bin.unit = "unit9";
    profile.retract_bin.unit = "unit10";
  });
  const { code, payload } = dispense(client, 1 + 2 * 5 + 20 + 50 + 7 * 100);
  assert.equal(code, "success");
  const notes = Object.values(payload.denomination?.values ?? {}).reduce((a, b) => a + b, 0);
  assert.equal(notes, 7 + 1 + 1 + 1 + 1);
  assert.equal(
    Object.keys(client.ask("CashManagement.GetBankNoteTypes", {}).payload.items ?? {})
      .length,
    6,
  );
});
