/**
 * What every request must pass, and what every answer carries.
 *
 * The server stands on the loopback, which any web page in the same browser can reach. So the `Host`
 * must be a name of this computer (no DNS rebinding), and a request that a page of another origin made
 * is refused. The answers allow the page nothing but its own files: no inline script or style, no
 * other host, no frame.
 *
 * @module
 */
import type { MiddlewareHandler } from "hono";
import { problem } from "./problem.ts";

/** Names under which a browser on this computer reaches the loopback. */
export const LOOPBACK_NAMES: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Refuses foreign hosts and origins, and puts the policy on every answer. */
export function guard(hosts: readonly string[] = LOOPBACK_NAMES): MiddlewareHandler {
  return async (context, next) => {
    const refused = refusal(context.req.raw, hosts);
    if (refused === null) await next();
    else context.res = problem(403, refused);
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
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
