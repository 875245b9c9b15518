/** A shelf and a simulator that knows one run: the sample trace. */
import { auditOf } from "../../sim/audit/mod.ts";
import { readTrace } from "../../sim/trace/mod.ts";
import type { ScenarioInfo, Simulator } from "../../ui/server/mod.ts";

const FILE = new URL("../fixtures/sample.trace.jsonl", import.meta.url);

const STORY = {
  en: "The customer looks at the camera, types the ID number and the PIN, and takes 500 yuan.",
  zh: "客户看摄像头，输入身份证号和密码，取走五百元。",
  bo: "མགྲོན་པོས་པར་ཆས་ལ་གཟིགས། ཨང་གྲངས་དང་གསང་ཨང་ནང་འཇུག་བྱེད། དངུལ་ལེན།",
};

const IDS = ["returning-customer", "first-use", "spoof-printed-photo", "cassette-jam"];

export const sampleScenarios: readonly ScenarioInfo[] = IDS.map((id) => ({
  id,
  title: { en: "An ordinary withdrawal", zh: "普通取款", bo: "དངུལ་ཕྱིར་ལེན།" },
  story: STORY,
  source: `id: ${id}\nmachine: lhasa-lobby\n`,
}));

/** The whole trace that every run of {@linkcode sampleSimulator} gives. */
export const sampleTrace = await Deno.readTextFile(FILE);

/** Answers each scenario with its own trace, or with the sample; a trace's root makes the run's id. */
export function simulatorOf(traces: Readonly<Record<string, string>>): Simulator {
  return {
    verify(trace, tell) {
      const whole = readTrace(trace).ok;
      tell({ name: "chain", ok: whole, evidence: "the sample knows no other question" });
      return Promise.resolve();
    },
    run(request, seed) {
      const scenario = "scenario" in request ? request.scenario : "by-hand";
      if (!IDS.includes(scenario)) {
        const message = "there is no such scenario";
        const problem = { file: scenario, field: "scenario", message };
        return Promise.resolve({ ok: false, problem });
      }
      const trace = traces[scenario] ?? sampleTrace;
      const reading = readTrace(trace);
      const summary = {
        scenario,
        title: reading.ok ? auditOf(reading.trace).title : null,
        seed,
        outcome: "served",
        reason: "cash_taken",
        cash_taken_fen: 50_000,
        ok: true,
        expectations: [{ text: "outcome served", ok: true }],
        session_ms: 16_207,
        virtual_ms: 22_013,
        wall_ms: 400,
        root: JSON.parse(trace.trimEnd().split("\n").at(-1) ?? "{}").root,
      };
      return Promise.resolve({ ok: true, summary, trace });
    },
  };
}

export const sampleSimulator: Simulator = simulatorOf({});
