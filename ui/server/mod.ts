/**
 * The dashboard's server: the app, its files, and the HTTP API.
 *
 * ```
 *   GET  /                     the app            GET  /api/runs            kept runs, newest first
 *   GET  /assets/…             its files          POST /api/runs            {scenario, seed?} → 201
 *   GET  /api/scenarios        the shelf          GET  /api/runs/:id        one run in short
 *   GET  /openapi.json         all of this        GET  /api/runs/:id/trace  its trace, JSON Lines
 *   GET  /api/audits[.csv]     every run as an auditor sees it
 *   POST /api/traces, bundles  runs from elsewhere
 *   POST /api/jobs             long work → 202; GET …/:id/events tells, DELETE …/:id cancels
 *   GET  /api/machine          the XFS4IoT services offered beside, and every message they have
 *   GET, POST /control         who stands at that machine, and what their hands do
 * ```
 *
 * @module
 */
import { Hono } from "hono";
import { InputError } from "../../sim/plan/mod.ts";
import { NotKept, type RunStore } from "../../sim/store/mod.ts";
import { addApi } from "./api.ts";
import { type Assets, serveAsset } from "./assets.ts";
import { type Access, guard, LOOPBACK } from "./guard.ts";
import type { Jobs } from "./jobs.ts";
import type { OfferedMachine, ScenarioInfo, Simulator } from "./ports.ts";
import { problem } from "./problem.ts";

export { type Assets, readAssets } from "./assets.ts";
export { type Access, LOOPBACK_NAMES } from "./guard.ts";
export type { InputProblem, OfferedMachine, RunRequest, ScenarioInfo, Simulator } from "./ports.ts";
export { type Listening, serveDashboard } from "./serve.ts";

/** What anything here is asked with. */
const METHODS = ["GET", "HEAD", "POST", "DELETE"] as const;

/** Everything the server stands on. */
export interface ServerParts {
  readonly simulator: Simulator;
  readonly scenarios: readonly ScenarioInfo[];
  readonly store: RunStore;
  /** A machine for ATM software of one's own; absent: none is offered. */
  readonly machine?: OfferedMachine;
  /** From {@linkcode readAssets}; holds `index.html`. */
  readonly assets: Assets;
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Of the program. */
  readonly version: string;
  /** Whom it answers; the loopback by default. */
  readonly access?: Access;
  /** Where long work is kept; its own by default. */
  readonly jobs?: Jobs;
}

/** The server as a function from requests to answers: it opens no port. */
export function createServer(parts: ServerParts): Hono {
  const app = new Hono();
  app.use(guard(parts.access ?? LOOPBACK));
  app.onError((error) => {
    if (error instanceof InputError) return problem(422, error.message, { ...error.problem });
    if (error instanceof NotKept) return problem(507, `${error.message}; look at the data folder`);
    console.error(error);
    return problem(500, "A bug in atm-twin: the terminal says more");
  });
  app.notFound(({ req: { method, path } }) => {
    const allowed = METHODS.filter((each) => answers(app, each, path));
    if (allowed.length === 0) return problem(404, `Nothing is at ${path}`);
    const refused = problem(405, `${path} answers ${allowed.join(" and ")}, not ${method}`);
    refused.headers.set("allow", allowed.join(", "));
    return refused;
  });
  addFiles(app, parts.assets);
  addApi(app, parts);
  if (parts.machine !== undefined) addMachine(app, parts.machine);
  return app;
}

/** Whether something is at this path for this method; what stands before everything does not count. */
function answers(app: Hono, method: string, path: string): boolean {
  const asked = method === "HEAD" ? "GET" : method;
  return app.router.match(asked, path)[0].some(([[, route]]) => route.method === asked);
}

function addFiles(app: Hono, assets: Assets): void {
  const answer = async (path: string, request: Request) => {
    const asset = await assets.get(path);
    return asset === undefined
      ? problem(404, `There is no file ${path}`)
      : serveAsset(asset, request);
  };
  app.get("/", (context) => answer("index.html", context.req.raw));
  app.get(
    "/assets/*",
    (context) => answer(context.req.path.slice("/assets/".length), context.req.raw),
  );
}

/** The hands of whoever stands at the machine, and what the machine can. */
function addMachine(app: Hono, machine: OfferedMachine): void {
  app.on(["GET", "POST"], "/control", (context) => machine.control(context.req.raw));
  app.get(
    "/api/machine",
    (context) => context.json({ publisher: machine.uri, services: machine.describe() }),
  );
}
