/** `xfs`: the virtual devices as XFS4IoT services, for somebody else's ATM software. */
import { render } from "../../devices/camera/mod.ts";
import { XfsServices } from "../world/paced/mod.ts";
import { readProfile } from "./files.ts";
import { interruption, print } from "./terminal.ts";
import { pngOf, serveXfs } from "./xfs_server.ts";

export interface XfsVerbOptions {
  readonly port?: number;
  readonly profile: string;
  readonly speed: number;
  readonly seed: number;
  /** Prints what is supported, and serves nothing. */
  readonly describe?: boolean;
}

/** Serves until Ctrl-C. Throws `InputError` when there is no such profile, or the port is taken. */
export async function xfsVerb(options: XfsVerbOptions): Promise<void> {
  const { port, seed, speed } = options;
  const profile = await readProfile(options.profile, "xfs --profile");
  if (options.describe === true) {
    const services = new XfsServices({ profile, seed, render, png: pngOf, origin: () => "" });
    return print(described(services));
  }
  const server = serveXfs({ profile, seed, speed, ...(port === undefined ? {} : { port }) });
  print(`atm-twin: XFS4IoT publisher at ${server.uri} (Ctrl-C ends)`);
  print(`the customer: POST http://127.0.0.1:${server.port}/control`);
  const interrupted = interruption();
  await interrupted.heard;
  await server.stop();
  interrupted.stop();
}

/** A service a paragraph, a message a line, as their capabilities tell it. */
function described(services: XfsServices): string {
  return services.describe().map(({ path, interfaces }) => {
    const messages = interfaces.flatMap(({ commands, events }) => [
      ...commands.map(({ name, versions }) => `  command ${name} ${versions.join(", ")}`),
      ...events.map(({ name, versions }) => `  event   ${name} ${versions.join(", ")}`),
    ]);
    return [path, ...messages].join("\n");
  }).join("\n\n");
}
