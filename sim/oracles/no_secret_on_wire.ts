/**
 * What no wire may carry, masked or not: the PIN, a clear PIN block, a key. Account, phone and identity
 * numbers travel to the bank because it needs them; these never have to.
 */
import type { Oracle } from "./oracle.ts";
import { finderOf, type Glance } from "./secrets.ts";

/** Elements of an ISO 8583 message that are times and counters: any six digits may be there. */
const TIMES: readonly string[] = ["7", "11", "12", "13", "37", "38", "90"];

/** `glance` looks for these secrets and for others. */
export function noSecretOnWire(secrets: readonly string[], glance: Glance): Oracle {
  const find = finderOf(secrets);
  function findInHost(message: object): string | null {
    if (!("fields" in message) || typeof message.fields !== "object") return find(message);
    for (const [element, value] of Object.entries(message.fields ?? {})) {
      const told = TIMES.includes(element) ? null : find(value);
      if (told !== null) return told;
    }
    return null;
  }
  let found: string | null = null;
  return {
    name: "no_secret_on_wire",
    sentence: "No PIN, no clear PIN block, no template and no key on any wire",
    reads: [],
    observe: () => null,
    overhears(wire, message) {
      if (glance.isClean(message)) return;
      found ??= wire === "host" ? findInHost(message) : find(message);
    },
    finish: () => found === null ? null : `${found} in a message`,
  };
}
