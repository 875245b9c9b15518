/**
 * The dashboard's API, answered by the page itself: no server, no network, nothing kept after it closes.
 *
 * @module
 */
import { auditOf } from "../../sim/audit/mod.ts";
import type { Check } from "../../sim/evidence/mod.ts";
import { readTrace } from "../../sim/trace/mod.ts";
import type { Answering, Run, RunRequest, ScenarioInfo } from "../app/api.ts";
import type { JobRequest } from "../app/jobs.ts";
import { Jobs, type Work } from "../server/jobs.ts";
import { problem } from "../server/problem.ts";
import {
  BUNDLE_MAX_BYTES,
  receiveBundle,
  receiveTrace,
  type Shelf,
  TRACE_MAX_BYTES,
} from "../server/uploads.ts";

/** A run with its trace, as the stage wants it. */
export interface KeptRun {
  readonly run: Run;
  readonly trace: string;
}

export interface Desk {
  readonly scenarios: readonly ScenarioInfo[];
  /** Runs there from the beginning. */
  readonly runs: readonly KeptRun[];
  /** Runs a scenario here and now. */
  start(what: RunRequest, seed: number): Promise<KeptRun>;
  /** Asks the five questions about a trace, here and now. */
  verify(trace: string, tell: (check: Check) => void): Promise<void>;
}

/** Answers what the dashboard asks of its server. */
export function answersOf(desk: Desk): Answering {
  const kept = new Map(desk.runs.map((one) => [one.run.id, one]));
  const jobs = new Jobs();
  return async (path, { method = "GET", body }) => {
    switch (`${method} ${path}`) {
      case "GET /api/scenarios":
        return Response.json({ scenarios: desk.scenarios });
      case "POST /api/runs": {
        const { seed, ...what } = JSON.parse(String(body));
        return Response.json((await startAndKeep(desk, kept, what, seed)).run);
      }
      case "GET /api/runs":
        return Response.json({ runs: [...kept.values()].map(({ run }) => run) });
      case "GET /api/audits":
        return Response.json({ audits: [...kept.values()].flatMap(auditsOf) });
      case "POST /api/traces":
        return await receive(body, TRACE_MAX_BYTES, async (file) => {
          const bytes = new Uint8Array(await file.arrayBuffer());
          const run = receiveTrace(bytes, shelfOf(kept), Date.now());
          return run instanceof Response ? run : Response.json(run, { status: 201 });
        });
      case "POST /api/bundles":
        return await receive(body, BUNDLE_MAX_BYTES, async (file) => {
          const bytes = new Uint8Array(await file.arrayBuffer());
          const runs = await receiveBundle(bytes, shelfOf(kept), Date.now());
          return runs instanceof Response ? runs : Response.json({ runs }, { status: 201 });
        });
      case "POST /api/jobs": {
        const work = workOf(desk, kept, JSON.parse(String(body)));
        const id = jobs.start(work);
        if (id === null) return problem(503, "too much is under way: try again soon");
        return Response.json({ id, events: `/api/jobs/${id}/events` }, { status: 202 });
      }
    }
    return jobAnswer(jobs, method, path) ?? runAnswer(kept, path);
  };
}

type Kept = Map<string, KeptRun>;

async function startAndKeep(
  desk: Desk,
  kept: Kept,
  what: RunRequest,
  seed: number,
): Promise<KeptRun> {
  const made = await desk.start(what, seed);
  kept.set(made.run.id, made);
  return made;
}

/** A file from elsewhere, within the bounds that a server sets too. */
async function receive(
  body: RequestInit["body"],
  bytes_max: number,
  keep: (file: Blob) => Promise<Response>,
): Promise<Response> {
  const file = body instanceof Blob ? body : new Blob([String(body)]);
  return file.size > bytes_max
    ? problem(413, `A file has ${bytes_max} bytes at most here`)
    : await keep(file);
}

function shelfOf(kept: Kept): Shelf {
  return {
    get: (id) => kept.get(id)?.run ?? null,
    putAll: (runs) => runs.forEach(([run, trace]) => kept.set(run.id, { run, trace })),
  };
}

function workOf(desk: Desk, kept: Kept, job: JobRequest): Work {
  if (job.kind === "verification") {
    return (tell) =>
      desk.verify(kept.get(job.run)?.trace ?? "", (data) => tell({ name: "check", data }));
  }
  const { scenario, seed, count } = job;
  return async (tell, signal) => {
    for (let done = 0; done < count && !signal.aborted; done++) {
      const { run } = await startAndKeep(desk, kept, { scenario }, (seed + done) >>> 0);
      tell({ name: "run", data: run });
      tell({ name: "progress", data: { done: done + 1, of: count } });
    }
  };
}

function jobAnswer(jobs: Jobs, method: string, path: string): Response | null {
  const id = /^\/api\/jobs\/([\w-]+)/.exec(path)?.[1];
  if (id === undefined) return null;
  if (method === "DELETE") {
    return jobs.cancel(id) ? new Response(null, { status: 204 }) : notFound();
  }
  const events = jobs.events(id, 0);
  return events === null ? notFound() : new Response(events);
}

function runAnswer(kept: Kept, path: string): Response {
  const [, id = "", trace] = /^\/api\/runs\/([0-9a-f]+)(\/trace)?$/.exec(path) ?? [];
  const found = kept.get(id);
  if (found === undefined) return notFound();
  return trace === undefined ? Response.json(found.run) : new Response(found.trace);
}

function notFound(): Response {
  return problem(404, "there is nothing of that name in this page");
}

function auditsOf({ run: { id, created_ms }, trace }: KeptRun): object[] {
  const reading = readTrace(trace);
  return reading.ok ? [{ id, created_ms, ...auditOf(reading.trace) }] : [];
}
