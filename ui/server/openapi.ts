/**
 * `/openapi.json`: the HTTP API described by the very schemas that hold it.
 *
 * @module
 */
import * as z from "zod";
import { controlSchema } from "../../sim/world/paced/mod.ts";
import {
  auditsSchema,
  jobEventSchemas,
  jobRequestSchema,
  jobSchema,
  machineSchema,
  machineStateSchema,
  problemSchema,
  runRequestSchema,
  runSchema,
  runsSchema,
  scenariosSchema,
} from "./schemas.ts";

/** Data that the description names, so that each is written once. */
const NAMED = {
  Audits: auditsSchema,
  Deed: controlSchema,
  Job: jobSchema,
  JobRequest: jobRequestSchema,
  JobEvents: z.strictObject(jobEventSchemas),
  Machine: machineSchema,
  MachineState: machineStateSchema,
  Problem: problemSchema,
  Run: runSchema,
  RunRequest: runRequestSchema,
  Runs: runsSchema,
  Scenarios: scenariosSchema,
} as const;
type Named = keyof typeof NAMED;

interface Body {
  readonly type: string;
  /** A name, or something of the type that is told in words. */
  readonly schema: Named | keyof typeof UNNAMED;
}

const UNNAMED = { text: { type: "string" }, object: { type: "object" }, bytes: {} } as const;

interface Endpoint {
  readonly method: "get" | "post" | "delete";
  /** With `{id}` for what varies. */
  readonly path: string;
  readonly does: string;
  /** Headers that may be sent, each with what it says. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly takes?: Body;
  readonly answers: Readonly<Record<number, Body | null>>;
  /** Statuses of its problems, beside those that every request can meet. */
  readonly problems: readonly number[];
}

const json = (schema: Named): Body => ({ type: "application/json", schema });
const text = (type: string): Body => ({ type, schema: "text" });

/** Everything that answers with data: `/api`, the machine's `/control`, and this description. */
export const ENDPOINTS: readonly Endpoint[] = [
  {
    method: "get",
    path: "/openapi.json",
    does: "This description.",
    answers: { 200: { type: "application/json", schema: "object" } },
    problems: [],
  },
  {
    method: "get",
    path: "/api/scenarios",
    does: "Every scenario of the shelf, with its story in three languages and its source.",
    answers: { 200: json("Scenarios") },
    problems: [],
  },
  {
    method: "get",
    path: "/api/runs",
    does: "The kept runs in short, newest first, 200 at most.",
    answers: { 200: json("Runs") },
    problems: [],
  },
  {
    method: "post",
    path: "/api/runs",
    does: "Runs a scenario to its end. Answered when the run is kept.",
    takes: json("RunRequest"),
    answers: { 201: json("Run") },
    problems: [400, 413, 415, 422, 503, 507],
  },
  {
    method: "get",
    path: "/api/runs/{id}",
    does: "One run in short.",
    answers: { 200: json("Run") },
    problems: [404],
  },
  {
    method: "get",
    path: "/api/runs/{id}/trace",
    does: "The run's trace, as `verify` takes it.",
    answers: { 200: text("application/jsonl") },
    problems: [404],
  },
  {
    method: "get",
    path: "/api/audits",
    does: "Who, what, which factor decided and what became of the money, of every kept run.",
    answers: { 200: json("Audits") },
    problems: [],
  },
  {
    method: "get",
    path: "/api/audits.csv",
    does: "The same as a table (RFC 4180).",
    answers: { 200: text("text/csv") },
    problems: [],
  },
  {
    method: "post",
    path: "/api/traces",
    does: "Keeps a trace from elsewhere, if no byte of it was changed. At most 8 MiB.",
    takes: text("application/jsonl"),
    answers: { 201: json("Run") },
    problems: [413, 415, 422, 507],
  },
  {
    method: "post",
    path: "/api/bundles",
    does:
      "Keeps the runs of a signed bundle, if everything is as signed. At most 16 MiB, unpacked too.",
    takes: { type: "application/zip", schema: "bytes" },
    answers: { 201: json("Runs") },
    problems: [413, 415, 422, 507],
  },
  {
    method: "post",
    path: "/api/jobs",
    does: "Begins long work: a scenario with many seeds, or the verification of a run.",
    takes: json("JobRequest"),
    answers: { 202: json("Job") },
    problems: [400, 404, 413, 415, 503],
  },
  {
    method: "get",
    path: "/api/jobs/{id}/events",
    does: "What a job tells (Server-Sent Events): each `data` is the property of JobEvents that " +
      "`event` names. Ends with `end`.",
    headers: { "Last-Event-ID": "The last event that was heard; it goes on after that one." },
    answers: { 200: text("text/event-stream") },
    problems: [404],
  },
  {
    method: "delete",
    path: "/api/jobs/{id}",
    does: "Cancels a job: it ends after the piece of work that is under way.",
    answers: { 204: null },
    problems: [404],
  },
  {
    method: "get",
    path: "/api/machine",
    does: "The XFS4IoT publisher that is offered beside the dashboard, and its services.",
    answers: { 200: json("Machine") },
    problems: [404],
  },
  {
    method: "get",
    path: "/control",
    does: "How that machine stands: who is there, and the inside of every device.",
    answers: { 200: json("MachineState") },
    problems: [404],
  },
  {
    method: "post",
    path: "/control",
    does:
      "Does one deed at that machine: somebody steps up, presses keys, takes the cash; something breaks.",
    takes: json("Deed"),
    answers: { 204: null },
    problems: [400, 404, 409, 413, 415],
  },
];

/** The document, OpenAPI 3.1. */
export function openApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of ENDPOINTS) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operationOf(endpoint) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "atm-twin",
      version,
      description: "A facial-recognition ATM, every part but the metal. Errors are problem " +
        "details (RFC 9457). On another address than the loopback, a bearer token is needed.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{}, { token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: Object.fromEntries(
        Object.entries(NAMED).map(([name, schema]) => [name, jsonSchemaOf(schema)]),
      ),
    },
  };
}

function operationOf(
  { method, path, does, headers = {}, takes, answers, problems }: Endpoint,
): object {
  const schema = { type: "string" };
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const parameters = [
    ...names.map((name) => ({ name, in: "path", required: true, schema })),
    ...Object.entries(headers).map(([name, description]) => (
      { name, in: "header", description, schema }
    )),
  ];
  const good = Object.entries(answers).map(([status, body]) => [
    status,
    { description: "Done", ...(body === null ? {} : { content: contentOf(body) }) },
  ]);
  const bad = [...problems, 401, 403, 500].sort().map((status) => [
    String(status),
    {
      description: "A problem",
      content: contentOf({ type: "application/problem+json", schema: "Problem" }),
    },
  ]);
  return {
    operationId: `${method}${path.replace(/\W+(\w?)/g, (_, next) => next.toUpperCase())}`,
    summary: does,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(takes === undefined ? {} : { requestBody: { required: true, content: contentOf(takes) } }),
    responses: Object.fromEntries([...good, ...bad]),
  };
}

function contentOf({ type, schema }: Body): object {
  const written = isUnnamed(schema) ? UNNAMED[schema] : { $ref: `#/components/schemas/${schema}` };
  return { [type]: { schema: written } };
}

function isUnnamed(schema: Body["schema"]): schema is keyof typeof UNNAMED {
  return schema in UNNAMED;
}

function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest;
}
