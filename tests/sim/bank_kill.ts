/**
 * A bank in a process of its own, machines that ask it all at once, and `kill -9` in the middle.
 *
 * What the machines were told is written down here; what the file says afterwards must agree.
 */
import assert from "node:assert/strict";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import {
  type Fields,
  frame,
  FrameReader,
  type Iso8583Message,
  pack,
  unpack,
} from "../../core/iso8583/mod.ts";
import { encryptFormat4 } from "../../core/pin/mod.ts";
import { yuan } from "../../core/units.ts";
import { openBankFile } from "../../sim/adapters/bank_store.ts";
import { TEST_KEY } from "../../sim/adapters/options.ts";
import { HOME } from "../../sim/adapters/files.ts";
import type { Fact } from "../../sim/bank/mod.ts";
import { personOf } from "../../sim/people/mod.ts";

const WIRE = { bitmap: "hex", encoding: "ascii" } as const;
const FACE = { score: 0.8125, threshold: 0.5, model: "test" };
const PEOPLE = 100;
const MACHINES = 6;
const OPENING_FEN = 500_000;

/** Numbers from a seed: what is asked is repeatable, only the moment of death is the computer's. */
export class Chance {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  integer(low: number, high: number): number {
    return uniformInt(this.#generator, low, high);
  }
}

/** Everything that machines asked for and were told, over all the lives of one bank. */
export class Witness {
  /** Withdrawals that were sent, by key. */
  readonly asked = new Map<string, Iso8583Message>();
  /** Approvals that arrived: DE 38. */
  readonly paid = new Map<string, string>();
  /** Acknowledgements of reversals that arrived: DE 39. */
  readonly reversed = new Map<string, string>();
  /** Reversals that were sent, whether or not anything came back. */
  readonly reversing = new Set<string>();
  answers = 0;

  /** Withdrawals of which a machine does not know what became of them. */
  unknown(): [string, Iso8583Message][] {
    return [...this.asked].filter(([key]) =>
      !this.reversed.has(key) && (!this.paid.has(key) || this.reversing.has(key))
    );
  }
}

export interface RunningBank {
  readonly port: number;
  kill(): Promise<void>;
}

export async function startBank(file: string): Promise<RunningBank> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--quiet", "main.ts", "bank"],
      ...["--port", "0", "--people", `1-${PEOPLE}`, "--ledger", file],
    ],
    cwd: HOME,
    stdout: "piped",
  }).spawn();
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("--list")) {
    const { value, done } = await reader.read();
    assert(!done, `the bank did not start: ${said}`);
    said += value;
  }
  return {
    port: Number(/127\.0\.0\.1:([0-9]+)/.exec(said)?.[1]),
    async kill() {
      process.kill("SIGKILL");
      await process.status;
      await reader.cancel();
    },
  };
}

/** One line of one machine; `null` answers mean that the bank is gone. */
class Machine {
  readonly #line: Deno.TcpConn;
  readonly #reader = new FrameReader();
  readonly #heard: Uint8Array[] = [];

  private constructor(line: Deno.TcpConn) {
    this.#line = line;
  }

