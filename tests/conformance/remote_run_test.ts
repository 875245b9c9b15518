/** The core at somebody else's devices: the same scenario, the same decisions as at its own. */
import assert from "node:assert/strict";
import type { CommandMessage } from "../../core/xfs4iot/mod.ts";
import type { Device } from "../../devices/mod.ts";
import { retakeDecisions } from "../../sim/evidence/mod.ts";
import { readScenario } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { connectMachine, type Passing } from "../../sim/adapters/remote_machine.ts";
import { planFrom } from "../sim/credulous.ts";
import { anotherMachine } from "./serving.ts";
import { type RemotePorts, runPlan, type RunResult } from "../../sim/world/mod.ts";

const HOME = new URL("../../", import.meta.url);
const SPEED = 4;

const pipeline = await openModels();
globalThis.addEventListener("unload", () => void pipeline.release());

/** Everything the core decided, in order; not when, and not what the devices said on the way. */
function decisions({ trace, ending }: RunResult): string[] {
  const decided = trace.lines.flatMap((line) => {
    if (line.type === "state") return [`${line.from} → ${line.to}`];
    if (line.type === "journal") return [`journal ${line.entry.line}`];
    if (line.type === "outcome") return [`${line.outcome}: ${line.reason}`];
    return [];
  });
  return [...decided, `taken ${ending.cash_taken}`, `balance ${ending.balance}`];
}

/** A machine that somebody used before may have their receipt in its slot: it is put away first. */
const PUT_AWAY = "journal receipt_retracted";

/** `xfs` in a process of its own. */
async function anotherTwin() {
  const { process, uri } = await anotherMachine("--port", "0", "--speed", String(SPEED));
  return { process, address: /ws:\/\/[^/]+/.exec(uri)![0] };
}

/** How soon a machine is asked again what time it is: the nearer something is due, the sooner. */
const ASKED_AGAIN_MS = { soonest: 5, latest: 100 } as const;
/** Time that counts between two answers: what this process could not run for is no time of the run. */
const STALL_MS = 250;

/**
 * The machine's own time, which stands still while its process cannot run: on a busy computer nobody waits in
 * vain for a picture that is being rendered. Of a machine that is gone nothing comes, so nobody waits for it.
 */
async function timeOf(address: string): Promise<Passing> {
  const control = address.replace("ws:", "http:") + "/control";
  const asked = async () => {
    const machine = await fetch(control).then((answer) => answer.json()).catch(() => null);
    return machine === null ? Infinity : machine.now_ms / SPEED;
  };
  let now = 0;
  let last = await asked();
  async function until(due: number, isOff: () => boolean): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    while (now < due && !isOff()) {
      const told = await asked();
      now = told === Infinity ? due : now + Math.min(told - last, STALL_MS);
      last = told;
      const wait_ms = Math.min(Math.max(due - now, ASKED_AGAIN_MS.soonest), ASKED_AGAIN_MS.latest);
      if (now < due) await new Promise((resolve) => setTimeout(resolve, wait_ms));
    }
  }
  return {
    now: () => now,
    later(ms, act) {
      let off = false;
      void until(now + ms, () => off).then(() => off || act());
      return () => void (off = true);
    },
  };
}

/** The machine whose process is killed as soon as this command is given to its pin pad or dispenser. */
function killedWhen(remote: RemotePorts, name: string, process: Deno.ChildProcess): RemotePorts {
  function watched<D extends Device>(device: D): D {
    const receive = (command: CommandMessage) => {
      if (command.header.name === name) process.kill("SIGKILL");
      device.receive(command);
    };
    return { ...device, receive };
  }
  return {
    ...remote,
    devices: (surroundings) => {
      const { pinpad, cashdispenser, ...others } = remote.devices(surroundings);
      return { ...others, pinpad: watched(pinpad), cashdispenser: watched(cashdispenser) };
    },
  };
}

Deno.test("remote: a machine in another process leads to the decisions our own leads to", async () => {
  const { process, address } = await anotherTwin();
  const machine = await connectMachine(address, SPEED, { time: await timeOf(address) });
  try {
    for (const id of ["returning-customer", "spoof-printed-photo", "cassette-jam"]) {
      const { expect: all } = await readScenario(new URL(`scenarios/${id}.yaml`, HOME));
      // How long it took is told by this computer, not by the machine.
      const plan = await planFrom(id, {
        expect: all.map(({ session_under_s: _, ...rest }) => rest),
      });
      const here = await runPlan(plan, portsOf(pipeline));
      const there = await runPlan(plan, {
        ...portsOf(pipeline),
        pinned: { ...portsOf(pipeline).pinned, devices: address },
        remote: await machine.ports(plan),
      });
      const decided = decisions(there).filter((decision) => decision !== PUT_AWAY);
      assert.deepEqual(decided, decisions(here), id);
      const isAfterReceipt = id === "spoof-printed-photo";
      assert.equal(decisions(there).includes(PUT_AWAY), isAfterReceipt, id);
      const again = retakeDecisions(there.trace, plan);
      assert(again.ok, `${id}: ${JSON.stringify(again)}`);
      assert.deepEqual(there.findings.filter(({ oracle }) => oracle !== "session_under_30_s"), []);
      const unmet = there.expectations.filter(({ ok }) => !ok);
      assert.deepEqual(unmet.map(({ text }) => text), [], id);
    }
  } finally {
    machine.close();
    process.kill("SIGINT");
    await process.status;
  }
});

Deno.test.each<[string, number]>([
  ["Keyboard.PinEntry", 860_000],
  // The notes lay in the shutter: whether they were taken is for the operator to find out.
  ["CashDispenser.Present", 810_000],
])(
  "remote: a machine lost at %s ends the session, and serves nobody after",
  async (at, balance) => {
    const { process, address } = await anotherTwin();
    const machine = await connectMachine(address, SPEED, { time: await timeOf(address) });
    try {
      const plan = await planFrom("returning-customer", { expect: [{}] });
      const remote = killedWhen(await machine.ports(plan), at, process);
      const { trace, ending, findings } = await runPlan(plan, { ...portsOf(pipeline), remote });
      assert.deepEqual(findings, []);
      assert.equal(ending.outcome, "failed");
      assert.equal(ending.balance, balance);
      const states = trace.lines.filter((line) => line.type === "state");
      assert.equal(states.at(-1)?.to, "out_of_service");
    } finally {
      machine.close();
      await process[Symbol.asyncDispose]();
    }
  },
);

Deno.test("remote: an address that is none, and one where nobody is, are told in one line", async () => {
  for (
    const [address, said] of [
      ["localhost", /write ws:\/\/host:port/],
      ["ws://127.0.0.1:1", /nobody answers/],
    ] as const
  ) {
    await assert.rejects(connectMachine(address, 1), { name: "InputError", message: said });
  }
});
