/** Every fault of the dispenser, by its id, and what a client sees of it on the wire. */
import assert from "node:assert/strict";
import type { StorageUnits } from "../../core/xfs4iot/mod.ts";
import type { CommandName } from "../../core/xfs4iot/mod.ts";
import { CASH_DISPENSER_FAULTS } from "../../devices/mod.ts";
import { dispense, dispenser, places, presented, total, yuanAt } from "./cash_dispenser_front.ts";

type Machine = ReturnType<typeof dispenser>;

function broken(id: string, machine: Machine = dispenser()): Machine {
  machine.device.fault(id, true);
  return machine;
}

/** Asks the first cassette for one note; the error, and why the unit gives none. */
function fromFirst({ client }: Machine): [string, unknown] {
  const denomination = { denomination: { app: { counts: { unit1: 1 } } } };
  const { code } = client.ask("CashDispenser.Dispense", { denomination });
  return [code, client.told("Storage.StorageErrorEvent").at(-1)?.["failure"]];
}

function unit1({ client }: Machine) {
  return client.ask("Storage.GetStorage", {}).payload.storage?.["unit1"];
}

/** What was last told of the first cassette, without being asked. */
function toldOfUnit1({ client }: Machine) {
  const [last] = client.told("Storage.StorageChangedEvent").slice(-1) as StorageUnits[];
  return last?.["unit1"];
}

function positionOf({ client }: Machine) {
  return client.ask("Common.Status", {}).payload.cashDispenser?.positions?.[0];
}

function presentState({ client }: Machine) {
  return client.ask("CashDispenser.GetPresentStatus", {}).payload.presentState;
}

function code({ client }: Machine, name: CommandName): string {
  return client.ask(name, {}).code;
}

/** A bunch on the stacker. */
function stacked(yuan: number): Machine {
  const machine = dispenser();
  assert.equal(dispense(machine.client, yuan).code, "success");
  return machine;
}