  static async connect(port: number): Promise<Machine> {
    return new Machine(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  async ask(message: Iso8583Message): Promise<Fields | null> {
    try {
      const bytes = frame(pack(message, WIRE));
      for (let said = 0; said < bytes.length;) {
        said += await this.#line.write(bytes.subarray(said));
      }
      const buffer = new Uint8Array(4_096);
      while (this.#heard.length === 0) {
        const count = await this.#line.read(buffer);
        if (count === null) return null;
        this.#heard.push(...this.#reader.push(buffer.subarray(0, count)).messages);
      }
    } catch {
      return null; // the bank was killed: that is what this is about
    }
    const answer = unpack(this.#heard.shift() ?? new Uint8Array(), WIRE);
    assert(answer.ok, "the bank answers in ISO 8583");
    return answer.message.fields as Fields;
  }

  close(): void {
    this.#line.close();
  }
}

/** Asks without pause until the bank is gone. */
export async function askUntilDeath(
  port: number,
  witness: Witness,
  chance: Chance,
  life: number,
): Promise<void> {
  const names = Array.from({ length: MACHINES }, (_, i) => `KILL000${i}`);
  await Promise.all(names.map(async (terminal) => {
    const machine = await Machine.connect(port).catch(() => null);
    if (machine === null) return;
    let stan = 0;
    const next = () => String(life * 10_000 + ++stan).padStart(6, "0");
    while (await visit(machine, terminal, next, witness, chance));
    machine.close();
  }));
}

/** A withdrawal, and often its reversal, and often more copies of each; false: the bank is gone. */
async function visit(
  machine: Machine,
  terminal: string,
  next: () => string,
  witness: Witness,
  chance: Chance,
): Promise<boolean> {
  const withdrawal = withdrawalOf(terminal, next(), chance);
  const key = keyOf(withdrawal);
  witness.asked.set(key, withdrawal);
  for (let copies = chance.integer(1, 2); copies > 0; copies--) {
    const answer = await machine.ask(withdrawal);
    if (answer === null) return false;
    witness.answers++;
    if (answer[39] !== "00") break;
    const code = answer[38] ?? "";
    assert.equal(witness.paid.get(key) ?? code, code, "a repeated request has the same answer");
    witness.paid.set(key, code);
  }
  if (chance.integer(0, 9) < 2) return true;
  const stan = next();
  for (let copies = chance.integer(1, 3), mti = "0420" as "0420" | "0421"; copies > 0; copies--) {
    if (!await reverse(machine, withdrawal, stan, mti, witness)) return false;
    mti = "0421";
  }
  return true;
}

async function reverse(
  machine: Machine,
  withdrawal: Iso8583Message,
  stan: string,
  mti: "0420" | "0421",
  witness: Witness,
): Promise<boolean> {
  const key = keyOf(withdrawal);
  witness.reversing.add(key);
  const answer = await machine.ask(reversalOf(withdrawal, stan, mti));
  if (answer === null) return false;
  witness.answers++;
  const code = answer[39] ?? "";
  assert.match(code, /^(00|25)$/, "a reversal is acknowledged");
  assert.equal(witness.reversed.get(key) ?? code, code, "every copy has the same answer");
  witness.reversed.set(key, code);
  return true;
}

/** What a machine does that comes back: what it does not know the end of is reversed. */
export async function settle(port: number, witness: Witness, life: number): Promise<void> {
  const machine = await Machine.connect(port);
  for (const [nth, [, withdrawal]] of witness.unknown().entries()) {
    const stan = String(life * 10_000 + 9_000 + nth).padStart(6, "0");
    for (const mti of ["0421", "0421"] as const) {
      assert(await reverse(machine, withdrawal, stan, mti, witness), "the bank is there again");
    }
  }
  for (const [key, code] of [...witness.paid].filter(([key]) => !witness.reversed.has(key))) {
    const again = await machine.ask(witness.asked.get(key) as Iso8583Message);
    assert.equal(again?.[38], code, "an approval is remembered");
  }
  machine.close();
}

/** Holds the file against what the machines were told. */
export function judge(file: string, witness: Witness): { readonly entries: number } {
  const store = openBankFile(file, "--ledger");
  const facts = [...store.load()];
  store.close();
  const entries = facts.flatMap((fact) => fact.fact === "entry" ? [fact.entry] : []);
  const debits = byKey(facts.filter((fact) => fact.fact === "debit"));
  const reversals = byKey(facts.filter((fact) => fact.fact === "reversal"));
  for (const [i, { n }] of entries.entries()) assert.equal(n, i + 1, "entries have no gaps");
  for (const [key, code] of witness.paid) {
    const entry = entries[(debits.get(key)?.n ?? 0) - 1];
    assert(entry, `an acknowledged debit is lost: ${key}`);
    assert.equal(String(entry.n).padStart(6, "0"), code);
    assert.equal(entry.amount, witness.asked.get(key)?.fields[4]);
  }
  for (const [key, code] of witness.reversed) {
    const reversal = reversals.get(key);
    assert(reversal, `an acknowledged reversal is lost: ${key}`);
    assert.equal(reversal.code, code);
    assert.equal(reversal.n !== null, debits.has(key), "what was debited is reversed");
  }
  for (const key of debits.keys()) assert(witness.asked.has(key), "nobody asked for this debit");
  const held = new Map<string, number>();
  for (const { debit, credit, amount } of entries) {
    held.set(debit, (held.get(debit) ?? 0) - amount);
    held.set(credit, (held.get(credit) ?? 0) + amount);
  }
  assert.equal([...held.values()].reduce((sum, each) => sum + each, 0), 0, "the books balance");
  const standing = new Map<string, number>();
  for (const [key, { n }] of debits) {
    const { debit, credit, amount, stan } = entries[n - 1]!;
    const undone = entries[(reversals.get(key)?.n ?? 0) - 1];
    if (undone === undefined) standing.set(debit, (standing.get(debit) ?? 0) + amount);
    else assert.deepEqual([undone.debit, undone.credit, undone.stan], [credit, debit, stan]);
  }
  for (const [account, balance] of held) {
    if (!account.startsWith("customer:")) continue;
    assert.equal(balance, OPENING_FEN - (standing.get(account) ?? 0), `${account} is right`);
  }
  const moved = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
  assert.equal(moved("withdrawal"), debits.size, "every withdrawal was asked for by one request");
  assert.equal(moved("reversal"), [...reversals.values()].filter(({ n }) => n !== null).length);
  return { entries: entries.length };
}

function byKey<F extends Extract<Fact, { key: string }>>(facts: readonly F[]): Map<string, F> {
  const found = new Map(facts.map((fact) => [fact.key as string, fact]));
  assert.equal(found.size, facts.length, "a request has one fact of a kind");
  return found;
}

function withdrawalOf(terminal: string, stan: string, chance: Chance): Iso8583Message {
  const { pan, pin } = personOf(chance.integer(1, PEOPLE));
  const random = Uint8Array.from({ length: 8 }, () => chance.integer(0, 255));
  const block = encryptFormat4({ pin, pan, key: hexToBytes(TEST_KEY), random });
  return {
    mti: "0200",
    fields: {
      2: pan,
      3: "010000",
      4: yuan(100 * chance.integer(1, 3)),
      7: "1229103000",
      11: stan,
      41: terminal,
      48: { face: FACE },
      49: "156",
      52: bytesToHex(block).toUpperCase(),
    },
  };
}

function reversalOf(
  { fields }: Iso8583Message,
  stan: string,
  mti: "0420" | "0421",
): Iso8583Message {
  const { 4: amount, 7: sent = "", 11: original, 41: terminal } = fields;
  return {
    mti,
    fields: {
      ...(amount === undefined ? {} : { 4: amount }),
      7: sent,
      11: stan,
      ...(terminal === undefined ? {} : { 41: terminal }),
      48: { reason: "4021" },
      90: `0200${original}${sent}`,
    },
  };
}

function keyOf({ mti, fields }: Iso8583Message): string {
  return `${mti}${fields[11]}${fields[7]}@${fields[41]}`;
}
