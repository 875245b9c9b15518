/**
 * The virtual devices at a port of this computer: WebSockets for ATM software, `/control` for the
 * customer, and real time for the clock.
 *
 *   ws://127.0.0.1:5846/xfs4iot/v1.0             the publisher
 *   ws://127.0.0.1:5846/xfs4iot/v1.0/<service>   a device
 *   http://127.0.0.1:5846/control                who stands there: GET, POST
 *   http://127.0.0.1:5846/describe               what is supported, as JSON
 *
 * Only the loopback is served, and only for names of this computer and pages that it serves itself:
 * any other page in a browser here could reach the port as well.
 */
import { encode } from "fast-png";
// @ts-types="@types/ws"
import { type RawData, WebSocket } from "ws";
import { micros } from "../../core/units.ts";
import type { Tdea } from "../../core/pin/mod.ts";
import type { FaceService, FrameSource } from "../../core/face/mod.ts";
import type { FaceReader, Frame, Profile } from "../../devices/mod.ts";
import { render } from "../../devices/camera/mod.ts";
import { type Closing, type Endpoint, MESSAGE_BYTES_MAX } from "../../devices/xfs/mod.ts";
import { InputError } from "../plan/mod.ts";
import { type ModelOptions, openModels } from "./models.ts";
import { randomBytes } from "./ports.ts";
import { type Speaker, Turns } from "./xfs_turns.ts";
import { listen, type Listening, type ListenOptions } from "./xfs_listen.ts";
import {
  control,
  type CustomerScript,
  type ServiceDescription,
  XFS_PATH,
  XfsServices,
} from "../world/paced/mod.ts";
import { every, later, steadyNow } from "./wall_time.ts";

/** The standard's ports, without 80: that one is for the superuser. */
export const XFS_PORTS = { first: 5846, last: 5856 } as const;

const HOST = "127.0.0.1";
const LOOPBACK_NAMES: readonly string[] = [HOST, "localhost", "[::1]"];

/** Clients of all services together. */
const CONNECTIONS_MAX = 256;

/** From a close that is sent to the line being cut, whether it was read or not. */
const FAREWELL_MS = 1_000;

/** A control request is a line. */
const CONTROL_BYTES_MAX = 16 * 1024;

/** How often time passes when nothing else makes it pass. */
const TICK_MS = 20;

/**
 * Real time that counts between two moments at which time passes. When this process could not run
 * for longer, the machine stood still with it: nobody is timed out because a computer was busy.
 */
const STALL_MS = 100;

export interface XfsServerOptions {
  readonly profile: Profile;
  readonly seed: number;
  /** Absent: the first free one of {@linkcode XFS_PORTS}; 0: any. */
  readonly port?: number;
  /** Virtual seconds in a real one. */
  readonly speed: number;
  /** Shared with whoever makes dispense tokens; absent: a test key that anybody may know. */
  readonly token_key?: Uint8Array;
  /** Shared with whoever opens PIN blocks; absent: a test key as well. */
  readonly pin_key?: Uint8Array;
  /** The pad makes legacy PIN blocks too, and its key is of TDEA; absent: AES alone. */
  readonly tdea?: Tdea;
  readonly customer?: CustomerScript;
  /** Somebody else's models, by name or folder, in the place of the shipped ones. */
  readonly pack?: string;
}

export interface XfsServer {
  /** Of the publisher. */
  readonly uri: string;
  readonly port: number;
  /** What is supported, as the services themselves tell it. */
  describe(): ServiceDescription[];
  /** Answers a request at `/control`, wherever it came in. */
  control(request: Request): Promise<Response>;
  stop(): Promise<void>;
}

/** Opens the port. Throws {@linkcode InputError} when it cannot be had. */
export async function serveXfs(options: XfsServerOptions): Promise<XfsServer> {
  const { port, speed, pack, ...machine } = options;
  const sockets = new Set<WebSocket>();
  const at = { port: 0 };
  const origin = () => `ws://${HOST}:${at.port}`;
  const face = (frames: FrameSource) => lazyFace(frames, pack === undefined ? {} : { pack });
  const services = new XfsServices({ ...machine, face, render, png: pngOf, origin });
  const pace = new Pace(services, speed);
  const turns = new Turns();
  const server = await listenAt(port, {
    host: HOST,
    message_bytes_max: MESSAGE_BYTES_MAX,
    answer: (request) => answer(request, services, pace),
    open: (request) => opened(request, services, pace, sockets, turns),
  });
  at.port = server.port;
  const stopTicking = every(TICK_MS, () => pace.at(() => {}));
  return {
    uri: origin() + XFS_PATH,
    port: at.port,
    describe: () => services.describe(),
    control: (request) => answerControl(request, services, pace),
    async stop() {
      stopTicking();
      const closing = { code: 1001, reason: "the machine is switched off" } as const;
      for (const socket of sockets) part(socket, closing);
      await server.stop();
    },
  };
}

/** A frame as a PNG file. */
export function pngOf({ width, height, pixels }: Frame): Uint8Array {
  const channels = pixels.length === 3 * width * height ? 3 : 1;
  const depth = pixels instanceof Uint16Array ? 16 : 8;
  return encode({ width, height, channels, depth, data: pixels });
}

/**
 * Turns real time into the machine's. What the machine itself has to compute (a picture rendered and
 * packed) takes none of it: its timings are the profile's, not this computer's.
 */
class Pace {
  readonly #services: XfsServices;
  readonly #speed: number;
  #last = steadyNow();

  constructor(services: XfsServices, speed: number) {
    this.#services = services;
    this.#speed = speed;
  }

