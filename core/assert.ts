/** A broken invariant is a bug in this program, never an expected outcome: it throws, always. */
export class InvariantError extends Error {
  override name = "InvariantError";
}

/**
 * Throws {@linkcode InvariantError} naming the invariant unless it holds. Stays on in production; where
 * much passes by, a name that has to be put together is only put together when it is needed.
 */
export function assert(holds: boolean, invariant: string | (() => string)): asserts holds {
  if (holds) return;
  const name = typeof invariant === "string" ? invariant : invariant();
  throw new InvariantError(`Invariant broken: ${name}`);
}

/** For the `default` of an exhaustive `switch`: the compiler proves that it cannot be reached. */
export function unreachable(value: never): never {
  throw new InvariantError(`Invariant broken: unexpected ${JSON.stringify(value)}`);
}
