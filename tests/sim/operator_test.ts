/** An operator's visit: in a run, where the real core answers it, and at a machine for another core. */
import assert from "node:assert/strict";
import { command, type DeviceMessage, isMessage, payloadOf } from "../../core/xfs4iot/mod.ts";
import type { OperatorAct } from "../../sim/plan/mod.ts";
import { runPlan, type RunResult } from "../../sim/world/mod.ts";
import { control, PacedMachine } from "../../sim/world/paced/mod.ts";
import { lobbyProfile } from "../devices/surroundings.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

type Act = OperatorAct & { readonly at_s: number };

const VISIT: readonly Act[] = [
  { at_s: 120, does: "open_door" },
  { at_s: 150, does: "clear_jam" },
  { at_s: 180, does: "swap_cassette", unit: "unit1", notes: 2_000 },
  { at_s: 200, does: "empty_bins" },
  { at_s: 250, does: "close_door" },
  { at_s: 260, does: "back_in_service" },
];

async function jammed(operator: readonly Act[]): Promise<RunResult> {
  const faults = [{ id: "D12", when: { command: "CashDispenser.Present", nth: 1 } }];
  const plan = await planFrom("returning-customer", {
    faults,
    operator: [...operator],
    expect: [{}],
  });
  const result = await runPlan(plan, CREDULOUS);
  assert.deepEqual(result.findings, []);
  return result;
}

function statesOf({ trace }: RunResult): string[] {
  return trace.lines.flatMap((line) => line.type === "state" ? [line.to] : []);
}

function lastDispenser({ trace }: RunResult): Record<string, unknown> {
  const lines = trace.lines.filter((line) =>
    line.type === "device" && line.device === "cashdispenser"
  );
  const last = lines.at(-1);
  assert.ok(last?.type === "device");
  return last.state;
}

Deno.test("operator: notes that cannot be cleared take the machine out of service", async () => {
  const result = await jammed([]);
  assert.equal(statesOf(result).at(-1), "out_of_service");
  assert.equal(result.ending.reversal, "acknowledged");
  assert.ok(result.ending.journal.includes("out_of_service"));
});

Deno.test("operator: a whole visit brings it back, with a full cassette and empty bins", async () => {
  const result = await jammed(VISIT);
  assert.deepEqual(statesOf(result).slice(-3), ["out_of_service", "maintenance", "idle"]);
  const { notes, exchange, safe_door } = lastDispenser(result) as {
    notes: Record<string, Record<string, number>>;
    exchange: string;
    safe_door: string;
  };
  assert.deepEqual(notes["unit1"], { "100": 2_000 });
  assert.deepEqual(notes["transport"], {});
  assert.deepEqual([exchange, safe_door], ["inactive", "closed"]);
  const commands = result.trace.lines.flatMap((line) =>
    line.type === "xfs" && line.from === "core"
      ? [String((line.message["header"] as { name: string }).name)]
      : []
  );
  assert.deepEqual(commands.slice(-3), [
    "Storage.StartExchange",
    "Storage.EndExchange",
    "CashManagement.Reset",
  ]);
});

Deno.test("operator: one who leaves the jam where it is has not helped", async () => {
  const result = await jammed(VISIT.filter(({ does }) => does !== "clear_jam"));
  assert.equal(statesOf(result).at(-1), "out_of_service");
});

Deno.test("operator: a customer is served to the end before the switch takes effect", async () => {
  const operator: Act[] = [
    { at_s: 8, does: "open_door" },
    { at_s: 60, does: "close_door" },
    { at_s: 61, does: "back_in_service" },
  ];
  const plan = await planFrom("returning-customer", { operator, expect: [{}] });
  const result = await runPlan(plan, CREDULOUS);
  assert.deepEqual(result.findings, []);
  const states = statesOf(result);
  assert.ok(states.indexOf("ending") < states.indexOf("maintenance"), states.join(" "));
  assert.equal(states.at(-1), "idle");
});

Deno.test("operator: what cannot be done is not done, and the trace says why", async () => {
  const result = await jammed([{ at_s: 120, does: "clear_jam" }]);
  const told = result.trace.lines.flatMap((line) =>
    line.type === "customer" && line.does === "operator" ? [line.detail?.["refused"]] : []
  );
  assert.deepEqual(told, ["the door of the safe is closed"]);
});

Deno.test("operator: the same deeds at /control, and the wire tells of them", () => {
  const heard: DeviceMessage[] = [];
  const machine = new PacedMachine({
    profile: lobbyProfile(),
    seed: 1,
    render: CREDULOUS.render,
    heard: (_service, message) => void heard.push(message),
  });
  const refused = (request: unknown) => control(machine, request)?.status ?? null;
  assert.equal(refused({ operator: "clear_jam" }), 409, "the safe is closed");
  assert.equal(refused({ operator: "dance" }), 400);
  assert.equal(refused({ operator: { does: "count", notes: 3 } }), 400);
  assert.equal(refused({ operator: "open_door" }), null);
  assert.equal(refused({ operator: "back_in_service" }), 409, "the safe is open");
  machine.receive("cashdispenser", command("Storage.StartExchange", 1, {}));
  const swap = { does: "swap_cassette", unit: "unit3", notes: 900 };
  assert.equal(refused({ operator: swap }), null);
  machine.receive("cashdispenser", command("Storage.EndExchange", 2, {}));
  assert.equal(refused({ operator: "close_door" }), null);
  assert.equal(refused({ operator: "back_in_service" }), null);
  const names = heard.map(({ header }) => header.name);
  assert.ok(names.includes("Storage.StorageChangedEvent"));
  const around = heard.flatMap((message) =>
    isMessage(message, "Common.StatusChangedEvent", "unsolicited")
      ? [payloadOf(message, "Common.StatusChangedEvent", "unsolicited").auxiliaries ?? {}]
      : []
  ).filter((change) => Object.keys(change).length > 0);
  assert.deepEqual(around, [
    { operatorSwitch: "supervisor", cabinetDoor: "open", safeDoor: "open" },
    { cabinetDoor: "closed", safeDoor: "closed" },
    { operatorSwitch: "run" },
  ]);
});
