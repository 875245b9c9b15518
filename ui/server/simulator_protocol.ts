/** What the server and the process that simulates for it say to each other: JSON, a line each. @module */
import type { Check } from "../../sim/evidence/mod.ts";
import type { InputProblem, RunRequest, Simulator } from "./ports.ts";

/** `id` tells one piece of work from another; answers carry it. */
export type SimulatorRequest =
  | { readonly id: number; readonly op: "run"; readonly what: RunRequest; readonly seed: number }
  | { readonly id: number; readonly op: "verify"; readonly trace: string };

export type SimulatorAnswer =
  /** The models are open, or cannot be. */
  | { readonly op: "ready" }
  | { readonly op: "refused"; readonly problem: InputProblem }
  | { readonly id: number; readonly op: "ran"; readonly result: Ran }
  | { readonly id: number; readonly op: "check"; readonly check: Check }
  | { readonly id: number; readonly op: "verified" }
  /** A bug: its whole text. */
  | { readonly id: number; readonly op: "failed"; readonly message: string };

export type Ran = Awaited<ReturnType<Simulator["run"]>>;

/** Values out of a stream of JSON lines. */
export async function* messagesOf<Message>(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Message> {
  let waiting = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (waiting + text).split("\n");
    waiting = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as Message;
  }
}

/** Writes values as JSON lines, one after the other. */
export function writerOf<Message>(
  stream: WritableStream<Uint8Array<ArrayBuffer>>,
): { tell(message: Message): Promise<void>; close(): Promise<void> } {
  const writer = stream.getWriter();
  const encoder = new TextEncoder();
  return {
    tell: (message) => writer.write(encoder.encode(JSON.stringify(message) + "\n")),
    close: () => writer.close(),
  };
}
