/**
 * The dashboard's API, answered by the page itself: no server, no network, nothing kept after it closes.
 *
 * @module
 */
import type { Answering, Run, RunRequest, ScenarioInfo } from "../app/api.ts";

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
}

/** Answers what the dashboard asks of its server. */
export function answersOf(desk: Desk): Answering {
  const kept = new Map(desk.runs.map((one) => [one.run.id, one]));
  return async (path, { method = "GET", body }) => {
    if (path === "/api/scenarios") return Response.json({ scenarios: desk.scenarios });
    if (path === "/api/runs" && method === "POST") {
      const { seed, ...what } = JSON.parse(String(body));
      const made = await desk.start(what, seed);
      kept.set(made.run.id, made);
      return Response.json(made.run);
    }
    if (path === "/api/runs") {
      return Response.json({ runs: [...kept.values()].map(({ run }) => run) });
    }
    const [, id = "", trace] = /^\/api\/runs\/([0-9a-f]+)(\/trace)?$/.exec(path) ?? [];
    const found = kept.get(id);
    if (found === undefined) {
      return Response.json({ status: 404, detail: "there is no such run" }, { status: 404 });
    }
    return trace === undefined ? Response.json(found.run) : new Response(found.trace);
  };
}