  /** Brings the machine to this moment, and does something with it there. */
  at<T>(work: () => T): T {
    const passed_ms = Math.min(steadyNow() - this.#last, STALL_MS);
    this.#services.machine.advance(micros(Math.round(passed_ms * 1000 * this.#speed)));
    const done = work();
    this.#last = steadyNow();
    return done;
  }
}

/** The models are opened when the first face is to be judged: most clients never ask. */
function lazyFace(frames: FrameSource, models: ModelOptions): FaceReader {
  let opened: Promise<FaceService> | null = null;
  let service: FaceService | null = null;
  return {
    async handle(request) {
      opened ??= openModels(models).then((pipeline) => pipeline.serve(frames, randomBytes));
      service = await opened;
      return await service.handle(request);
    },
    deleteReference: (reference) => service?.deleteReference(reference) ?? false,
  };
}

async function listenAt(
  port: number | undefined,
  options: Omit<ListenOptions, "port">,
): Promise<Listening> {
  const ports = port === undefined
    ? Array.from({ length: XFS_PORTS.last - XFS_PORTS.first + 1 }, (_, i) => XFS_PORTS.first + i)
    : [port];
  for (const each of ports) {
    try {
      return await listen({ ...options, port: each });
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === "EACCES") {
        throw new InputError({ file: "xfs", field: "--port", message: `port ${each} is not ours` });
      }
      if (code !== "EADDRINUSE") throw error;
    }
  }
  const message = port === undefined
    ? `ports ${XFS_PORTS.first} to ${XFS_PORTS.last} are all in use; choose another with --port`
    : `port ${port} is in use; choose another with --port`;
  throw new InputError({ file: "xfs", field: "--port", message });
}

/** Plain HTTP: `/control`, and a word for whoever took a service for a page. */
function answer(
  request: Request,
  services: XfsServices,
  pace: Pace,
): Response | Promise<Response> {
  const refused = strangerIn(request);
  if (refused !== null) return problem(403, refused);
  const { pathname } = new URL(request.url);
  if (pathname === "/control") return answerControl(request, services, pace);
  if (pathname === "/describe") return Response.json(services.describe(), { headers: FRESH });
  if (services.at(pathname) === undefined) {
    return problem(404, `there is no service at ${pathname}`);
  }
  return problem(400, "this is an XFS4IoT service: it speaks WebSocket");
}

/** The endpoint at which a WebSocket is to be opened, or why not. */
function opened(
  request: Request,
  services: XfsServices,
  pace: Pace,
  sockets: Set<WebSocket>,
  turns: Turns,
): ((socket: WebSocket) => void) | Response {
  const refused = strangerIn(request);
  if (refused !== null) return problem(403, refused);
  const { pathname } = new URL(request.url);
  const endpoint = services.at(pathname);
  if (endpoint === undefined) return problem(404, `there is no service at ${pathname}`);
  if (sockets.size >= CONNECTIONS_MAX) return problem(503, "there are too many clients");
  return (socket) => {
    attend(socket, endpoint, pace, turns);
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  };
}

/** Why a request is not from this computer's own software; null when it is. */
function strangerIn(request: Request): string | null {
  const host = request.headers.get("host") ?? "";
  if (!LOOPBACK_NAMES.includes(host.replace(/:\d*$/, "").toLowerCase())) {
    return `this server does not answer as ${host}`;
  }
  const origin = request.headers.get("origin");
  if (origin === null) return null;
  const name = URL.parse(origin)?.hostname ?? "";
  return LOOPBACK_NAMES.includes(name) ? null : `not for pages of ${origin}`;
}

/** Ties a socket to an endpoint for as long as both live. */
function attend(socket: WebSocket, endpoint: Endpoint, pace: Pace, turns: Turns): void {
  const connection = endpoint.connect({
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    unread: () => socket.bufferedAmount,
    close: (closing) => part(socket, closing),
  });
  const speaker: Speaker = {
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    hear: (message) => pace.at(() => connection.receive(message)),
  };
  socket.on("message", (data: RawData, binary: boolean) => {
    turns.said(speaker, binary ? data : data.toString());
  });
  socket.on("close", () => {
    turns.left(speaker);
    pace.at(() => connection.closed());
  });
}

/** Closes a connection, and cuts the line of a client that does not close its end in time. */
function part(socket: WebSocket, { code, reason }: Closing): void {
  socket.close(code, reason);
  socket.once("close", later(FAREWELL_MS, () => socket.terminate()));
}

async function answerControl(
  request: Request,
  services: XfsServices,
  pace: Pace,
): Promise<Response> {
  const { machine } = services;
  if (request.method === "GET" || request.method === "HEAD") {
    return Response.json(pace.at(() => machine.state()), { headers: FRESH });
  }
  if (request.method !== "POST") {
    return problem(405, "use GET or POST", { allow: "GET, HEAD, POST" });
  }
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    return problem(415, "send application/json");
  }
  const text = await textOf(request);
  if (text === null) return problem(413, `at most ${CONTROL_BYTES_MAX} bytes`);
  let asked: unknown;
  try {
    asked = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return problem(400, "this is not JSON");
  }
  const found = pace.at(() => control(machine, asked));
  return found === null
    ? new Response(null, { status: 204, headers: FRESH })
    : problem(found.status, found.detail);
}

/** The body, read no further than it may be long; null when it is longer. */
async function textOf(request: Request): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of request.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > CONTROL_BYTES_MAX) return null;
  }
  return text + decoder.decode();
}

const FRESH = { "cache-control": "no-store" } as const;

const TITLES = {
  400: "Bad request",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Not possible now",
  413: "Too large",
  415: "Unsupported media type",
  503: "Busy",
} as const;

/** An error as problem details (RFC 9457). */
function problem(
  status: keyof typeof TITLES,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { type: "about:blank", title: TITLES[status], status, detail };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", ...FRESH, ...headers },
  });
}
