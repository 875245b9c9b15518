/**
 * Opens the port: bundles the app if that is due, reads its files, listens.
 *
 * @module
 */
import { STATIC_DIR, upToDateBundle } from "../bundle.ts";
import { accessOf, addressOf } from "./access.ts";
import { packAssets, readAssets } from "./assets.ts";
import { Jobs } from "./jobs.ts";
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
    async (request) => withoutLength(request, await app.fetch(request)),
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
 * An answer to HEAD has no body, but is not empty: it must not be told to have no bytes (RFC 9110, 8.6).
 * A body of a length that nobody knows is told to have none.
 */
export function withoutLength(request: Request, answer: Response): Response {
  const right = request.method !== "HEAD" || answer.status === 204 || answer.status === 304;
  return right ? answer : new Response(new Blob([]).stream(), answer);
}
