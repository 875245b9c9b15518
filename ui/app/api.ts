/**
 * The HTTP API as functions. Every answer is checked against its schema.
 *
 * @module
 */
import * as z from "zod";
import type { RunRecord } from "../../sim/store/mod.ts";

const words = z.object({ en: z.string(), zh: z.string(), bo: z.string() });
const scenarioSchema = z.object({ id: z.string(), title: words, story: words, source: z.string() });
export type ScenarioInfo = z.infer<typeof scenarioSchema>;

export type Run = RunRecord;
/** The store's own schema stands beside SQLite, which no browser has; the type keeps the two alike. */
const runSchema: z.ZodType<Run> = z.object({
  id: z.string(),
  created_ms: z.number(),
  scenario: z.string(),
  title: words.nullable().exactOptional(),
  seed: z.number(),
  outcome: z.string(),
  reason: z.string(),
  cash_taken_fen: z.number(),
  ok: z.boolean().nullable(),
  expectations: z.array(z.object({ text: z.string(), ok: z.boolean() })),
  missed: z.array(z.string()).exactOptional(),
  session_ms: z.number().nullable(),
  virtual_ms: z.number(),
  wall_ms: z.number(),
  root: z.string(),
});

export type RunRequest = { readonly scenario: string } | { readonly yaml: string };

const problemSchema = z.object({
  status: z.number(),
  detail: z.string(),
  file: z.string().optional(),
  field: z.string().optional(),
});

/** The server answered with a problem (RFC 9457), or not at all (`status` 0). */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

export async function fetchScenarios(): Promise<ScenarioInfo[]> {
  const answer = await request("/api/scenarios");
  return z.object({ scenarios: z.array(scenarioSchema) }).parse(await answer.json()).scenarios;
}

export async function fetchRuns(): Promise<Run[]> {
  const answer = await request("/api/runs");
  return z.object({ runs: z.array(runSchema) }).parse(await answer.json()).runs;
}

export async function fetchRun(id: string): Promise<Run> {
  return runSchema.parse(await (await request(`/api/runs/${id}`)).json());
}

export async function fetchTrace(id: string): Promise<string> {
  return await (await request(`/api/runs/${id}/trace`)).text();
}

/** Runs a scenario of the shelf, or one as a file's text, to its end; resolves when it is kept. */
export async function startRun(what: RunRequest, seed: number): Promise<Run> {
  const answer = await request("/api/runs", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...what, seed }),
  });
  return runSchema.parse(await answer.json());
}

/** Whoever answers the API. */
export type Answering = (path: string, options: RequestInit) => Promise<Response>;

/** A server over HTTP; in a page that needs none, the page itself (`ui/offline/`). */
let answering: Answering = (path, options) => fetch(path, options);

/** From now on this answers, and nothing is fetched. */
export function answerFrom(other: Answering): void {
  answering = other;
}

/** Nothing came: no answer, no file. */
export function unreachable(error: unknown): never {
  throw new ApiError(0, String(error));
}

/** One answer that is not a problem; a problem is thrown as {@linkcode ApiError}. */
export async function request(path: string, options: RequestInit = {}): Promise<Response> {
  const answer = await answering(path, options).catch(unreachable);
  if (answer.ok) return answer;
  const problem = problemSchema.safeParse(await answer.json().catch(() => null));
  if (!problem.success) throw new ApiError(answer.status, answer.statusText);
  const { detail, file, field } = problem.data;
  const where = [file, field].filter((part) => part !== undefined && part !== "").join(": ");
  throw new ApiError(answer.status, where === "" ? detail : `${where}: ${detail}`);
}
