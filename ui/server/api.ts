/**
 * The HTTP API: what `openapi.ts` describes, answered.
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as z from "zod";
import { auditCsv } from "../../sim/audit/mod.ts";
import { EVENT_STREAM, Jobs } from "./jobs.ts";
import type { ServerParts } from "./mod.ts";
import { openApiDocument } from "./openapi.ts";
import { problem } from "./problem.ts";
import { Runner } from "./runs.ts";
import { jobRequestSchema, YAML_MAX } from "./schemas.ts";
import { BUNDLE_MAX_BYTES, receiveBundle, receiveTrace, TRACE_MAX_BYTES } from "./uploads.ts";

/** Of a body that asks for something: a few words, or a scenario's text besides. */
const BODY_MAX_BYTES = 16 * 1024;
const RUN_MAX_BYTES = 6 * YAML_MAX + BODY_MAX_BYTES;
const LIST_MAX = 200;
const AUDITS_MAX = 2_000;

export function addApi(app: Hono, parts: ServerParts): void {
  const runner = new Runner(parts.simulator, parts.store, parts.now);
  app.use("/api/*", async (context, next) => {
    await next();
    context.res.headers.set("cache-control", "no-store");
  });
  const document = openApiDocument(parts.version);
  app.get("/openapi.json", (context) => context.json(document));
  app.get("/api/scenarios", (context) => context.json({ scenarios: parts.scenarios }));
  addRuns(app, parts, runner);
  addAudits(app, parts);
  addUploads(app, parts);
  addJobs(app, runner, parts.jobs ?? new Jobs());
}

function addRuns(app: Hono, { store }: ServerParts, runner: Runner): void {
  app.get("/api/runs", (context) => context.json({ runs: store.list(LIST_MAX) }));
  app.post("/api/runs", atMost(RUN_MAX_BYTES), async (context) => {
    const body = await jsonOf(context);
    if (body instanceof Response) return body;
    const run = await runner.start(body.value);
    if (run instanceof Response) return run;
    return context.json(run, 201, { location: `/api/runs/${run.id}` });
  });
  app.get("/api/runs/:id", (context) => {
    const id = context.req.param("id");
    const record = store.get(id);
    return record === null ? problem(404, `There is no run ${id}`) : context.json(record);
  });
  app.get("/api/runs/:id/trace", (context) => {
    const id = context.req.param("id");
    const trace = store.trace(id);
    if (trace === null) return problem(404, `There is no trace of a run ${id} to be read`);
    return context.body(trace, 200, { "content-type": "application/jsonl; charset=utf-8" });
  });
}

function addAudits(app: Hono, { store }: ServerParts): void {
  app.get("/api/audits", (context) => context.json({ audits: store.audits(AUDITS_MAX) }));
  app.get("/api/audits.csv", (context) =>
    context.body(auditCsv(store.audits(AUDITS_MAX)), 200, {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="atm-twin-audits.csv"',
    }));
}

function addUploads(app: Hono, { store, now }: ServerParts): void {
  app.post("/api/traces", atMost(TRACE_MAX_BYTES), async (context) => {
    if (!isOf(context, "application/jsonl")) return problem(415, "Send application/jsonl");
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const run = receiveTrace(bytes, store, now());
    if (run instanceof Response) return run;
    return context.json(run, 201, { location: `/api/runs/${run.id}` });
  });
  app.post("/api/bundles", atMost(BUNDLE_MAX_BYTES), async (context) => {
    if (!isOf(context, "application/zip")) return problem(415, "Send application/zip");
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const received = await receiveBundle(bytes, store, now());
    return received instanceof Response ? received : context.json({ runs: received }, 201);
  });
}

function addJobs(app: Hono, runner: Runner, jobs: Jobs): void {
  app.post("/api/jobs", atMost(BODY_MAX_BYTES), async (context) => {
    const body = await jsonOf(context);
    if (body instanceof Response) return body;
    const request = jobRequestSchema.safeParse(body.value);
    if (!request.success) return problem(400, z.prettifyError(request.error));
    const work = runner.work(request.data);
    if (work instanceof Response) return work;
    const id = jobs.start(work);
    if (id === null) return problem(503, "Too many jobs are under way: try again soon");
    const events = `/api/jobs/${id}/events`;
    return context.json({ id, events }, 202, { location: events });
  });
  app.get("/api/jobs/:id/events", (context) => {
    const after = Number(context.req.header("last-event-id") ?? 0);
    const id = context.req.param("id");
    const events = jobs.events(id, Number.isInteger(after) && after > 0 ? after : 0);
    if (events === null) return problem(404, `There is no job ${id}`);
    return context.body(events, 200, { "content-type": EVENT_STREAM });
  });
  app.delete("/api/jobs/:id", (context) => {
    const id = context.req.param("id");
    return jobs.cancel(id) ? context.body(null, 204) : problem(404, `There is no job ${id}`);
  });
}

function atMost(bytes: number) {
  return bodyLimit({
    maxSize: bytes,
    onError: () => problem(413, `A body has ${bytes} bytes at most here`),
  });
}

function isOf(context: Context, type: string): boolean {
  const [given] = (context.req.header("content-type") ?? "").split(";");
  return given?.trim().toLowerCase() === type;
}

async function jsonOf(context: Context): Promise<{ readonly value: unknown } | Response> {
  if (!isOf(context, "application/json")) return problem(415, "Send application/json");
  const value: unknown = await context.req.json().catch(() => undefined);
  return value === undefined ? problem(400, "The body is not JSON") : { value };
}
