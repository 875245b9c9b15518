/** `xfs`: the virtual devices as XFS4IoT services, for somebody else's ATM software. */
import type { FaceReader } from "../../devices/mod.ts";
import { render } from "../../devices/camera/mod.ts";
import { hexToBytes } from "@noble/hashes/utils.js";
import { firstProblem, InputError } from "../plan/mod.ts";
import {
  type CustomerScript,
  customerScriptSchema,
  type ServiceDescription,
  XfsServices,
} from "../world/paced/mod.ts";
import { parseYaml, readProfile, readText } from "./files.ts";
import { type PinOptions, pinsOf } from "./pins.ts";
import { interruption, print } from "./terminal.ts";
import { pngOf, serveXfs } from "./xfs_server.ts";

export interface XfsVerbOptions extends PinOptions {
  readonly port?: number;
  readonly profile: string;
  readonly speed: number;
  readonly seed: number;
  /** A customer's script (YAML) to attach. */
  readonly customer?: string;
  /** 64 hexadecimal digits: the key of dispense tokens. */
  readonly tokenKey: string;
  /** Prints what is supported, and serves nothing. */
  readonly describe?: boolean;
  /** How it is printed. */
  readonly format: "text" | "json";
}

/** Serves until Ctrl-C. Throws `InputError` when there is no such profile, or the port is taken. */
export async function xfsVerb(options: XfsVerbOptions): Promise<void> {
  const { port, seed, speed } = options;
  const profile = await readProfile(options.profile, "xfs --profile");
  const { key: pin_key, legacy } = pinsOf(options, "xfs");
  const pad = legacy === undefined ? {} : { tdea: legacy.tdea };
  if (options.describe === true) {
    const services = new XfsServices({
      ...pad,
      profile,
      seed,
      render,
      face: () => IDLE_FACE,
      png: pngOf,
      origin: () => "",
    });
    const list = services.describe();
    return print(options.format === "json" ? JSON.stringify(list, null, 2) : described(list));
  }
  const { customer } = options;
  const server = await serveXfs({
    profile,
    seed,
    speed,
    ...(port === undefined ? {} : { port }),
    ...(customer === undefined ? {} : { customer: await readCustomer(customer) }),
    ...pad,
    pin_key,
    token_key: tokenKeyOf(options.tokenKey),
  });
  print(`atm-twin: XFS4IoT publisher at ${server.uri} (Ctrl-C ends)`);
  if (legacy !== undefined) print("PINKEY is of TDEA: PIN blocks of formats iso0 and iso3");
  print(`the customer: POST http://127.0.0.1:${server.port}/control`);
  const interrupted = interruption();
  await interrupted.heard;
  await server.stop();
  interrupted.stop();
}

async function readCustomer(file: string): Promise<CustomerScript> {
  const given = parseYaml(await readText(file, "customer's script"), file);
  const parsed = customerScriptSchema.safeParse(given);
  if (!parsed.success) throw new InputError(firstProblem(parsed.error, file));
  return parsed.data;
}

function tokenKeyOf(hex: string): Uint8Array {
  if (!/^[0-9A-Fa-f]{64}$/.test(hex)) {
    const message = "must be 64 hexadecimal digits";
    throw new InputError({ file: "xfs", field: "--token-key", message });
  }
  return hexToBytes(hex);
}

/** Nobody is judged while services only say what they can. */
const IDLE_FACE: FaceReader = {
  handle: () => Promise.reject(new Error("no face is judged here")),
  deleteReference: () => false,
};

/** A service a paragraph, a message a line, as their capabilities tell it. */
function described(services: readonly ServiceDescription[]): string {
  return services.map(({ path, interfaces }) => {
    const messages = interfaces.flatMap(({ commands, events, unsupported }) => [
      ...commands.map(({ name, versions }) => `  command ${name} ${versions.join(", ")}`),
      ...events.map(({ name, versions }) => `  event   ${name} ${versions.join(", ")}`),
      ...unsupported.map((name) => `  -       ${name} (unsupportedCommand)`),
    ]);
    return [path, ...messages].join("\n");
  }).join("\n\n");
}
