/** `run SCENARIO…`: runs scenarios headless, judges them, and writes their traces. */
import { formatYuanShort } from "../../core/money/mod.ts";
import { InputError, type Plan, planOf, readPlan, scenarioOf } from "../plan/mod.ts";
import { traceText } from "../trace/mod.ts";
import {
  type RemoteBank,
  type RemotePorts,
  runPlan,
  type RunPorts,
  type RunResult,
} from "../world/mod.ts";
import type { Regression } from "./campaign_failure.ts";
import { parseYaml, readProfile, readText, writableFolder, writeWhole } from "./files.ts";
import { openModels } from "./models.ts";
import { TEST_KEY } from "./options.ts";
import type { PinOptions } from "./pins.ts";
import { portsOf } from "./ports.ts";
import { connectBank } from "./remote_bank.ts";
import { connectMachine, type RemoteMachine } from "./remote_machine.ts";
import { summaryOf } from "./summary.ts";
import {
  breathe,
  complain,
  interruption,
  oneLine,
  print,
  Progress,
  shellWord,
} from "./terminal.ts";
import { steadyNow } from "./wall_time.ts";

export interface RunVerbOptions extends PinOptions {
  readonly seed: number;
  readonly out?: string;
  readonly format: "text" | "json" | "junit";
  /** False: every inference is computed, none remembered. */
  readonly cache: boolean;
  /** Somebody else's models, by name or folder, instead of the shipped ones. */
  readonly pack?: string;
  /** `ws://host:port` of XFS4IoT services to drive instead of the run's own devices. */
  readonly devices?: string;
  /** `host:port` of an ISO 8583 host to stand before, instead of the run's own bank. */
  readonly bank?: string;
  readonly tokenKey: string;
  readonly macKey?: string;
  /** Under it a new MAC key is asked for before the first run. */
  readonly keyBlockKey?: string;
  readonly bitmap: "hex" | "binary";
  readonly encoding: "ascii" | "bcd";
  /** Virtual seconds in a real one, where the devices are somewhere else. */
  readonly speed: number;
}

interface Row extends Planned {
  readonly result: RunResult;
  readonly wall_ms: number;
  readonly trace: string | null;
}

interface Planned {
  readonly file: string;
  readonly plan: Plan;
  /** Null where the file brings a seed of its own. */
  readonly seed: number | null;
}

/** Returns the exit code: 0 all expectations hold, 1 one fails, 130 interrupted. */
export async function runVerb(files: readonly string[], options: RunVerbOptions): Promise<number> {
  const { pinFormat = "iso4" } = options;
  if (pinFormat !== "iso4" && options.bank === undefined) {
    const message = `our own bank has no ${pinFormat}; name one that has with --bank host:port`;
    throw new InputError({ file: "run", field: "--pin-format", message });
  }
  // Everything that can be wrong with the input is found before the first run.
  const plans: Planned[] = [];
  for (const file of files) {
    const planned = await readPlanned(file, options.seed);
    if (options.out !== undefined) refuseSecond(file, planned.plan.scenario.id, plans);
    plans.push(planned);
  }
  const pipeline = await openModels({
    ...(options.cache ? {} : { memo: 0 }),
    ...(options.pack === undefined ? {} : { pack: options.pack }),
  });
  if (options.out !== undefined) await writableFolder(options.out);
  const ports = portsOf(pipeline);
  const remote = options.devices === undefined
    ? null
    : await connectMachine(options.devices, options.speed, { aside: complain });
  const bank = options.bank === undefined ? null : await connectBank({
    ...options,
    bank: options.bank,
    wire: options,
    aside: (why) => complain(`the bank at ${options.bank}: ${why}`),
  });
  const progress = new Progress("running", plans.length);
  const interrupted = interruption();
  const rows: Row[] = [];
  let gone: InputError | null = null;
  for (const planned of plans) {
    const { plan } = planned;
    if (interrupted.asked) break;
    const started = steadyNow();
    const elsewhere = { plan, ports, remote, bank, first_stan: STANS_A_RUN * rows.length };
    const own = await portsOfRun(elsewhere, options).catch(orGone);
    if (own instanceof InputError) {
      gone = own;
      break;
    }
    const result = await runPlan(plan, own);
    const wall_ms = Math.round(steadyNow() - started);
    rows.push({ ...planned, result, wall_ms, trace: await keep(result, options) });
    progress.step();
    await breathe();
  }
  progress.clear();
  interrupted.stop();
  remote?.close();
  bank?.close();
  await pipeline.release();
  print(PRINTERS[options.format](rows, options));
  if (rows.length < plans.length) {
    const left = `${plans.length - rows.length} of ${plans.length} were not run`;
    complain(gone === null ? `interrupted: ${left}` : `${gone.message}; ${left}`);
    return gone === null ? 130 : 1;
  }
  return rows.every(({ result }) => result.ok) ? 0 : 1;
}

