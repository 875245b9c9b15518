/** Paper of one customer is never handed to another, and never keeps anybody from their cash. */
import assert from "node:assert/strict";
import { switchedOn } from "../../core/session/mod.ts";
import { unsolicited } from "../../core/xfs4iot/mod.ts";
import { CONFIG, Front, outcomeOf } from "./session_front.ts";

type Told = "Printer.MediaTakenEvent" | "Printer.MediaAutoRetractedEvent";

function told(front: Front, name: Told): void {
  front.tell({ type: "device", device: "printer", message: unsolicited(name, {}) });
}

function found(front: Front, position: string): void {
  const message = unsolicited("Printer.MediaDetectedEvent", { position });
  front.tell({ type: "device", device: "printer", message });
}

function count(front: Front, name: "Printer.Reset" | "Printer.PrintNative"): number {
  return front.commands(name).length;
}

function called(front: Front): (string | undefined)[] {
  return front.all("journal").filter(({ entry }) => entry.line === "operator_called")
    .map(({ entry }) => entry.detail);
}

/** The cash is in the customer's hand, and the machine has what follows before it. */
function withdraws(front: Front): void {
  front.toCashWaiting();
  front.taken();
}

/** A whole visit whose receipt could not come out. */
function jammed(): Front {
  const front = new Front();
  withdraws(front);
  front.complete("Printer.PrintNative", "commandErrorCode", { errorCode: "mediaJammed" });
  return front;
}

Deno.test("paper: a machine that is switched on puts away what lies in its printer", () => {
  const front = new Front();
  assert.deepEqual(front.commands("Printer.Reset").map(({ payload }) => payload), [
    { mediaControl: "unit1" },
  ]);
  assert.equal(front.page, "welcome", "and nobody waits for it");
});

Deno.test("paper: what did not come out is put away before anybody else's is printed", () => {
  const front = jammed();
  assert.deepEqual(outcomeOf(front), ["served", "cash_taken"], "at once");
  assert.equal(count(front, "Printer.Reset"), 2);
  found(front, "unit1");
  front.complete("Printer.Reset");
  assert.equal(front.journal().at(-1), "receipt_retracted");
  front.timer("goodbye");
  withdraws(front);
  assert.deepEqual([count(front, "Printer.Reset"), count(front, "Printer.PrintNative")], [2, 2]);
});

Deno.test("paper: while it is stuck the cash is given and no receipt is printed", () => {
  const front = jammed();
  front.complete("Printer.Reset", "commandErrorCode", { errorCode: "mediaJammed" });
  for (let customer = 2; customer < 4; customer++) {
    front.timer("goodbye");
    withdraws(front);
    assert.equal(count(front, "Printer.Reset"), customer + 1, "it is tried for each of them");
    assert.deepEqual(outcomeOf(front), ["served", "cash_taken"]);
    assert.equal(front.page, "goodbye");
    front.complete("Printer.Reset", "hardwareError");
  }
  assert.equal(count(front, "Printer.PrintNative"), 1);
  assert.deepEqual(called(front), ["receipt_lost", "receipt_stuck"], "somebody is called once");
  front.timer("goodbye");
  front.touch("face");
  front.complete("Printer.Reset");
  front.touch("other_way");
  front.timer("goodbye");
  withdraws(front);
  assert.equal(count(front, "Printer.PrintNative"), 2, "a printer that is clear prints again");
});

Deno.test("paper: a printer that does not answer prints nothing more, and somebody is called", () => {
  const front = jammed();
  front.timer("goodbye");
  withdraws(front);
  assert.equal(count(front, "Printer.PrintNative"), 1);
  assert.deepEqual(called(front), ["receipt_lost", "receipt_stuck"]);
  const [, , late] = front.commands("Printer.Reset");
  assert.ok(late !== undefined);
  front.complete("Printer.Reset");
  front.timer("goodbye");
  withdraws(front);
  assert.equal(count(front, "Printer.PrintNative"), 2, "an answer that is late is one");
});

Deno.test("paper: a receipt left in the slot is taken back when the next session begins", () => {
  const front = new Front();
  withdraws(front);
  front.complete("Printer.PrintNative");
  front.timer("goodbye");
  assert.equal(count(front, "Printer.Reset"), 1, "whose it is may still take it");
  front.touch("face");
  assert.equal(count(front, "Printer.Reset"), 2);
  for (const takes of ["Printer.MediaTakenEvent", "Printer.MediaAutoRetractedEvent"] as const) {
    const clear = new Front();
    withdraws(clear);
    clear.complete("Printer.PrintNative");
    told(clear, takes);
    clear.timer("goodbye");
    clear.touch("face");
    assert.equal(count(clear, "Printer.Reset"), 1, `nothing is left after ${takes}`);
  }
  const quick = new Front();
  withdraws(quick);
  told(quick, "Printer.MediaTakenEvent");
  quick.complete("Printer.PrintNative");
  quick.timer("goodbye");
  quick.touch("face");
  assert.equal(count(quick, "Printer.Reset"), 1, "taken before the printer said that it was out");
});

Deno.test("paper: what is taken while a reset is under way does not say that all is clear", () => {
  const front = jammed();
  told(front, "Printer.MediaTakenEvent");
  front.timer("goodbye");
  withdraws(front);
  assert.equal(count(front, "Printer.PrintNative"), 1);
});

Deno.test("paper: an operator who has been there has the printer tried again", () => {
  const front = jammed();
  front.complete("Printer.Reset", "commandErrorCode", { errorCode: "paperJammed" });
  front.timer("goodbye");
  for (const operatorSwitch of ["maintenance", "run"] as const) {
    front.tell({
      type: "device",
      device: "auxiliaries",
      message: unsolicited("Common.StatusChangedEvent", { auxiliaries: { operatorSwitch } }),
    });
    const step = operatorSwitch === "run" ? "Storage.EndExchange" : "Storage.StartExchange";
    front.complete(step);
  }
  front.complete("CashManagement.Reset");
  assert.equal(count(front, "Printer.Reset"), 3);
  assert.equal(front.page, "welcome");
});

Deno.test("paper: a machine that lost its power knows nothing of its printer", () => {
  assert.equal(switchedOn(CONFIG).paper, "unknown");
});
