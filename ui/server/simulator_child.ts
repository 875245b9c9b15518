/**
 * The process that simulates for the server: `simulator_process.ts` starts it and says what to do.
 * It ends when nobody speaks to it any more.
 *
 * @module
 */
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { InputError } from "../../sim/plan/mod.ts";
import type { Simulator } from "./ports.ts";
import { shelf } from "./shelf.ts";
import { simulatorOf } from "./simulator.ts";
import {
  messagesOf,
  type SimulatorAnswer,
  type SimulatorRequest,
  writerOf,
} from "./simulator_protocol.ts";

const server = writerOf<SimulatorAnswer>(Deno.stdout.writable);

/** A server that was killed hears nothing any more: then there is nothing left to do. */
async function tell(answer: SimulatorAnswer): Promise<void> {
  try {
    await server.tell(answer);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit();
    throw error;
  }
}

async function opened(pack: string | undefined): Promise<Simulator | null> {
  try {
    const pipeline = await openModels(pack === undefined ? {} : { pack });
    return simulatorOf(await shelf(), portsOf(pipeline));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await tell({ op: "refused", problem: error.problem });
    return null;
  }
}

async function answer(simulator: Simulator, request: SimulatorRequest): Promise<void> {
  const { id } = request;
  try {
    if (request.op === "run") {
      const result = await simulator.run(request.what, request.seed);
      return await tell({ id, op: "ran", result });
    }
    await simulator.verify(request.trace, (check) => void tell({ id, op: "check", check }));
    await tell({ id, op: "verified" });
  } catch (error) {
    const message = error instanceof Error ? error.stack ?? error.message : String(error);
    await tell({ id, op: "failed", message });
  }
}

const simulator = await opened(Deno.args[0]);
if (simulator !== null) {
  await tell({ op: "ready" });
  for await (const request of messagesOf<SimulatorRequest>(Deno.stdin.readable)) {
    await answer(simulator, request);
  }
}
