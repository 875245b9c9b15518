/** `run SCENARIO…`: runs scenarios headless, judges them, and writes their traces. */
import { assert } from "../../core/assert.ts";
import { formatYuanShort } from "../../core/money/mod.ts";
import { type Plan, planOf } from "../plan/mod.ts";
import { traceText } from "../trace/mod.ts";
import { runPlan, type RunPorts, type RunResult } from "../world/mod.ts";
import { readProfile, readScenario, writableFolder, writeWhole } from "./files.ts";
import { openModels } from "./models.ts";
import { portsOf } from "./ports.ts";
import { connectMachine, type RemoteMachine } from "./remote_machine.ts";
import { summaryOf } from "./summary.ts";
import { breathe, interruption, print, Progress } from "./terminal.ts";

export interface RunVerbOptions {
  readonly seed: number;
  readonly out?: string;
  readonly format: "text" | "json" | "junit";
  /** False: every inference is computed, none remembered. */
  readonly cache: boolean;
  /** Somebody else's models, by name or folder, instead of the shipped ones. */
  readonly pack?: string;
  /** `ws://host:port` of XFS4IoT services to drive instead of the run's own devices. */
  readonly devices?: string;
  /** Virtual seconds in a real one, where the devices are somewhere else. */
  readonly speed: number;
}

interface Row {
  readonly file: string;
  readonly result: RunResult;
  readonly wall_ms: number;
  readonly trace: string | null;
}

/** Returns the exit code: 0 all expectations hold, 1 one fails, 130 interrupted. */
export async function runVerb(files: readonly string[], options: RunVerbOptions): Promise<number> {
  // Everything that can be wrong with the input is found before the first run.
  const plans: { file: string; plan: Plan }[] = [];
  for (const file of files) {
    const scenario = await readScenario(file);
    plans.push({
      file,
      plan: planOf(scenario, options.seed, await readProfile(scenario.machine, file)),
    });
  }
  const pipeline = await openModels({
    ...(options.cache ? {} : { memo: 0 }),
    ...(options.pack === undefined ? {} : { pack: options.pack }),
  });
  if (options.out !== undefined) await writableFolder(options.out);
  const ports = portsOf(pipeline);
  const remote = options.devices === undefined
    ? null
    : await connectMachine(options.devices, options.speed);
  const progress = new Progress("running", plans.length);
  const interrupted = interruption();
  const rows: Row[] = [];
  for (const { file, plan } of plans) {
    if (interrupted.asked) break;
    const started = performance.now();
    const result = await runPlan(plan, {
      ...ports,
      ...(remote === null ? {} : await elsewhere(remote, plan, ports, options)),
    });
    const wall_ms = Math.round(performance.now() - started);
    rows.push({ file, result, wall_ms, trace: await keep(result, options) });
    progress.step();
    await breathe();
  }
  progress.clear();
  interrupted.stop();
  remote?.close();
  await pipeline.release();
  print(PRINTERS[options.format](rows, options));
  if (rows.length < plans.length) return 130;
  return rows.every(({ result }) => result.ok) ? 0 : 1;
}

/** The ports of a run whose devices are somewhere else: its trace says where. */
async function elsewhere(
  machine: RemoteMachine,
  plan: Plan,
  { pinned }: RunPorts,
  { devices }: RunVerbOptions,
): Promise<Pick<RunPorts, "remote" | "pinned">> {
  assert(devices !== undefined, "a remote machine has an address");
  return { remote: await machine.ports(plan), pinned: { ...pinned, devices } };
}

async function keep(result: RunResult, options: RunVerbOptions): Promise<string | null> {
  if (options.out === undefined) return null;
  const path = `${options.out}/${result.plan.scenario.id}-${result.plan.seed}.trace.jsonl`;
  await writeWhole(path, traceText(result.trace));
  return path;
}

const PRINTERS = { text: asText, json: asJson, junit: asJunit } as const;

function asText(rows: readonly Row[], options: RunVerbOptions): string {
  const blocks = rows.map(({ file, result, wall_ms, trace }) => {
    const { ending, plan } = result;
    const faster = wall_ms > 0 ? ` · ${Math.round(result.virtual_ms / wall_ms)}× real time` : "";
    return [
      `${result.ok ? "✓" : "✗"} ${plan.scenario.id}: ${ending.outcome} (${ending.reason})`,
      `    session ${ending.session_s.toFixed(1)} s · cash taken ${
        formatYuanShort(ending.cash_taken)
      }` +
      ` · run ${(result.virtual_ms / 1000).toFixed(1)} s in ${wall_ms} ms${faster}`,
      ...result.expectations.map(({ text, ok }) => `    ${ok ? "✓" : "✗"} ${text}`),
      ...result.findings.map(({ oracle, finding, sentence }) =>
        `    ✗ oracle ${oracle}: ${finding} — ${sentence}`
      ),
      `    root ${result.trace.end.root}`,
      ...(options.devices === undefined ? [] : [
        `    devices at ${options.devices}: verify proves this trace's chain and decisions (--remote), and cannot run it again`,
      ]),
      ...(trace === null ? [] : [`    trace ${trace}`]),
      `    again: ${again(file, options)}`,
    ].join("\n");
  });
  const kept = rows.filter(({ result }) => result.ok).length;
  return [...blocks, `${kept} of ${rows.length} runs as expected`].join("\n\n");
}

/** The command that repeats a run. */
function again(file: string, { seed, devices, speed, pack }: RunVerbOptions): string {
  const elsewhere = devices === undefined ? "" : ` --devices ${devices} --speed ${speed}`;
  const theirs = pack === undefined ? "" : ` --pack ${pack}`;
  return `deno run -A main.ts run ${file} --seed ${seed}${theirs}${elsewhere}`;
}

function asJson(rows: readonly Row[], options: RunVerbOptions): string {
  const runs = rows.map(({ file, result, wall_ms, trace }) => ({
    ...summaryOf(result, wall_ms),
    findings: result.findings,
    session_ms: Math.round(result.ending.session_s * 1000),
    trace,
    again: again(file, options),
  }));
  return JSON.stringify({ schema: 1, runs }, null, 2);
}

function asJunit(rows: readonly Row[]): string {
  const cases = rows.map(({ result, wall_ms }) => {
    const failures = [
      ...result.expectations.filter(({ ok }) => !ok).map(({ text }) => text),
      ...result.findings.map(({ oracle, finding }) => `oracle ${oracle}: ${finding}`),
    ].map((text) => `<failure message="${xml(text)}"/>`).join("");
    return `  <testcase classname="scenarios" name="${xml(result.plan.scenario.id)}"` +
      ` time="${(wall_ms / 1000).toFixed(3)}">${failures}</testcase>`;
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
