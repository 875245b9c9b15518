/**
 * What every request must pass, and what every answer carries.
 *
 * The server stands on the loopback, which any web page in the same browser can reach. So the `Host`
 * must be a name of this computer (no DNS rebinding), and a request that a page of another origin made
 * is refused. Served to other computers, it asks for a token besides. The answers allow the page nothing
 * but its own files: no inline script or style, no other host, no frame.
 *
 * @module
 */
import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { problem } from "./problem.ts";

/** Names under which a browser on this computer reaches the loopback. */
export const LOOPBACK_NAMES: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** Whom the server answers. */
export interface Access {
  /** Names it answers as. */
  readonly hosts: readonly string[];
  /** What a request must show; null on the loopback, where Host and Origin are enough. */
  readonly token: string | null;
}

export const LOOPBACK: Access = { hosts: LOOPBACK_NAMES, token: null };

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  // A receipt is the very picture that the printer was given, out of the trace.
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The one script that compiles WebAssembly: the worker with the models, under a policy of its own. */
const TWIN_WORKER = "/assets/build/twin/worker.js";
const TWIN_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const COOKIE = "atm_twin_token";
/** A week; a fresh start has a fresh token anyway. */
const COOKIE_S = 7 * 24 * 3600;

/** Refuses foreign hosts and origins and whoever has no token, and puts the policy on every answer. */
export function guard({ hosts, token }: Access = LOOPBACK): MiddlewareHandler {
  return async (context, next) => {
    const request = context.req.raw;
    const refused = refusal(request, hosts);
    if (refused !== null) context.res = problem(403, refused);
    else if (token === null) await next();
    else {
      const answer = admission(request, token);
      if (answer === null) await next();
      else context.res = answer;
    }
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
    if (context.req.path === TWIN_WORKER) {
      context.res.headers.set("content-security-policy", TWIN_POLICY);
    }
    return undefined;
  };
}

function refusal(request: Request, hosts: readonly string[]): string | null {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  const name = host.replace(/:\d*$/, "").toLowerCase();
  if (!hosts.includes(name)) return `This server does not answer as ${host}`;
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== `http://${host}`) return `Not for pages of ${origin}`;
  const site = request.headers.get("sec-fetch-site");
  const reads = request.method === "GET" || request.method === "HEAD";
  if (!reads && site !== null && site !== "same-origin") return "Not for pages of another site";
  return null;
}

/** Null: come in. The printed address carries the token once; then a cookie does, out of sight. */
function admission(request: Request, token: string): Response | null {
  const url = new URL(request.url);
  // A browser keeps the cookies of all ports of a host together.
  const name = `${COOKIE}_${url.port || "80"}`;
  const shown = url.searchParams.get("token");
  if (url.pathname === "/" && shown !== null && isSame(shown, token)) {
    // Lax: whoever follows a link in a message has it on them. What changes anything is asked by our
    // own pages only, see `refusal`; a redirect keeps what stands after the address's `#`.
    const cookie = `${name}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${COOKIE_S}`;
    return new Response(null, {
      status: 303,
      headers: { "cache-control": "no-store", location: "/", "set-cookie": cookie },
    });
  }
  const bearer = /^Bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const cookie = (request.headers.get("cookie") ?? "").split(/; */)
    .find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  const given = bearer ?? cookie;
  if (given !== undefined && isSame(given, token)) return null;
  return problem(401, "A token is needed: open the address that `serve` printed");
}

/** Takes as long for a wrong first letter as for a wrong last one. */
function isSame(given: string, token: string): boolean {
  const [left, right] = [given, token].map((text) => new TextEncoder().encode(text));
  if (left === undefined || right === undefined || left.length !== right.length) return false;
  return timingSafeEqual(left, right);
}
