import assert from "node:assert/strict";
import { keptOf, switchedOn } from "../../core/session/mod.ts";
import {
  type CommandOf,
  completion,
  type StatusTree,
  unsolicited,
} from "../../core/xfs4iot/mod.ts";
import { Front, PAN } from "./session_front.ts";

/** Power goes and comes back; everything asked on waking is asked anew. */
function powerCut(front: Front): void {
  front.machine = switchedOn(front.machine.config, keptOf(front.machine));
  front.effects.length = 0;
  front.tell({ type: "started" });
}

type Asked = "auxiliaries" | "pinpad" | "camera" | "cashdispenser";

/** A service answers the Status it was last asked for. */
function says(front: Front, device: Asked, status: StatusTree): void {
  const asked = front.all("device").findLast((sent) =>
    sent.device === device && sent.message.header.name === "Common.Status"
  );
  assert.ok(asked, `${device} was asked`);
  const command = asked.message as CommandOf<"Common.Status">;
  front.tell({ type: "device", device, message: completion(command, "success", status) });
}

/** The dispenser has no notes lying about. */
function nothingLies(front: Front): void {
  says(front, "cashdispenser", { common: { device: "online" } });
}

function changes(front: Front, device: Asked, status: StatusTree): void {
  const message = unsolicited("Common.StatusChangedEvent", status);
  front.tell({ type: "device", device, message });
}

Deno.test("power: who was cut off does not forget a tampered machine", () => {
  const front = new Front();
  changes(front, "auxiliaries", { auxiliaries: { tamperSensor: "on" } });
  assert.equal(front.page, "out_of_service");
  powerCut(front);
  says(front, "auxiliaries", { auxiliaries: { tamperSensor: "on", operatorSwitch: "run" } });
  nothingLies(front);
  assert.equal(front.page, "out_of_service");
  assert.ok(front.journal().includes("operator_called"));
  changes(front, "auxiliaries", { auxiliaries: { tamperSensor: "off" } });
  assert.equal(front.page, "welcome");
});

Deno.test("power: an operator at the open door is still there, and one who left is not", () => {
  for (const position of ["supervisor", "run"] as const) {
    const front = new Front();
    changes(front, "auxiliaries", { auxiliaries: { operatorSwitch: "supervisor" } });
    assert.equal(front.state, "maintenance");
    powerCut(front);
    says(front, "auxiliaries", { auxiliaries: { operatorSwitch: position } });
    nothingLies(front);
    assert.equal(front.state, position === "run" ? "idle" : "maintenance");
  }
});

Deno.test("power: a broken keypad is broken afterwards, and a broken dispenser", () => {
  for (const device of ["pinpad", "cashdispenser"] as const) {
    const front = new Front();
    powerCut(front);
    if (device === "pinpad") says(front, device, { common: { device: "hardwareError" } });
    says(front, "cashdispenser", {
      common: { device: device === "pinpad" ? "online" : "hardwareError" },
    });
    assert.equal(front.page, "out_of_service", device);
  }
});

Deno.test("power: a machine that is switched on asks how its parts are", () => {
  const front = new Front();
  says(front, "camera", { common: { device: "hardwareError" } });
  assert.deepEqual(front.machine.troubles, ["camera"]);
  assert.ok(!front.machine.controls.includes("face"));
  says(front, "auxiliaries", { auxiliaries: { operatorSwitch: "maintenance" } });
  assert.equal(front.state, "maintenance");
});

Deno.test("power: what was to be deleted when power went is deleted afterwards", () => {
  const front = new Front();
  front.toServices();
  front.touch("withdraw_consent");
  front.touch("agree");
  powerCut(front);
  assert.deepEqual(
    front.all("face").map(({ request }) => request).filter(({ op }) => op === "delete"),
    [{ op: "delete", reference: `template:${PAN}` }],
  );
});

Deno.test("maintenance: a keypad that failed once serves after an operator was there", () => {
  const front = new Front();
  front.touch("face");
  front.look();
  front.complete("Keyboard.DataEntry", "hardwareError");
  front.timer("goodbye");
  assert.equal(front.page, "out_of_service");
  assert.equal(front.all("journal").at(-1)?.entry.detail, "keypad_dead");
  changes(front, "auxiliaries", { auxiliaries: { operatorSwitch: "supervisor" } });
  front.complete("Storage.StartExchange");
  changes(front, "auxiliaries", { auxiliaries: { operatorSwitch: "run" } });
  front.complete("Storage.EndExchange");
  front.complete("CashManagement.Reset");
  assert.equal(front.page, "welcome");
});

