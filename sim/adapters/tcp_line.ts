/** What the two ends of a TCP line of ours have in common. */

/** The other end is gone, or this one has hung up. */
export function isLineTrouble(error: unknown): boolean {
  const { errors } = Deno;
  return [
    errors.BadResource,
    errors.BrokenPipe,
    errors.ConnectionAborted,
    errors.ConnectionReset,
    errors.Interrupted,
    errors.NotConnected,
    errors.TimedOut,
  ].some((trouble) => error instanceof trouble);
}
