/**
 * Whom a server at an address answers: on the loopback everybody who is there; on any other address
 * whoever has the token of this start.
 *
 * @module
 */
import { type Access, LOOPBACK, LOOPBACK_NAMES } from "./guard.ts";

/** 256 bits. */
const TOKEN_BYTES = 32;
const EVERY_ADDRESS = ["0.0.0.0", "[::]", "::"];

/** Whether `--host` names one host and nothing else: no port, no scheme. */
export function isHost(hostname: string): boolean {
  const url = `http://${hostInUrl(hostname)}/`;
  return URL.canParse(url) && new URL(url).href === `http://${new URL(url).hostname}/`;
}

/** For what `--host` names. An address that means all of them is reached under each. */
export function accessOf(hostname: string): Access {
  const name = hostInUrl(hostname);
  if (LOOPBACK_NAMES.includes(name)) return LOOPBACK;
  const own = EVERY_ADDRESS.includes(name)
    ? Deno.networkInterfaces().map(({ address }) => hostInUrl(address))
    : [name];
  const token = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES))
    .toBase64({ alphabet: "base64url", omitPadding: true });
  return { hosts: [...LOOPBACK_NAMES, ...own], token };
}

/** What a person opens: with the token where one is needed. */
export function addressOf(hostname: string, port: number, { hosts, token }: Access): string {
  const name = hostInUrl(hostname);
  const shown = EVERY_ADDRESS.includes(name)
    ? hosts.find((host) => !LOOPBACK_NAMES.includes(host)) ?? "127.0.0.1"
    : name;
  return `http://${shown}:${port}/${token === null ? "" : `?token=${token}`}`;
}

/** IPv6 addresses stand in brackets. */
function hostInUrl(hostname: string): string {
  const name = hostname.toLowerCase();
  return name.includes(":") && !name.startsWith("[") ? `[${name}]` : name;
}