/** A machine that nobody finds any more: what was run before is told all the same. */
function orGone(error: unknown): InputError {
  if (error instanceof InputError) return error;
  throw error;
}

/** A scenario under this seed; or the plan that a campaign found, as it was, seed and all. */
async function readPlanned(file: string, seed: number): Promise<Planned> {
  const value = parseYaml(await readText(file, "scenario"), file);
  if (!isFound(value)) {
    const scenario = scenarioOf(value, file);
    const profile = await readProfile(scenario.machine, file);
    return { file, plan: planOf(scenario, seed, profile, file), seed };
  }
  const reading = readPlan(value.plan, file);
  if (reading.ok) return { file, plan: reading.plan, seed: null };
  const { field, message } = reading.problem;
  throw new InputError({ file, field: ["plan", field].filter(Boolean).join("."), message });
}

function isFound(value: unknown): value is Pick<Regression, "plan"> {
  return typeof value === "object" && value !== null && "oracle" in value && "plan" in value;
}

/** Traces are named by scenario: a second one would be written over the first. */
function refuseSecond(file: string, id: string, before: readonly Planned[]) {
  const first = before.find(({ plan }) => plan.scenario.id === id);
  if (first === undefined) return;
  const message = `is ${id} in ${first.file} too; give it another, or run them apart`;
  throw new InputError({ file, field: "id", message });
}

/** More numbers than the messages of one run. */
const STANS_A_RUN = 1_000;

interface Elsewhere {
  readonly plan: Plan;
  readonly ports: RunPorts;
  readonly remote: RemoteMachine | null;
  readonly bank: RemoteBank | null;
  /** On top of the bank's first number, so that no two runs of one command share any. */
  readonly first_stan: number;
}

/** The ports of a run whose devices or bank may be somewhere else: its trace says where. */
async function portsOfRun(
  { plan, ports, remote, bank, first_stan }: Elsewhere,
  { devices }: RunVerbOptions,
): Promise<RunPorts> {
  let { pinned } = ports;
  const more: { remote?: RemotePorts; bank?: RemoteBank } = {};
  if (bank !== null) {
    more.bank = { ...bank, first_stan: (bank.first_stan + first_stan) % 900_000 };
    pinned = { ...pinned, bank: pinnedBankOf(more.bank) };
  }
  if (remote !== null && devices !== undefined) {
    pinned = { ...pinned, devices };
    more.remote = await remote.ports(plan, more.bank);
  }
  return { ...ports, ...more, pinned };
}

/** What of a bank elsewhere decided what the machine did. */
export function pinnedBankOf(bank: RemoteBank): NonNullable<RunPorts["pinned"]["bank"]> {
  const { address, first_stan, legacy_pins } = bank;
  return {
    address,
    first_stan,
    ...(legacy_pins === undefined ? {} : { pin_format: legacy_pins.format }),
  };
}

async function keep(result: RunResult, options: RunVerbOptions): Promise<string | null> {
  if (options.out === undefined) return null;
  const path = `${options.out}/${result.plan.scenario.id}-${result.plan.seed}.trace.jsonl`;
  await writeWhole(path, traceText(result.trace));
  return path;
}

const PRINTERS = { text: asText, json: asJson, junit: asJunit } as const;

function lastedOf({ session_s }: RunResult["ending"]): string {
  return session_s === null ? "no session" : `session ${session_s.toFixed(1)} s`;
}

