/**
 * Code of the dashboard that is loaded when somebody wants it, and what it means when it does not come.
 *
 * Its files are called by their content: once the dashboard is built anew, those that an open page knows
 * are not there any more.
 *
 * @module
 */
import { unreachable } from "./api.ts";

/** The server answers, but has another dashboard by now: only the page loaded again is of one piece. */
export class OutdatedError extends Error {
  override name = "OutdatedError";
}

/** Tells why an `import()` failed: browsers name the file, but not what the server said of it. */
export async function notLoaded(error: unknown): Promise<never> {
  const [address] = /\bhttps?:\/\/\S+/.exec(String(error)) ?? [];
  if (address === undefined) return unreachable(error);
  refuse(await fetch(address).catch(unreachable), address);
  return unreachable(error);
}

/** Throws when an answer is not the file that the page wants. */
export function refuse({ ok, status }: Response, file: string): void {
  if (!ok) throw new OutdatedError(`${file}: ${status}`);
}
