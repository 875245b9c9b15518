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
