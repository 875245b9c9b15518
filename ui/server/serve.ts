/**
 * Opens the port: bundles the app if that is due, reads its files, listens.
 *
 * @module
 */
import { STATIC_DIR, upToDateBundle } from "../bundle.ts";
import { accessOf, addressOf } from "./access.ts";
import { readAssets } from "./assets.ts";
import { Jobs } from "./jobs.ts";
import { createServer, type ServerParts } from "./mod.ts";

export interface Listening {
  /** What a person opens: with the token, where the server asks for one. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves the dashboard.
 *
 * @throws `Deno.errors.AddrInUse` when the port is taken, `AddrNotAvailable` when the address is not ours
 */
export async function serveDashboard(
  parts: Omit<ServerParts, "assets" | "now" | "access" | "jobs">,
  port: number,
  hostname = "127.0.0.1",
): Promise<Listening> {
  await upToDateBundle();
  const access = accessOf(hostname);
  const jobs = new Jobs();
  const app = createServer({
    ...parts,
    assets: await readAssets(STATIC_DIR),
    now: () => Date.now(),
    access,
    jobs,
  });
  const server = Deno.serve({ port, hostname, onListen: () => undefined }, app.fetch);
  return {
    url: addressOf(hostname, server.addr.port, access),
    stop: async () => {
      jobs.stop();
      await server.shutdown();
    },
  };
}
