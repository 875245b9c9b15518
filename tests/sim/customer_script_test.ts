/** A customer by a script: waits for what each step answers, does it once, and goes. */
import assert from "node:assert/strict";
import { micros, seconds } from "../../core/units.ts";
import { command, type DeviceMessage } from "../../core/xfs4iot/mod.ts";
import { defaultScene, render } from "../../devices/camera/mod.ts";
import { personOf } from "../../sim/people/mod.ts";
import { customerScriptSchema, PacedMachine, ScriptedCustomer } from "../../sim/world/paced/mod.ts";
import { lobbyProfile } from "../devices/surroundings.ts";

const picture = render(defaultScene(null));
const ENTRY = {
  activeKeys: {
    ...Object.fromEntries(
      ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "oemX"]
        .map((key) => [key, {}]),
    ),
    enter: { terminate: true },
  },
};

function visited(script: object) {
  const heard: DeviceMessage[] = [];
  const machine = new PacedMachine({
    profile: lobbyProfile(),
    seed: 1,
    render: () => picture,
    heard: (_service, message) => {
      heard.push(message);
      customer?.hears(message);
    },
  });
  const customer: ScriptedCustomer | null = new ScriptedCustomer(
    customerScriptSchema.parse({ person: 7, ...script }),
    machine,
  );
  const standing = () => machine.state()["standing"];
  const typed = () => {
    const done = heard.findLast(({ header }) =>
      header.type === "completion" && header.name === "Keyboard.DataEntry"
    );
    const payload = done !== undefined && "payload" in done ? done.payload : {};
    return (payload?.["pinKeys"] as { digit: string }[] | undefined)?.length;
  };
  return { machine, heard, standing, typed };
}

Deno.test("customer: comes, types their phone number when the keypad takes keys, and goes", () => {
  const { machine, standing, typed } = visited({ does: [{ type: "phone" }] });
  machine.advance(seconds(30));
  assert.notEqual(standing(), null, "they wait");
  machine.receive("pinpad", command("Keyboard.DataEntry", 1, ENTRY));
  machine.advance(seconds(10));
  assert.equal(typed(), personOf(7).phone.length + 1);
  assert.equal(standing(), null);
});

Deno.test("customer: takes as many notes as the script says, when they are presented", () => {
  const { machine, heard } = visited({ does: [{ take: "cash", notes: 2 }, { take: "cash" }] });
  const service = { currencies: { CNY: 500 }, mix: "mix1" };
  const denomination = { denomination: { service } };
  machine.receive("cashdispenser", command("CashDispenser.Dispense", 1, { denomination }));
  machine.advance(seconds(20));
  machine.receive("cashdispenser", command("CashDispenser.Present", 2, {}));
  machine.advance(seconds(20));
  const taken = heard.filter(({ header }) => header.name === "CashManagement.ItemsTakenEvent");
  assert.equal(taken.length, 1, "the last note is what ends it");
});

Deno.test("customer: takes what the machine failed to take back", () => {
  const { machine, heard } = visited({ does: [{ wait_s: 60 }, { take: "cash" }] });
  const denomination = { denomination: { service: { currencies: { CNY: 500 }, mix: "mix1" } } };
  machine.receive("cashdispenser", command("CashDispenser.Dispense", 1, { denomination }));
  machine.advance(seconds(20));
  machine.receive("cashdispenser", command("CashDispenser.Present", 2, {}));
  machine.advance(seconds(20));
  machine.fault({ id: "D24" }, null);
  machine.receive("cashdispenser", command("CashManagement.Retract", 3, {}));
  machine.advance(seconds(60));
  assert(heard.some(({ header }) => header.name === "CashManagement.ItemsTakenEvent"));
});

Deno.test("customer: comes again where the script says so, and only there", () => {
  for (const again of [true, false]) {
    const { machine, standing } = visited({ does: [], arrives_after_s: 10, again });
    machine.advance(micros(10_100_000));
    assert.notEqual(standing(), null);
    machine.advance(seconds(2));
    assert.equal(standing(), null);
    machine.advance(micros(9_000_000));
    assert.equal(standing() !== null, again);
  }
});

Deno.test("customer: a script that makes no sense names its field and what to write", () => {
  const problems = [
    { does: [{ type: "name" }] },
    { does: [{ type: 138 }] },
    { does: [{ take: "receipt", notes: 2 }] },
    { does: [], attack: "hypnosis" },
  ].map((script) => customerScriptSchema.safeParse({ person: 7, ...script }).error?.issues[0]);
  assert.deepEqual(problems.map((issue) => issue?.path.join(".")), [
    "does.0.type",
    "does.0",
    "does.0.notes",
    "attack",
  ]);
  assert.match(problems[0]!.message, /phone, id, pin/);
  assert.match(problems[1]!.message, /in quotes/);
});
