/**
 * The dashboard's server: the app, its files, and the HTTP API.
 *
 * ```
 *   GET  /                     the app            GET  /api/runs            kept runs, newest first
 *   GET  /assets/…             its files          GET  /api/runs/:id        one run in short
 *   GET  /api/scenarios        the shelf          GET  /api/runs/:id/trace  its trace, JSON Lines
 *   POST /api/runs             {scenario, seed?} → 201 and the run in short
 *   GET  /api/machine          the XFS4IoT services offered beside, and every message they have
 *   GET, POST /control         who stands at that machine, and what their hands do
 * ```
 *
 * @module
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { RunStore } from "../../sim/store/mod.ts";
import { type Assets, serveAsset } from "./assets.ts";
import { guard, LOOPBACK_NAMES } from "./guard.ts";
import type { OfferedMachine, ScenarioInfo, Simulator } from "./ports.ts";
import { problem } from "./problem.ts";
import { Runner } from "./runs.ts";

export { type Assets, readAssets } from "./assets.ts";
export { LOOPBACK_NAMES } from "./guard.ts";
export type { InputProblem, OfferedMachine, RunRequest, ScenarioInfo, Simulator } from "./ports.ts";
export { type Listening, serveDashboard } from "./serve.ts";

const BODY_MAX_BYTES = 128 * 1024;
const LIST_MAX = 200;

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
  /** Names the server answers as; the loopback's by default. */
  readonly hosts?: readonly string[];
}

/** The server as a function from requests to answers: it opens no port. */
export function createServer(parts: ServerParts): Hono {
  const app = new Hono();
  app.use(guard(parts.hosts ?? LOOPBACK_NAMES));
  app.use(
    bodyLimit({
      maxSize: BODY_MAX_BYTES,
      onError: () => problem(413, `A body has ${BODY_MAX_BYTES} bytes at most`),
    }),
  );
  app.onError((error) => {
    console.error(error);
    return problem(500, "A bug in atm-twin: the terminal says more");
  });
  app.notFound((context) => problem(404, `Nothing is at ${context.req.path}`));
  addFiles(app, parts.assets);
  addApi(app, parts);
  if (parts.machine !== undefined) addMachine(app, parts.machine);
  return app;
}

function addFiles(app: Hono, assets: Assets): void {
  const answer = (path: string, request: Request) => {
    const asset = assets.get(path);
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

function addApi(app: Hono, parts: ServerParts): void {
  const { store } = parts;
  const runner = new Runner(parts.simulator, store, parts.now);
  app.use("/api/*", async (context, next) => {
    await next();
    context.res.headers.set("cache-control", "no-store");
  });
  app.get("/api/scenarios", (context) => context.json({ scenarios: parts.scenarios }));
  app.get("/api/runs", (context) => context.json({ runs: store.list(LIST_MAX) }));
  app.post("/api/runs", async (context) => {
    const type = context.req.header("content-type") ?? "";
    if (!type.startsWith("application/json")) return problem(415, "Send application/json");
    const body: unknown = await context.req.json().catch(() => undefined);
    if (body === undefined) return problem(400, "The body is not JSON");
    const result = await runner.start(body);
    if (result instanceof Response) return result;
    return context.json(result, 201, { location: `/api/runs/${result.id}` });
  });
  app.get("/api/runs/:id", (context) => {
    const id = context.req.param("id");
    const record = store.get(id);
    return record === null ? problem(404, `There is no run ${id}`) : context.json(record);
  });
  app.get("/api/runs/:id/trace", (context) => {
    const id = context.req.param("id");
    const trace = store.trace(id);
    if (trace === null) return problem(404, `There is no run ${id}`);
    return context.body(trace, 200, { "content-type": "application/jsonl; charset=utf-8" });
  });
}
