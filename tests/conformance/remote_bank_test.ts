/** The core before somebody else's host: the twin's own `bank`, in a process of its own. */
import assert from "node:assert/strict";
import { frame, type Iso8583Message, pack, packElements } from "../../core/iso8583/mod.ts";
import { retakeDecisions, verifyTrace } from "../../sim/evidence/mod.ts";
import { connectBank, type RemoteBankOptions } from "../../sim/adapters/remote_bank.ts";
import { pinnedBankOf } from "../../sim/adapters/run_verb.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { type RemoteBank, runPlan, type RunPorts, type RunResult } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "../sim/credulous.ts";
import { withBank } from "./serving.ts";

const KEY = "00112233445566778899AABBCCDDEEFF";
const OPTIONS = {
  wire: { bitmap: "hex", encoding: "ascii" },
  pinKey: KEY,
  tokenKey: KEY + KEY,
} as const;

function before(bank: RemoteBank): RunPorts {
  return { ...CREDULOUS, bank, pinned: { ...CREDULOUS.pinned, bank: pinnedBankOf(bank) } };
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

const INQUIRY: Iso8583Message = {
  mti: "0100",
  fields: { 3: "330000", 11: "000007", 41: "TWIN0001", 48: { number: "26140271922" } },
};

Deno.test("remote bank: a new key is asked for, and the first is good no more", async () => {
  const protection = "F".repeat(32);
  await withBank(["--mac-key", KEY, "--key-block-key", protection], async (address) => {
    const options = { ...OPTIONS, bank: address, macKey: KEY };
    const first = await connectBank(options);
    let stan = 0;
    async function code({ end, ask }: typeof first): Promise<string | undefined> {
      const fields = { ...INQUIRY.fields, 7: "1229103000", 11: String(++stan).padStart(6, "0") };
      const answer = await ask(end!.seal({ mti: "0100", fields }));
      return answer === null || !end!.accepts(answer) ? undefined : answer.fields[39];
    }
    assert.equal(await code(first), "00");
    for (let n = 0; n < 2; n++) {
      const changed = await connectBank({ ...options, keyBlockKey: protection });
      assert.equal(await code(changed), "00", "in a second run too");
      changed.close();
    }
    assert.equal(await code(first), undefined);
    first.close();
    await assert.rejects(connectBank({ ...options, keyBlockKey: KEY }), {
      name: "InputError",
      message: /--key-block-key: no new key from .*: the key block does not open/,
    });
  });
});

/** A host that answers a first request with these bytes, and hangs up; what else it has heard. */
function hostThatSends(bytes: Uint8Array): { address: string; heard: Promise<number[]> } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const heard = (async () => {
    const line = await listener.accept();
    listener.close();
    const buffer = new Uint8Array(8_192);
    await line.read(buffer);
    await line.write(bytes);
    await line.closeWrite();
    const heard: number[] = [];
    for (let read; (read = await line.read(buffer)) !== null;) {
      heard.push(...buffer.subarray(0, read));
    }
    line.close();
    return heard;
  })();
  return { address: `127.0.0.1:${listener.addr.port}`, heard };
}

function hostThatSays(...answers: readonly Uint8Array[]): string {
  return hostThatSends(Uint8Array.from(answers.flatMap((answer) => [...frame(answer)]))).address;
}

const ASIDE = "an answer was left aside:";
const ANSWER = pack({ mti: "0110", fields: { 11: "000007", 39: "14" } }, OPTIONS.wire);

Deno.test.each<[string, readonly number[], string | undefined, RegExp | null]>([
  ["an empty frame before and after", [0, 0, ...frame(ANSWER), 0, 0], "14", null],
  [
    "nonsense after the answer",
    [...frame(ANSWER), 0xff, 0xff],
    "14",
    /sent a frame that is too long/,
  ],
  [
    "four digits of length",
    [0x30, 0x30, 0x34, 0x38, ...ANSWER],
    undefined,
    /that is too long; two b/,
  ],
  [
    "a length that counts itself",
    [0, ANSWER.length + 2, ...ANSWER],
    undefined,
    /came to no end; two/,
  ],
  ["nothing", [], undefined, /^0100 of trace number 000007 was hung up on$/],
])("remote bank: a host that sends %s is heard, and told of", async (_what, bytes, code, why) => {
  const { address, heard } = hostThatSends(Uint8Array.from(bytes));
  const asides: string[] = [];
  const bank = await connectBank({ ...OPTIONS, bank: address, aside: (why) => asides.push(why) });
  assert.equal((await bank.ask(INQUIRY))?.fields[39], code);
  bank.close();
  await heard;
  if (why === null) return assert.deepEqual(asides, []);
  assert.match(asides[0] ?? "", why);
});

Deno.test("remote bank: a host that asks whether somebody is there is answered", async () => {
  const echo = { 7: "1229103000", 11: "000001", 70: "301" } as const;
  const asks = frame(pack({ mti: "0800", fields: echo }, OPTIONS.wire));
  const { address, heard } = hostThatSends(Uint8Array.from([...asks, ...frame(ANSWER)]));
  const bank = await connectBank({ ...OPTIONS, bank: address });
  assert.equal((await bank.ask(INQUIRY))?.fields[39], "14");
  const acknowledges = pack({ mti: "0810", fields: { ...echo, 39: "00" } }, OPTIONS.wire);
  bank.close();
  assert.deepEqual(await heard, [...frame(acknowledges)]);
});

