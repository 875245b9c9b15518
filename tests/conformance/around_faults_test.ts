/**
 * What goes wrong around the devices, seen on the wires: in the commands of the core and the messages to
 * the bank where a run is broken by its plan, at real sockets where the sockets are what breaks.
 */
import assert from "node:assert/strict";
import { readProfile } from "../../sim/adapters/files.ts";
import { serveXfs } from "../../sim/adapters/xfs_server.ts";
import {
  CLOCK_FAULTS,
  FACE_FAULTS,
  POWER_FAULTS,
  PROGRAM_FAULTS,
  SERVICES_FAULTS,
} from "../../sim/faults/mod.ts";
import type { Fault } from "../../sim/plan/mod.ts";
import { runPlan, type RunResult } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "../sim/credulous.ts";
import { findPublishers, Service } from "./xfs_client.ts";

const ALL = [
  ...CLOCK_FAULTS,
  ...FACE_FAULTS,
  ...POWER_FAULTS,
  ...PROGRAM_FAULTS,
  ...SERVICES_FAULTS,
];
type Id = (typeof ALL)[number]["id"];

async function run(...faults: Fault[]): Promise<RunResult> {
  const plan = await planFrom("returning-customer", { faults, expect: [{}] });
  const result = await runPlan(plan, CREDULOUS);
  assert.deepEqual(result.findings, []);
  return result;
}

/** DE 7 of every message that the machine sent, MMDDhhmmss, in minutes of the day. */
function minutesSent({ trace }: RunResult): number[] {
  return trace.lines.flatMap((line) => {
    if (line.type !== "host" || line.from !== "atm" || line.seen !== "sent") return [];
    const text = String((line.message as { fields: Record<string, string> }).fields["7"]);
    return [60 * Number(text.slice(4, 6)) + Number(text.slice(6, 8))];
  });
}

/** How far the clock's fault moves the first message to the bank, which is answered as ever. */
async function moves(id: Id, minutes: number): Promise<void> {
  const right = await run();
  const wrong = await run({ id, when: { at_s: 0 } });
  assert.equal((minutesSent(wrong)[0] ?? 0) - (minutesSent(right)[0] ?? 0), minutes);
  assert.deepEqual([wrong.ending.outcome, wrong.ending.cash_taken], ["served", 50_000]);
}

/** What the core asked of the devices once this fault was over, or had struck where it lasts. */
function askedAfter({ trace }: RunResult, id: Id, active: boolean): string[] {
  const at = trace.lines.findIndex((line) =>
    line.type === "fault" && line.id === id && line.active === active
  );
  assert.notEqual(at, -1, `${id} struck`);
  return trace.lines.slice(at).flatMap((line) =>
    line.type === "xfs" && line.from === "core"
      ? [(line.message as { header: { name: string } }).header.name]
      : []
  );
}

/** Somewhere between the debit and the cash; afterwards the machine asks what became of it. */
async function startsAgain(id: Id): Promise<void> {
  const result = await run({ id, when: { command: "CashDispenser.Dispense", nth: 1 } });
  assert.ok(askedAfter(result, id, false).includes("CashDispenser.GetPresentStatus"));
  const between = askedAfter(result, id, true).length - askedAfter(result, id, false).length;
  assert.ok(between <= 1, "nothing is asked while it is down");
  assert.ok(result.ending.cash_taken > 0 || result.ending.balance === 860_000);
}

async function served(use: (uri: string, port: number) => Promise<void>): Promise<void> {
  const profile = await readProfile("lhasa-lobby", "test");
  const server = await serveXfs({ profile, seed: 1, speed: 20 });
  try {
    await use(server.uri, server.port);
  } finally {
    await server.stop();
  }
}

const ENTRY = { activeKeys: { one: {}, two: {}, enter: { terminate: true } } };

const EXERCISES: Record<Id, () => Promise<void>> = {
  E3: () => startsAgain("E3"),
  E10: () => startsAgain("E10"),
  E11: () => moves("E11", 60),
  N15: () => moves("N15", -7),
  N16: async () => {
    const { trace, ending } = await run({ id: "N16", when: { state: "capturing", nth: 1 } });
    const asked = trace.lines.filter(({ type }) => type === "face").length;
    assert.ok(asked > 0, "it was asked");
    const answered = trace.lines.flatMap((line) =>
      line.type === "face_result" ? [(line.result as { op: string }).op] : []
    );
    assert.deepEqual(answered.filter((op) => op === "assess" || op === "verify"), []);
    assert.deepEqual([ending.outcome, ending.cash_taken], ["failed", 0]);
  },
  N17: () =>
    served(async (uri, port) => {
      const first = await Service.open(`${uri}/pinpad`);
      const open = first.send("Keyboard.DataEntry", ENTRY);
      await first.told("Keyboard.EnterDataEvent");
      const lost = await fetch(`http://127.0.0.1:${port}/control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ fault: { id: "G1", device: "pinpad" } }),
      });
      assert.equal(lost.status, 204);
      await first.ended();
      const completed = first.messages.some(({ header }) =>
        header.type === "completion" && header.requestId === open
      );
      assert.equal(completed, false, "nobody hears of what was asked");
      await fetch(`http://127.0.0.1:${port}/control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ clear: { id: "G1", device: "pinpad" } }),
      });
      const again = await Service.open(`${uri}/pinpad`);
      again.send("Keyboard.DataEntry", ENTRY);
      // The pad is free: the lost entry was canceled, and does not stand before this one.
      await again.told("Keyboard.EnterDataEvent");
      await again.close();
      const struck = await run({ id: "N17", when: { at_s: 6 } }); // while the number is typed
      assert.deepEqual([struck.ending.cash_taken, struck.ending.balance], [0, 860_000]);
    }),
  N18: () =>
    served((_uri, before) =>
      served(async (_other, now) => {
        assert.notEqual(now, before, "another port, since the last one is taken");
        const found = (await findPublishers()).find(({ port }) => port === now);
        assert(found !== undefined, "at one of the standard's ports all the same");
        assert.ok(found.services.every((service) => service.includes(`:${now}/`)));
        const printer = await Service.open(found.services.find((one) => one.endsWith("/printer"))!);
        assert.equal((await printer.ask("Common.Status")).header.completionCode, "success");
        await printer.close();
      })
    ),
};

for (const { id, does } of ALL) {
  Deno.test(`fault ${id} on the wire: ${does.toLowerCase()}`, EXERCISES[id]);
}
