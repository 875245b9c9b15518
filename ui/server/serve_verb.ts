/** `serve`: the dashboard on this computer, with every scenario and an embedded store. */
import { readProfile, writableFolder } from "../../sim/adapters/files.ts";
import { VERSION } from "../../sim/adapters/ports.ts";
import { serveXfs, type XfsServer } from "../../sim/adapters/xfs_server.ts";
import { interruption, print } from "../../sim/adapters/terminal.ts";
import { InputError } from "../../sim/plan/mod.ts";
import { openRunStore, type RunStore } from "../../sim/store/mod.ts";
import { isHost } from "./access.ts";
import { type Listening, serveDashboard } from "./mod.ts";
import { shelf } from "./shelf.ts";
import { SimulatorProcess } from "./simulator_process.ts";

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  /** Folder of the store; made if need be. */
  readonly data: string;
  /** Somebody else's models, by name or folder, instead of the shipped ones. */
  readonly pack?: string;
}

/** Serves until Ctrl-C. Throws {@linkcode InputError} when the port or the folder cannot be had. */
export async function serveVerb(options: ServeOptions): Promise<void> {
  const { data, pack, host } = options;
  if (!isHost(host)) {
    const message = `"${host}" is no address; use one of this computer, or 0.0.0.0 (and --port)`;
    throw new InputError({ file: "serve", field: "--host", message });
  }
  await writableFolder(data, "--data");
  const scenarios = await shelf();
  const simulator = new SimulatorProcess(pack);
  await simulator.open();
  const store = openStore(`${data}/runs.sqlite`);
  const machine = await offered(pack);
  const offering = machine === null ? {} : { machine };
  const parts = { simulator, scenarios, store, version: VERSION, ...offering };
  try {
    const listening = await listen(parts, options);
    print(`atm-twin: the dashboard is at ${listening.url} (Ctrl-C ends)`);
    if (machine !== null) print(`its devices, for your own ATM software: ${machine.uri}`);
    const interrupted = interruption();
    await interrupted.heard;
    // Answers under way are finished; whoever never reads one does not hold up a second Ctrl-C.
    interrupted.stop();
    await listening.stop();
  } finally {
    await machine?.stop();
    // What it still does is kept before there is nowhere to.
    await simulator.close();
    store.close();
  }
}

function openStore(path: string): RunStore {
  try {
    return openRunStore(path);
  } catch (error) {
    const message = `${error instanceof Error ? error.message : error}; choose another folder`;
    throw new InputError({ file: path, field: "--data", message });
  }
}

async function listen(
  parts: Parameters<typeof serveDashboard>[0],
  { port, host, pack }: ServeOptions,
): Promise<Listening> {
  try {
    return await serveDashboard(parts, port, host, pack);
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      const message = `port ${port} is in use; choose another with --port`;
      throw new InputError({ file: "serve", field: "--port", message });
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      const message = `port ${port} is not ours to take; choose one above 1023 with --port`;
      throw new InputError({ file: "serve", field: "--port", message });
    }
    const elsewhere = error instanceof Deno.errors.AddrNotAvailable ||
      (error instanceof Error && /lookup|resolve/.test(error.message));
    if (!elsewhere) throw error;
    const message = `${host} is no address of this computer; use one of its own, or 0.0.0.0`;
    throw new InputError({ file: "serve", field: "--host", message });
  }
}

/** The machine of the scenarios at one of the standard's ports; null when all of them are taken. */
async function offered(pack?: string): Promise<XfsServer | null> {
  const profile = await readProfile("lhasa-lobby", "serve");
  try {
    return await serveXfs({ profile, seed: 1, speed: 1, ...(pack === undefined ? {} : { pack }) });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
}