const TABLE: Record<string, () => void> = {
  D1() {
    const machine = broken("D1");
    assert.deepEqual(fromFirst(machine), ["cashUnitError", "empty"]);
    assert.equal(unit1(machine)?.cash?.status?.replenishmentStatus, "empty");
  },
  D2() {
    const machine = broken("D2");
    assert.equal(unit1(machine)?.cash?.status?.replenishmentStatus, "low");
    const { cashManagement } = machine.client.ask("Common.Status", {}).payload;
    assert.equal(cashManagement?.dispenser, "attention");
    assert.equal(dispense(machine.client, 300).code, "success");
  },
  D3() {
    const machine = broken("D3");
    assert.equal(unit1(machine)?.status, "missing");
    assert.equal(machine.client.told("Storage.StorageChangedEvent").length, 1);
    assert.deepEqual(fromFirst(machine), ["cashUnitError", "error"]);
    assert.deepEqual(dispense(machine.client, 300).payload.denomination?.values, { unit2: 3 });
  },
  D4() {
    const machine = broken("D4");
    assert.equal(unit1(machine)?.status, "inoperative");
    assert.equal(unit1(machine)?.cash?.status?.operationStatus, "dispenseInoperative");
    assert.equal(toldOfUnit1(machine)?.cash?.status?.operationStatus, "dispenseInoperative");
    assert.deepEqual(fromFirst(machine), ["cashUnitError", "feedModuleProblem"]);
    machine.device.fault("D4", false);
    assert.equal(unit1(machine)?.status, "ok");
  },
  D5() {
    const machine = broken("D5");
    assert.equal(unit1(machine)?.status, "manipulated");
    assert.deepEqual(fromFirst(machine), ["cashUnitError", "error"]);
  },
  D6() {
    const machine = broken("D6");
    assert.equal(unit1(machine)?.status, "notConfigured");
    assert.deepEqual(fromFirst(machine), ["cashUnitError", "notConfigured"]);
  },
  D7() {
    const machine = broken("D7");
    assert.equal(unit1(machine)?.cash?.configuration?.appLockOut, true);
    assert.deepEqual(fromFirst(machine), ["cashUnitError", "locked"]);
  },
  D8() {
    const machine = broken("D8");
    assert.equal(dispense(machine.client, 500).code, "cashUnitError");
    assert.equal(unit1(machine)?.status, "inoperative");
  },
  D9() {
    const machine = broken("D9");
    for (let n = 0; n < 6; n++) {
      assert.equal(dispense(machine.client, 300).code, "success");
      assert.equal(yuanAt(machine.device, "stacker"), 300, "others are picked in their place");
      code(machine, "CashDispenser.Reject");
    }
    const reasons = machine.client.told("CashManagement.NoteErrorEvent").map(({ reason }) =>
      reason
    );
    const all = ["doubleNote", "longNote", "skewedNote", "notesTooClose", "shortNote"];
    assert.deepEqual(reasons, [...all, "otherNoteError"]);
    assert.equal(yuanAt(machine.device, "reject"), 6 * 300 + 700);
  },
  D10() {
    const machine = broken("D10");
    assert.equal(dispense(machine.client, 300).code, "cashUnitError");
    assert.deepEqual(machine.client.told("CashManagement.NoteErrorEvent"), [
      { reason: "incorrectCount" },
    ]);
    assert.equal(unit1(machine)?.cash?.status?.accuracy, "inaccurate");
    assert.equal(toldOfUnit1(machine)?.cash?.status?.accuracy, "inaccurate");
    assert.equal(code(machine, "CashDispenser.Reject"), "success");
    machine.device.fault("D10", false);
    assert.equal(toldOfUnit1(machine)?.cash?.status?.accuracy, "accurate");
  },
  D11() {
    const machine = broken("D11");
    assert.equal(dispense(machine.client, 500).code, "cashUnitError");
    const [incomplete] = machine.client.told("CashDispenser.IncompleteDispenseEvent");
    assert.deepEqual(incomplete?.["currencies"], { CNY: 400 });
  },
  D12() {
    const machine = broken("D12", stacked(300));
    assert.equal(code(machine, "CashDispenser.Present"), "hardwareError");
    assert.equal(positionOf(machine)?.transport, "inoperative");
    assert.equal(yuanAt(machine.device, "transport"), 300);
  },
  D13() {
    const machine = broken("D13", stacked(300));
    const { cashDispenser } = machine.client.ask("Common.Status", {}).payload;
    assert.equal(cashDispenser?.intermediateStacker, "unknown");
    for (const name of ["CashDispenser.Present", "CashDispenser.Reject"] as const) {
      assert.equal(code(machine, name), "hardwareError");
    }
    assert.equal(presentState(machine), "notPresented");
    machine.device.fault("D13", false);
    assert.equal(code(machine, "CashDispenser.Present"), "success");
  },
  D14() {
    const machine = broken("D14");
    assert.equal(dispense(machine.client, 300).code, "itemsLeft");
    assert.equal(positionOf(machine)?.transportStatus, "notEmpty");
    assert.equal(code(machine, "CashDispenser.Reject"), "success");
    assert.equal(dispense(machine.client, 300).code, "success");
  },
  D15() {
    const machine = broken("D15", stacked(300));
    assert.equal(code(machine, "CashDispenser.Reject"), "cashUnitError");
    assert.equal(machine.client.told("Storage.StorageErrorEvent")[0]?.["failure"], "full");
    assert.equal(yuanAt(machine.device, "stacker"), 300);
  },
  D16() {
    const machine = broken("D16", presented(300));
    assert.equal(code(machine, "CashManagement.Retract"), "cashUnitError");
    assert.equal(machine.client.told("Storage.StorageErrorEvent")[0]?.["failure"], "full");
    assert.equal(yuanAt(machine.device, "position"), 300);
  },
  D17() {
    const machine = broken("D17", stacked(300));
    assert.equal(code(machine, "CashDispenser.Present"), "shutterNotOpen");
    assert.equal(code(machine, "CashManagement.OpenShutter"), "shutterNotOpen");
    assert.equal(positionOf(machine)?.shutter, "jammedClosed");
    assert.equal(presentState(machine), "notPresented");
  },
  D18() {
    const machine = broken("D18", stacked(300));
    assert.equal(positionOf(machine)?.shutter, "jammedOpen");
    assert.equal(code(machine, "CashDispenser.Present"), "shutterOpen");
    assert.equal(dispense(machine.client, 300).code, "shutterOpen");
    machine.device.fault("D18", false);
    assert.equal(code(machine, "CashDispenser.Present"), "success");
  },
  D19() {
    const machine = broken("D19", stacked(300));
    assert.equal(code(machine, "CashDispenser.Present"), "presentErrorUnknown");
    assert.equal(positionOf(machine)?.shutter, "jammedPartiallyOpen");
    assert.equal(presentState(machine), "unknown");
  },
  D20() {
    const machine = broken("D20", presented(300));
    const { code, payload } = machine.client.ask("CashManagement.Retract", {});
    assert.equal(code, "shutterNotClosed");
    assert.deepEqual(payload.storage?.["unit6"]?.retracted, { typeCNY100: { fit: 3 } });
    assert.equal(machine.client.ask("CashManagement.CloseShutter", {}).code, "shutterNotClosed");
    assert.equal(positionOf(machine)?.shutter, "jammedOpen");
    machine.device.fault("D20", false);
    assert.equal(positionOf(machine)?.shutter, "closed");
  },
  D21() {
    for (
      const [turn, error, state] of [
        [0, "presentErrorNoItems", "notPresented"],
        [1, "presentErrorItems", "presented"],
        [2, "presentErrorUnknown", "unknown"],
      ] as const
    ) {
      const machine = broken("D21");
      for (let n = 0; n < turn; n++) {
        dispense(machine.client, 100);
        code(machine, "CashDispenser.Present");
        code(machine, "CashManagement.Reset");
      }
      dispense(machine.client, 100);
      assert.equal(code(machine, "CashDispenser.Present"), error);
      assert.equal(presentState(machine), state);
    }
  },
  D22() {
    const machine = broken("D22", presented(300));
    assert.equal(machine.device.take("all"), 0);
    assert.equal(machine.client.told("CashManagement.ItemsTakenEvent").length, 0);
    assert.equal(code(machine, "CashManagement.Retract"), "success");
    assert.equal(yuanAt(machine.device, "retract"), 300);
  },
  D23() {
    const machine = broken("D23", presented(500));
    const { code, payload } = machine.client.ask("CashManagement.Retract", {});
    assert.equal(code, "itemsTaken");
    assert.deepEqual(payload.storage?.["unit6"]?.retracted, { typeCNY100: { fit: 3 } });
    assert.equal(yuanAt(machine.device, "customer"), 200);
  },
  D24() {
    const machine = broken("D24", presented(300));
    for (
      const name of [
        "CashManagement.Retract",
        "CashManagement.CloseShutter",
        "CashManagement.Reset",
      ] as const
    ) assert.equal(code(machine, name), "foreignItemsDetected");
    assert.equal(yuanAt(machine.device, "position"), 300);
  },
  D25() {
    const reasons: unknown[] = [];
    const machine = broken("D25");
    for (let n = 0; n < 3; n++) {
      dispense(machine.client, 400);
      code(machine, "CashDispenser.Present");
      const { code: said, payload } = machine.client.ask("CashManagement.Retract", {});
      assert.equal(said, "incompleteRetract");
      assert.deepEqual(payload.storage?.["unit6"]?.retracted, { typeCNY100: { fit: 2 } });
      assert.equal(positionOf(machine)?.transportStatus, "notEmptyCustomer");
      reasons.push(machine.client.told("CashManagement.IncompleteRetractEvent")[n]?.["reason"]);
      code(machine, "CashManagement.Reset");
    }
    assert.deepEqual(reasons, ["retractFailure", "retractAreaFull", "invalidBunch"]);
  },
  D26() {
    const machine = broken("D26", presented(300));
    assert.equal(code(machine, "CashManagement.Retract"), "positionNotEmpty");
    assert.equal(code(machine, "CashManagement.Reset"), "positionNotEmpty");
    machine.device.fault("D26", false);
    assert.equal(code(machine, "CashManagement.Retract"), "success");
  },
  D27() {
    const machine = broken("D27");
    assert.equal(dispense(machine.client, 300).code, "safeDoorOpen");
    assert.equal(code(machine, "CashDispenser.Count"), "safeDoorOpen");
    assert.equal(code(machine, "CashDispenser.TestCashUnits"), "cashUnitError");
  },
  D28() {
    const machine = broken("D28", stacked(300));
    const { common } = machine.client.ask("Common.Status", {}).payload;
    assert.equal(common?.exchange, "active");
    assert.equal(dispense(machine.client, 300).code, "exchangeActive");
    for (
      const name of [
        "CashDispenser.Present",
        "CashDispenser.Reject",
        "CashManagement.Retract",
        "CashManagement.OpenShutter",
        "Storage.StartExchange",
      ] as const
    ) assert.equal(code(machine, name), "exchangeActive");
    assert.equal(code(machine, "Storage.EndExchange"), "noExchangeActive");
  },
  D29() {
    const machine = broken("D29");
    assert.equal(dispense(machine.client, 300).code, "tooManyItems");
    assert.equal(dispense(machine.client, 100).code, "success");
  },
  D30() {
    const machine = broken("D30");
    assert.equal(dispense(machine.client, 100).code, "success");
    assert.equal(code(machine, "CashDispenser.Present"), "success");
    assert.deepEqual(places(machine.device)["position"], { "50": 1 }, "what really lies there");
    code(machine, "CashManagement.Retract");
    assert.equal(unit1(machine)?.cash?.status?.accuracy, "accurate", "nobody has noticed");
    const { payload } = machine.client.ask("CashDispenser.Count", { unit: "unit1" });
    assert.equal(payload.countedCashUnits?.["unit1"]?.dispensed, 200);
    assert.equal(payload.countedCashUnits?.["unit1"]?.counted, undefined);
    assert.equal(unit1(machine)?.cash?.status?.accuracy, "inaccurate");
  },
  D31() {
    const machine = broken("D31");
    const out = machine.client.told("Storage.CountsChangedEvent").at(-1)?.["unit1"];
    const presented = { typeCNY100: { fit: 1 } };
    assert.partialDeepStrictEqual(out, { cash: { status: { out: { presented } } } });
    assert.equal(unit1(machine)?.cash?.status?.accuracy, "accurate");
    assert.equal(places(machine.device)["unit1"]?.["100"], 1800, "and none was picked");
  },
  D32() {
    const machine = broken("D32", presented(300));
    assert.equal(machine.device.take("all"), 300);
    assert.equal(machine.client.told("CashManagement.ItemsTakenEvent").length, 0);
    assert.equal(positionOf(machine)?.positionStatus, "notEmpty");
    assert.equal(code(machine, "CashManagement.Retract"), "noItems");
    machine.device.fault("D32", false);
    assert.equal(positionOf(machine)?.shutter, "closed");
  },
  D33() {
    const machine = dispenser();
    const { client, device, world } = machine;
    const denomination = { denomination: { service: { currencies: { CNY: 500 }, mix: "mix1" } } };
    const request = client.send("CashDispenser.Dispense", { denomination });
    world.pass(350 + 2 * 160 + 50);
    device.fault("D33", true);
    assert.equal(client.code(request), "hardwareError");
    assert.equal(client.ask("Common.Status", {}).payload.common?.device, "powerOff");
    assert.equal(code(machine, "CashDispenser.Reject"), "deviceNotReady");
    device.fault("D33", false);
    assert.equal(presentState(machine), "notPresented");
    assert.equal(code(machine, "CashDispenser.Reject"), "success");
    assert.equal(yuanAt(device, "reject"), 300);
  },
  D34() {
    const machine = dispenser((profile) => profile.policies.dispense_tokens = "required");
    machine.client.ask("Common.GetCommandNonce", {});
    broken("D34", machine);
    assert.equal(machine.client.told("Common.NonceClearedEvent").length, 1);
    machine.client.ask("Common.GetCommandNonce", {});
    assert.equal(machine.client.told("Common.NonceClearedEvent").length, 2, "nor is the next kept");
  },
  D35() {
    const machine = broken("D35");
    const denomination = { denomination: { service: { currencies: { CNY: 100 }, mix: "mix1" } } };
    const request = machine.client.send("CashDispenser.Dispense", { denomination });
    assert.deepEqual(machine.client.told("CashDispenser.DelayedDispenseEvent"), [{ delay: 3 }]);
    machine.world.pass(3_000);
    assert.equal(machine.client.code(request), undefined);
    machine.world.pass(350 + 160);
    assert.equal(machine.client.code(request), "success");
  },
  D36() {
    const machine = broken("D36");
    assert.equal(dispense(machine.client, 300).code, "invalidCurrency");
    const service = { currencies: { CNY: 300 }, mix: "mix1" };
    const request = { denomination: { service } };
    assert.equal(
      machine.client.ask("CashDispenser.Denominate", { request }).code,
      "invalidCurrency",
    );
  },
};

for (const { id, does } of CASH_DISPENSER_FAULTS) {
  Deno.test(`fault ${id} on the cash dispenser: ${does.toLowerCase()}`, () => {
    const judge = TABLE[id];
    assert(judge !== undefined, `${id} is in the table`);
    judge();
  });
}

Deno.test("cash dispenser: every fault that ends leaves a machine that dispenses", () => {
  for (const { id } of CASH_DISPENSER_FAULTS) {
    const machine = broken(id);
    const before = total(machine.device);
    dispense(machine.client, 300);
    code(machine, "CashDispenser.Present");
    machine.device.fault(id, false);
    code(machine, "CashManagement.Reset");
    if (id !== "D30") assert.equal(total(machine.device), before, `${id}: no note is lost`);
    assert.equal(dispense(machine.client, 200).code, "success", id);
    assert.equal(code(machine, "CashDispenser.Present"), "success", id);
  }
});
