/** Ten ways to damage a trace, from a slip of the disk to a forger who has the whole program. */
import { canonicalJson } from "../../core/json.ts";
import { micros } from "../../core/units.ts";
import type { Check } from "../../sim/evidence/mod.ts";
import {
  type Trace,
  type TraceBody,
  traceHeader,
  traceText,
  TraceWriter,
} from "../../sim/trace/mod.ts";

export interface Damage {
  readonly what: string;
  readonly refusedUnder: Check["name"];
  damaged(trace: Trace): string;
}

/** What a forger with the program writes: header and lines changed, everything chained anew. */
export function forged(
  { header, lines }: Trace,
  change: (body: TraceBody) => TraceBody,
  pinned = header.pinned,
): string {
  const writer = new TraceWriter(traceHeader(pinned, header.runtime));
  for (const { n: _n, t, chain: _chain, ...body } of lines) {
    writer.write(micros(t), change(body as TraceBody));
  }
  return traceText(writer.finish());
}

export function unchanged(body: TraceBody): TraceBody {
  return body;
}

/** The rows of the file after `change`, with a line of the middle to change at. */
function rows(trace: Trace, change: (rows: string[], middle: number) => void): string {
  const all = traceText(trace).trimEnd().split("\n");
  change(all, Math.floor(all.length / 2));
  return all.map((row) => row + "\n").join("");
}

export const DAMAGES: readonly Damage[] = [
  {
    what: "one byte changed",
    refusedUnder: "chain",
    damaged: (trace) => traceText(trace).replace('"session_started"', '"session_stbrted"'),
  },
  {
    what: "a line dropped",
    refusedUnder: "chain",
    damaged: (trace) => rows(trace, (all, middle) => all.splice(middle, 1)),
  },
  {
    what: "a line doubled",
    refusedUnder: "chain",
    damaged: (trace) => rows(trace, (all, middle) => all.splice(middle, 0, all[middle]!)),
  },
  {
    what: "two lines swapped",
    refusedUnder: "chain",
    damaged: (trace) =>
      rows(trace, (all, middle) => all.splice(middle, 2, all[middle + 1]!, all[middle]!)),
  },
  {
    what: "the header changed",
    refusedUnder: "chain",
    damaged: ({ header, ...rest }) =>
      traceText({ ...rest, header: { ...header, runtime: { ...header.runtime, commit: "0" } } }),
  },
  {
    what: "the hash of a model changed, and everything chained anew",
    refusedUnder: "models",
    damaged: (trace) => {
      const { pinned } = trace.header;
      const models = { ...pinned.models, embedder: "0".repeat(64) };
      return forged(trace, unchanged, { ...pinned, models });
    },
  },
  {
    what: "the plan changed, and everything chained anew",
    refusedUnder: "resimulation",
    damaged: (trace) => {
      const plan = canonicalJson(trace.header.pinned.plan).replace(
        '"pin":"wrong"',
        '"pin":"correct"',
      );
      return forged(trace, unchanged, { ...trace.header.pinned, plan: JSON.parse(plan) });
    },
  },
  {
    what: "cut short",
    refusedUnder: "chain",
    damaged: (trace) => rows(trace, (all, middle) => all.splice(middle)),
  },
  {
    what: "another outcome, and everything chained anew",
    refusedUnder: "resimulation",
    damaged: (trace) =>
      forged(
        trace,
        (body) =>
          body.type === "outcome"
            ? { type: "outcome", outcome: "served", reason: "cash_taken" }
            : body,
      ),
  },
  {
    what: "an answer of the bank changed in a run on somebody else's devices, chained anew",
    refusedUnder: "decisions",
    damaged: (trace) =>
      forged(
        trace,
        (body) =>
          body.type === "host" && body.from === "bank" && body.seen === "received"
            ? JSON.parse(canonicalJson(body).replace('"39":"55"', '"39":"00"'))
            : body,
        { ...trace.header.pinned, devices: "ws://127.0.0.1:5846" },
      ),
  },
];