function asText(rows: readonly Row[], options: RunVerbOptions): string {
  const blocks = rows.map(({ file, seed, result, wall_ms, trace }) => {
    const { ending, plan } = result;
    const faster = wall_ms > 0 ? ` · ${Math.round(result.virtual_ms / wall_ms)}× real time` : "";
    return [
      `${result.ok ? "✓" : "✗"} ${plan.scenario.id}: ${ending.outcome} (${ending.reason})`,
      `    ${lastedOf(ending)} · cash taken ${formatYuanShort(ending.cash_taken)}` +
      ` · run ${(result.virtual_ms / 1000).toFixed(1)} s in ${wall_ms} ms${faster}`,
      ...result.expectations.map(({ text, ok }) => `    ${ok ? "✓" : "✗"} ${text}`),
      ...result.findings.map(({ oracle, finding, sentence }) =>
        `    ✗ oracle ${oracle}: ${finding} — ${sentence}`
      ),
      ...result.missed.map((what) => `    · ${what}`),
      `    root ${result.trace.end.root}`,
      ...(options.devices === undefined ? [] : [
        `    devices at ${options.devices}: verify proves this trace's chain and decisions (--remote), and cannot run it again`,
      ]),
      ...(options.bank === undefined ? [] : [
        `    bank at ${options.bank}: its ledger is its own, so balances and books are not judged here`,
      ]),
      ...(trace === null ? [] : [oneLine(`    trace ${trace}`)]),
      `    again: ${again(file, { ...options, seed })}`,
    ].join("\n");
  });
  const kept = rows.filter(({ result }) => result.ok).length;
  return [...blocks, `${kept} of ${rows.length} runs as expected`].join("\n\n");
}

/** The command that repeats a run. */
export function again(
  file: string,
  options: Omit<RunVerbOptions, "seed"> & Pick<Planned, "seed">,
): string {
  const { seed, cache, pack, devices, speed, bank } = options;
  return `deno run -A main.ts run ${shellWord(file)}` +
    (seed === null ? "" : ` --seed ${seed}`) +
    (cache ? "" : " --no-cache") +
    told("--pack", pack) +
    (devices === undefined ? "" : ` --devices ${shellWord(devices)} --speed ${speed}`) +
    (bank === undefined ? "" : ` --bank ${shellWord(bank)}${spokenWith(options)}`);
}

/** How a bank elsewhere is spoken to, where that is not as usual. */
function spokenWith(options: Omit<RunVerbOptions, "seed">): string {
  const { pinFormat, pinKey, tokenKey, macKey, keyBlockKey, bitmap, encoding } = options;
  return told("--pin-format", pinFormat, "iso4") +
    told("--pin-key", pinKey, TEST_KEY) +
    told("--token-key", tokenKey, TEST_KEY + TEST_KEY) +
    told("--mac-key", macKey) +
    told("--key-block-key", keyBlockKey) +
    told("--bitmap", bitmap, "hex") +
    told("--encoding", encoding, "ascii");
}

function told(option: string, value: string | undefined, usual?: string): string {
  return value === usual || value === undefined ? "" : ` ${option} ${shellWord(value)}`;
}

function asJson(rows: readonly Row[], options: RunVerbOptions): string {
  const runs = rows.map(({ file, seed, result, wall_ms, trace }) => ({
    ...summaryOf(result, wall_ms),
    findings: result.findings,
    trace,
    again: again(file, { ...options, seed }),
  }));
  return JSON.stringify({ schema: 1, runs }, null, 2);
}

function asJunit(rows: readonly Row[], options: RunVerbOptions): string {
  const cases = rows.map(({ file, seed, result, wall_ms }) => {
    const failures = [
      ...result.expectations.filter(({ ok }) => !ok).map(({ text }) => text),
      ...result.findings.map(({ oracle, finding }) => `oracle ${oracle}: ${finding}`),
    ].map((text) => `<failure message="${xml(text)}"/>`).join("");
    return `  <testcase classname="scenarios" name="${xml(result.plan.scenario.id)}"` +
      ` time="${(wall_ms / 1000).toFixed(3)}">${failures}` +
      `<system-out>again: ${xml(again(file, { ...options, seed }))}</system-out></testcase>`;
  });
  const failed = rows.filter(({ result }) => !result.ok).length;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuite name="atm-twin" tests="${rows.length}" failures="${failed}">`,
    ...cases,
    `</testsuite>`,
  ].join("\n");
}

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
