/**
 * Opens the port: bundles the app if that is due, reads its files, listens.
 *
 * @module
 */
import type { Hono } from "hono";
import { STATIC_DIR, upToDateBundle } from "../bundle.ts";
import { accessOf, addressOf } from "./access.ts";
import { packAssets, readAssets } from "./assets.ts";
import { EVENT_STREAM, Jobs } from "./jobs.ts";
import { createServer, type ServerParts } from "./mod.ts";

export interface Listening {
  /** What a person opens: with the token, where the server asks for one. */
  readonly url: string;
  /** Answers under way are finished, and so is the piece of work that a job does, heard or not. */
  stop(): Promise<void>;
}

/**
 * Serves the dashboard. With a pack, the page's own twin judges by its models too.
 *
 * @throws `Deno.errors.AddrInUse` when the port is taken, `AddrNotAvailable` when the address is not
 * ours, `InputError` when the pack cannot be read
 */
export async function serveDashboard(
  parts: Omit<ServerParts, "assets" | "now" | "access" | "jobs">,
  port: number,
  hostname = "127.0.0.1",
  pack?: string,
): Promise<Listening> {
  await upToDateBundle();
  const access = accessOf(hostname);
  const jobs = new Jobs();
  const app = createServer({
    ...parts,
    assets: await readAssets(STATIC_DIR, pack === undefined ? undefined : await packAssets(pack)),
    now: () => Date.now(),
    access,
    jobs,
  });
  const server = Deno.serve(
    { port, hostname, onListen: () => undefined },
    (request) => answerOf(app, request),
  );
  return {
    url: addressOf(hostname, server.addr.port, access),
    stop: async () => {
      void jobs.stop(); // Their streams end, which are answers under way.
      await server.shutdown();
      await jobs.stop();
    },
  };
}

/**
 * The answer on the line: to HEAD what GET is answered, less its body, and as long as that is (RFC 9110,
 * 8.6). A body that goes on for as long as somebody listens has no length, and is told to have none.
 */
export async function answerOf(app: Pick<Hono, "fetch">, request: Request): Promise<Response> {
  if (request.method !== "HEAD") return await app.fetch(request);
  const { url, headers, signal } = request;
  const answer = await app.fetch(new Request(url, { headers, signal }));
  if (answer.status === 204 || answer.status === 304) return answer;
  const withoutEnd = answer.headers.get("content-type") === EVENT_STREAM;
  if (withoutEnd) await answer.body?.cancel();
  else answer.headers.set("content-length", `${(await answer.arrayBuffer()).byteLength}`);
  return new Response(new Blob([]).stream(), answer);
}
