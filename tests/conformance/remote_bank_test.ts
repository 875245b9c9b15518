/** The core before somebody else's host: the twin's own `bank`, in a process of its own. */
import assert from "node:assert/strict";
import { retakeDecisions, verifyTrace } from "../../sim/evidence/mod.ts";
import { connectBank, type RemoteBankOptions } from "../../sim/adapters/remote_bank.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { runPlan, type RunPorts, type RunResult } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "../sim/credulous.ts";

const HOME = new URL("../../", import.meta.url);
const KEY = "00112233445566778899AABBCCDDEEFF";
const OPTIONS = {
  wire: { bitmap: "hex", encoding: "ascii" },
  pinKey: KEY,
  tokenKey: KEY + KEY,
} as const;

async function anotherBank(...more: readonly string[]) {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--quiet", "main.ts"],
      ...["bank", "--port", "0", "--people", "1-9999", ...more],
    ],
    cwd: HOME,
    stdout: "piped",
  }).spawn();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("customers;")) said += (await lines.read()).value ?? "";
  await lines.cancel();
  return { process, address: /127\.0\.0\.1:[0-9]+/.exec(said)![0] };
}

async function withBank(
  more: readonly string[],
  work: (address: string, process: Deno.ChildProcess) => Promise<void>,
): Promise<void> {
  const { process, address } = await anotherBank(...more);
  let ended = false;
  const status = process.status.finally(() => ended = true);
  try {
    await work(address, process);
  } finally {
    if (!ended) process.kill("SIGINT");
    await status;
  }
}

function before(bank: Awaited<ReturnType<typeof connectBank>>): RunPorts {
  const { address, first_stan } = bank;
  return { ...CREDULOUS, bank, pinned: { ...CREDULOUS.pinned, bank: { address, first_stan } } };
}

function host({ trace }: RunResult): string[] {
  return trace.lines.flatMap((line) =>
    line.type === "host" && line.from === "bank" && line.seen === "received"
      ? [`${line.message.mti} ${(line.message.fields as Record<string, unknown>)[39]}`]
      : []
  );
}

Deno.test("remote bank: a withdrawal in another process's books, and the same again is another", async () => {
  await withBank([], async (address) => {
    const plan = await planFrom("returning-customer", { expect: [{ outcome: "served" }] });
    for (let run = 0; run < 2; run++) {
      const bank = await connectBank({ ...OPTIONS, bank: address });
      const result = await runPlan(plan, before({ ...bank, first_stan: 1_000 * run }));
      bank.close();
      assert.deepEqual(result.findings, []);
      assert.deepEqual(result.ending.outcome, "served");
      assert.equal(result.ending.balance, null, "its books are its own");
      assert.deepEqual(host(result), ["0110 00", "0110 00", "0210 00"]);
      const again = retakeDecisions(result.trace, plan);
      assert.ok(again.ok, JSON.stringify(again));
      const [chain, models, resimulation, decisions] = await verifyTrace(
        traceText(result.trace),
        () => Promise.resolve(CREDULOUS),
      );
      assert.deepEqual([chain?.ok, models?.ok, resimulation?.ok, decisions?.ok], [
        true,
        true,
        null,
        true,
      ]);
      assert.match(resimulation?.evidence ?? "", /the bank was somewhere else/);
    }
  });
});

Deno.test("remote bank: with codes and binary coded decimals it is the same host", async () => {
  const more = ["--mac-key", KEY, "--encoding", "bcd", "--bitmap", "binary"];
  await withBank(more, async (address) => {
    const wire = { bitmap: "binary", encoding: "bcd" } as const;
    const bank = await connectBank({ ...OPTIONS, wire, macKey: KEY, bank: address });
    const plan = await planFrom("returning-customer", { expect: [{}] });
    const { ending, findings } = await runPlan(plan, before(bank));
    bank.close();
    assert.deepEqual([ending.outcome, findings], ["served", []]);
    const deaf = await connectBank({ ...OPTIONS, wire, macKey: "0".repeat(32), bank: address });
    const refused = await runPlan(plan, before(deaf));
    deaf.close();
    assert.equal(refused.ending.outcome, "failed", "another key is no key");
    assert.equal(refused.ending.cash_taken, 0);
  });
});

Deno.test("remote bank: a host that dies in the middle pays nobody, and a reversal waits", async () => {
  await withBank([], async (address, process) => {
    const bank = await connectBank({ ...OPTIONS, bank: address });
    const plan = await planFrom("returning-customer", { expect: [{}] });
    const dying: typeof bank = {
      ...bank,
      ask: async (message) => {
        if (message.mti === "0200") {
          process.kill("SIGKILL");
          await process.status;
        }
        return await bank.ask(message);
      },
    };
    const { ending, findings } = await runPlan(plan, before(dying));
    bank.close();
    assert.deepEqual(findings, []);
    assert.deepEqual([ending.outcome, ending.reason, ending.cash_taken, ending.reversal], [
      "failed",
      "host_unreachable",
      0,
      "pending",
    ]);
  });
});

Deno.test.each<[Partial<RemoteBankOptions>, RegExp]>([
  [{ bank: "localhost" }, /--bank: localhost is no address; write host:port/],
  [{ bank: "127.0.0.1:1" }, /--bank: nobody answers at 127\.0\.0\.1:1/],
])("remote bank: %o is told in one line", async (wrong, said) => {
  await assert.rejects(connectBank({ ...OPTIONS, bank: "", ...wrong }), {
    name: "InputError",
    message: said,
  });
});
