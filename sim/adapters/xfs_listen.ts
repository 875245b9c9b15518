/**
 * A port that answers HTTP and opens WebSockets, and reads no more of a message than a message may be.
 *
 * Deno's own WebSocket hands over whole messages of up to 64 MB: eight strangers could make this process
 * hold a gigabyte. `ws` looks at the length a frame announces, and lets whoever announces too much go.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable, type Writable } from "node:stream";
// @ts-types="@types/ws"
import { type WebSocket, WebSocketServer } from "ws";
import { every, later } from "./wall_time.ts";

/** Seconds between two pings: who has not answered one when the next is due has gone. */
const PING_S = 15;

/** From a close that is sent to the line being cut: long enough for it to be read on this computer. */
const CUT_MS = 50;

/** A request's head is a line and a few headers. */
const HEAD_BYTES_MAX = 8 * 1024;

/** Milliseconds in which a head must have come. */
const HEAD_MS = 10_000;

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** The most bytes of one WebSocket message. */
  readonly message_bytes_max: number;
  answer(request: Request): Response | Promise<Response>;
  /** Who takes a WebSocket that is to be opened here; a response refuses it. */
  open(request: Request): ((socket: WebSocket) => void) | Response;
}

export interface Listening {
  readonly port: number;
  stop(): Promise<void>;
}

/** Listens. The error of a port that cannot be had has a `code`, as Node's have. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const server = createServer({ maxHeaderSize: HEAD_BYTES_MAX, headersTimeout: HEAD_MS });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.message_bytes_max,
    perMessageDeflate: false,
  });
  server.on("request", (request, response) => void reply(request, response, options));
  server.on("upgrade", (request, socket, head) => {
    const asked = asRequest(request, options);
    const opened = asked instanceof Response ? asked : options.open(asked);
    if (opened instanceof Response) return void refuse(socket, opened);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      keepAlive(webSocket);
      cutShort(webSocket);
      opened(webSocket);
    });
  });
  await listening(server, options);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    async stop() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      sockets.close();
      await promise;
    },
  };
}

async function listening(server: Server, { port, host }: ListenOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, () => resolve());
  await promise;
}

/** What is asked; the refusal, where it is nothing that a `Request` can be. */
function asRequest(request: IncomingMessage, { host, port }: ListenOptions): Request | Response {
  const { method = "GET" } = request;
  const url = URL.parse(request.url ?? "/", `http://${host}:${port}`);
  if (url === null) return new Response("this is no address", { status: 400 });
  // Node parses it, and no `Request` may have it.
  if (method === "TRACE") return new Response("nothing is traced here", { status: 405 });
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const body = method === "POST" ? { body: Readable.toWeb(request) as ReadableStream } : {};
  return new Request(url, { method, headers, ...body });
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  options: ListenOptions,
): Promise<void> {
  const asked = asRequest(request, options);
  let answer: Response;
  try {
    answer = asked instanceof Response ? asked : await options.answer(asked);
  } catch (error) {
    if (request.complete) throw error;
    return; // whoever asked hung up in the middle of asking
  }
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(new Uint8Array(await answer.arrayBuffer()));
}

/** Answers, and hangs up: nobody else listens to this line, be it cut or kept open. */
async function refuse(socket: Writable, response: Response): Promise<void> {
  socket.on("error", () => socket.destroy());
  socket.once("finish", () => socket.destroy());
  const body = await response.text();
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(
    `HTTP/1.1 ${response.status} Refused\r\n${headers}connection: close\r\n` +
      `content-length: ${new TextEncoder().encode(body).length}\r\n\r\n${body}`,
  );
}

/**
 * What is wrong at the level of frames (too long, no UTF-8, no mask) has closed the connection already:
 * the close is on its way. What the client sends on meanwhile would only be thrown away.
 */
function cutShort(socket: WebSocket): void {
  socket.on("error", () => later(CUT_MS, () => socket.terminate()));
}

/** Lets a client go that reads nothing any more, whatever its operating system still says for it. */
function keepAlive(socket: WebSocket): void {
  let alive = true;
  const stopPinging = every(PING_S * 1000, () => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  });
  socket.on("pong", () => {
    alive = true;
  });
  socket.on("close", stopPinging);
}
