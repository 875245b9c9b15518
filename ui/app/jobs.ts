/**
 * Long work, followed while it goes on: Server-Sent Events as an async iterable.
 *
 * Not an `EventSource`: a page that needs no server answers itself with the same streams.
 *
 * @module
 */
import * as z from "zod";
import { ApiError, request, unreachable } from "./api.ts";

const checkSchema = z.object({
  name: z.enum(["chain", "models", "resimulation", "decisions", "oracles"]),
  ok: z.boolean().nullable(),
  evidence: z.string(),
});
/** One of the five answers of a verification. */
export type Check = z.infer<typeof checkSchema>;

const eventSchema = z.discriminatedUnion("name", [
  z.object({
    name: z.literal("progress"),
    data: z.object({ done: z.number(), of: z.number() }),
  }),
  z.object({ name: z.literal("run"), data: z.object({ id: z.string() }) }),
  z.object({ name: z.literal("check"), data: checkSchema }),
  z.object({
    name: z.literal("end"),
    data: z.object({
      state: z.enum(["done", "cancelled", "failed"]),
      detail: z.string().optional(),
    }),
  }),
]);
export type JobEvent = z.infer<typeof eventSchema>;

export type JobRequest =
  | {
    readonly kind: "runs";
    readonly scenario: string;
    readonly seed: number;
    readonly count: number;
  }
  | { readonly kind: "verification"; readonly run: string };

/**
 * Begins a job and tells what it tells, to its end; `signal` cancels it, and its end is told too.
 *
 * @throws {ApiError} when the job cannot be begun, or the server is gone before its end
 */
export async function* follow(job: JobRequest, signal: AbortSignal): AsyncGenerator<JobEvent> {
  const begun = await request("/api/jobs", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(job),
  });
  const { id, events } = z.object({ id: z.string(), events: z.string() }).parse(await begun.json());
  const cancel = () => void request(`/api/jobs/${id}`, { method: "DELETE" }).catch(() => undefined);
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel);
  try {
    const answer = await request(events);
    for await (const event of eventsOf(answer.body ?? new ReadableStream())) {
      yield event;
      if (event.name === "end") return;
    }
    throw new ApiError(0, `${events} stopped before its end`);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<JobEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let waiting = "";
  while (true) {
    const { value, done } = await reader.read().catch(unreachable);
    if (done) return;
    const parts = (waiting + decoder.decode(value, { stream: true })).split("\n\n");
    waiting = parts.pop() ?? "";
    for (const part of parts) {
      const name = /^event: (.*)$/m.exec(part)?.[1];
      const data = /^data: (.*)$/m.exec(part)?.[1];
      // A comment only keeps the connection.
      if (data !== undefined) yield eventSchema.parse({ name, data: JSON.parse(data) });
    }
  }
}
