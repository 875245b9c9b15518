/** `report TRACE --out FILE.html`: one run, its replay and its proof in one file. */
import { type Check, verifyTrace } from "../../sim/evidence/mod.ts";
import { type Plan, planSchema } from "../../sim/plan/mod.ts";
import { writableFile, writeWhole } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf, VERSION } from "../../sim/adapters/ports.ts";
import { summaryOf, summaryOfTrace } from "../../sim/adapters/summary.ts";
import { complain, printLine } from "../../sim/adapters/terminal.ts";
import { readTraceBytes } from "../../sim/adapters/trace_file.ts";
import { readTrace, type Trace } from "../../sim/trace/mod.ts";
import { runPlan, type RunPorts } from "../../sim/world/mod.ts";
import type { Run } from "../app/api.ts";
import { offlinePage } from "./page.ts";
import { twinParts } from "./twin_parts.ts";
import type { Reported } from "./report.tsx";

/** Returns the exit code: 1 when the trace is not proven. A broken chain gives no report. */
export async function reportVerb(file: string, { out }: { readonly out: string }): Promise<number> {
  const bytes = await readTraceBytes(file);
  await writableFile(out, "--out", "page");
  const pipeline = await openModels();
  const ports = portsOf(pipeline);
  const checks = await verifyTrace(bytes, () => Promise.resolve(ports));
  const reading = readTrace(bytes);
  const plan = reading.ok ? planSchema.safeParse(reading.trace.header.pinned.plan) : null;
  if (!reading.ok || !plan?.success) {
    await pipeline.release();
    complain(`${file} is refused: ${checks.at(-1)?.evidence}`);
    return 1;
  }
  const run = await runOf(reading.trace, plan.data, checks, ports);
  await pipeline.release();
  const text = new TextDecoder().decode(bytes);
  await writeWhole(out, await reportPage(text, plan.data, run, checks, ports));
  const proven = checks.every(({ ok }) => ok === true);
  printLine(`${out}: opens without network${proven ? "" : "; it says what is not proven"}`);
  return proven ? 0 : 1;
}

/** The page of a report: the trace, which is masked, what was checked, and the twin to check it with. */
export async function reportPage(
  text: string,
  plan: Plan,
  run: Run,
  checks: readonly Check[],
  { runtime }: RunPorts,
): Promise<string> {
  const { id, title, story } = plan.scenario;
  const reported: Reported = {
    run,
    info: { id, title, story, source: "" },
    checks,
    by: `atm-twin ${VERSION}, commit ${runtime.commit}`,
  };
  return await offlinePage({
    title: `atm-twin: ${id}, ${plan.seed}`,
    entry: "ui/offline/report.tsx",
    json: { reported },
    bytes: { trace: new TextEncoder().encode(text) },
    twin: await twinParts(),
  });
}

/** The run in short: judged anew where it can be run again, else told by its trace. */
export async function runOf(
  trace: Trace,
  plan: Plan,
  checks: readonly Check[],
  ports: RunPorts,
): Promise<Run> {
  const id = trace.end.root.slice(0, 16);
  const same = checks.some(({ name, ok }) => name === "resimulation" && ok === true);
  if (same) return { ...summaryOf(await runPlan(plan, ports), 0), id, created_ms: 0 };
  return { ...summaryOfTrace(trace), id, created_ms: 0 };
}