Deno.test("maintenance: an operator who turns the key back at once is not waited for", () => {
  const front = new Front();
  changes(front, "auxiliaries", { auxiliaries: { operatorSwitch: "supervisor" } });
  changes(front, "auxiliaries", { auxiliaries: { operatorSwitch: "run" } });
  assert.equal(front.commands("Storage.EndExchange").length, 0, "it has not begun yet");
  front.complete("Storage.StartExchange");
  front.complete("Storage.EndExchange");
  front.complete("CashManagement.Reset");
  assert.equal(front.page, "welcome");
});

Deno.test("fitness: for a machine that is out of service somebody is called once", () => {
  const front = new Front();
  changes(front, "auxiliaries", { auxiliaries: { safeDoor: "open" } });
  changes(front, "auxiliaries", { auxiliaries: { cabinetDoor: "open" } });
  assert.equal(front.journal().filter((line) => line === "operator_called").length, 1);
});

/** What the dispenser says of the last Dispense. */
function remembers(front: Front, presentState: "presented" | "notPresented" | "unknown"): void {
  front.complete("CashDispenser.GetPresentStatus", "success", { presentState, denomination: {} });
}

Deno.test("power: presented cash that lies nowhere is taken, unless it was being swallowed", () => {
  for (const swallowed of [false, true]) {
    const front = new Front();
    front.toCashWaiting();
    if (swallowed) front.timer("retract");
    powerCut(front);
    remembers(front, "presented");
    nothingLies(front);
    const line = swallowed ? "cash_retracted_suspect" : "cash_taken";
    assert.deepEqual(front.journal().filter((each) => each.startsWith("cash_")), [line]);
    assert.deepEqual(front.machine.reversals, []);
  }
});

Deno.test("power: notes that a first look found within reach were so, though it was cut off too", () => {
  const front = new Front();
  front.toCashWaiting();
  powerCut(front);
  remembers(front, "presented");
  says(front, "cashdispenser", {
    cashDispenser: { positions: [{ position: "outCenter", positionStatus: "notEmpty" }] },
  });
  assert.equal(front.commands("CashManagement.Reset").length, 1);
  powerCut(front);
  remembers(front, "presented");
  nothingLies(front);
  assert.deepEqual(front.journal().filter((each) => each.startsWith("cash_")), [
    "cash_retracted_suspect",
  ]);
});

Deno.test("power: where the notes cannot be cleared nobody is served until an operator was there", () => {
  for (
    const [code, page] of [["success", "welcome"], ["hardwareError", "out_of_service"]] as const
  ) {
    const front = new Front();
    powerCut(front);
    says(front, "cashdispenser", { cashDispenser: { intermediateStacker: "notEmpty" } });
    front.complete("CashManagement.Reset", code);
    assert.equal(front.page, page, code);
  }
});

Deno.test("power: of cash that was in the customer's hand before the receipt nothing more is said", () => {
  const front = new Front();
  front.toCashWaiting();
  front.taken();
  assert.equal(front.state, "printing");
  powerCut(front);
  nothingLies(front);
  assert.deepEqual(front.journal(), ["power_returned", "session_ended"]);
});

Deno.test("power: what was asked before power went is answered to nobody", () => {
  const front = new Front();
  front.toCashWaiting();
  const ids = () => front.all("device").map(({ message }) => message.header.requestId);
  const before = ids();
  powerCut(front);
  assert.ok(ids().length > 0 && ids().every((id) => !before.includes(id)));
});

Deno.test("power: what is written down comes before anything else that a turn wishes", () => {
  const front = new Front();
  front.toAuthorising();
  const effects = front.tell({
    type: "host",
    message: { mti: "0210", fields: { 11: front.last("host").message.fields[11]!, 39: "00" } },
  });
  const written = effects.map(({ type }) => type === "journal");
  assert.ok(written.includes(true) && written.includes(false));
  assert.deepEqual(written, written.toSorted((a, b) => Number(b) - Number(a)));
});
