/**
 * Opens the port: bundles the app if that is due, reads its files, listens.
 *
 * @module
 */
import { STATIC_DIR, upToDateBundle } from "../bundle.ts";
import { readAssets } from "./assets.ts";
import { LOOPBACK_NAMES } from "./guard.ts";
import { createServer, type ServerParts } from "./mod.ts";

export interface Listening {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the dashboard; throws `Deno.errors.AddrInUse` when the port is taken. */
export async function serveDashboard(
  parts: Omit<ServerParts, "assets" | "now" | "hosts">,
  port: number,
  hostname = "127.0.0.1",
): Promise<Listening> {
  await upToDateBundle();
  const app = createServer({
    ...parts,
    assets: await readAssets(STATIC_DIR),
    now: () => Date.now(),
    hosts: LOOPBACK_NAMES.includes(hostname) ? LOOPBACK_NAMES : [...LOOPBACK_NAMES, hostname],
  });
  const server = Deno.serve({ port, hostname, onListen: () => undefined }, app.fetch);
  return {
    url: `http://${hostname}:${server.addr.port}/`,
    stop: () => server.shutdown(),
  };
}