Deno.test("remote bank: silence is told of, once", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const asides: string[] = [];
  const bank = await connectBank({
    ...OPTIONS,
    bank: `127.0.0.1:${listener.addr.port}`,
    answer_ms: 200,
    aside: (why) => asides.push(why),
  });
  for (let n = 0; n < 3; n++) assert.equal(await bank.ask(INQUIRY), null);
  bank.close();
  listener.close();
  assert.deepEqual(asides, ["0100 of trace number 000007 was not answered within 0.2 s"]);
});

Deno.test("remote bank: an answer that is not understood is none, and is told of", async () => {
  const values = new Map([[11, "000007"], [25, "00"], [39, "00"]]);
  const asides: string[] = [];
  const bank = await connectBank({
    ...OPTIONS,
    bank: hostThatSays(packElements({ mti: "0110", values }, OPTIONS.wire)),
    aside: (why) => asides.push(why),
  });
  assert.equal(await bank.ask(INQUIRY), null);
  bank.close();
  assert.deepEqual(asides, [
    `${ASIDE} it was not understood: element 25 at byte 26: a message 0110 does not carry it`,
    "0100 of trace number 000007 was hung up on",
  ]);
});

Deno.test("remote bank: the answer to something else is left aside, and told of", async () => {
  const answer = (stan: string, terminal = "TWIN0001") =>
    pack({ mti: "0110", fields: { 11: stan, 39: "14", 41: terminal } }, OPTIONS.wire);
  const asides: string[] = [];
  const bank = await connectBank({
    ...OPTIONS,
    bank: hostThatSays(answer("000001"), answer("000007", "OTHER001"), answer("000007")),
    aside: (why) => asides.push(why),
  });
  assert.equal((await bank.ask(INQUIRY))?.fields[41], "TWIN0001");
  bank.close();
  assert.deepEqual(asides, [
    `${ASIDE} 0110 of trace number 000001 answers no 0100 of 000007`,
    `${ASIDE} 0110 of trace number 000007 answers no 0100 of 000007: element 41 is not the one that was sent`,
  ]);
});

Deno.test("remote bank: a host that closes the line after each answer is asked over another", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const host = (async () => {
    for await (const line of listener) {
      await line.read(new Uint8Array(8_192));
      const fields = { 11: "000007", 39: "14", 41: "TWIN0001" };
      await line.write(frame(pack({ mti: "0110", fields }, OPTIONS.wire)));
      line.close();
    }
  })();
  const bank = await connectBank({ ...OPTIONS, bank: `127.0.0.1:${listener.addr.port}` });
  const codes: (string | undefined)[] = [];
  for (let i = 0; i < 5; i++) codes.push((await bank.ask(INQUIRY))?.fields[39]);
  bank.close();
  listener.close();
  await host;
  assert.deepEqual(codes, ["14", "14", "14", "14", "14"]);
});

Deno.test("remote bank: repeats to a silent host are not waited for as long as the first was", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const lines: Deno.TcpConn[] = [];
  const host = (async () => {
    for await (const line of listener) lines.push(line);
  })();
  const bank = await connectBank({
    ...OPTIONS,
    bank: `127.0.0.1:${listener.addr.port}`,
    answer_ms: 1_000,
  });
  const fields = { ...INQUIRY.fields, 3: "010000", 48: { reason: "4021" } } as const;
  const took: number[] = [];
  for (const mti of ["0420", "0421", "0421", "0100"] as const) {
    const began = performance.now();
    assert.equal(await bank.ask({ mti, fields }), null);
    took.push(performance.now() - began);
  }
  bank.close();
  listener.close();
  await host;
  for (const line of lines) line.close();
  const [first, second, third, other] = took;
  assert.ok(second! + third! < first!, `${took}`);
  assert.ok(other! > second! + third!, `another question is waited for again: ${took}`);
});

Deno.test("remote bank: a host that never takes the line is not waited for", async () => {
  const full = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 1 });
  const { port } = full.addr;
  // Nobody accepts: once these lie in its queue, a line to it is neither taken nor refused.
  const waiting: Promise<{ close(): void } | null>[] = [];
  const enough = new AbortController();
  for (let i = 0; i < 4; i++) {
    waiting.push(
      Deno.connect({ hostname: "127.0.0.1", port, signal: enough.signal }).catch(() => null),
    );
  }
  await assert.rejects(connectBank({ ...OPTIONS, bank: `127.0.0.1:${port}`, dial_ms: 500 }), {
    name: "InputError",
    message: /nobody answers at/,
  });
  enough.abort();
  for (const line of await Promise.all(waiting)) line?.close();
  full.close();
});

Deno.test.each<[Partial<RemoteBankOptions>, RegExp]>([
  [{ bank: "localhost" }, /--bank: localhost is no address; write host:port/],
  [{ bank: "127.0.0.1:1", keyBlockKey: KEY }, /--key-block-key: what is changed is .* --mac-key/],
  [{ bank: "127.0.0.1:1" }, /--bank: nobody answers at 127\.0\.0\.1:1/],
])("remote bank: %o is told in one line", async (wrong, said) => {
  await assert.rejects(connectBank({ ...OPTIONS, bank: "", ...wrong }), {
    name: "InputError",
    message: said,
  });
});
