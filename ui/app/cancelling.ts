/**
 * Work that somebody may cancel, or leave: what it would have led to does not happen then.
 *
 * @module
 */
import { useEffect, useMemo, useRef } from "preact/hooks";

/** The work was cancelled: no error that anybody needs to read. */
export class Cancelled extends Error {
  override name = "Cancelled";
}

/** What `promise` comes to; rejects as soon as the signal is aborted, with its reason. */
export function unlessAborted<Value>(
  signal: AbortSignal,
  promise: Promise<Value>,
): Promise<Value> {
  return new Promise((done, failed) => {
    const abort = () => failed(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(done, failed);
  });
}

export interface Cancelling {
  /** Aborted with {@linkcode Cancelled} by `cancel`, and when whoever began the work is gone. */
  readonly begin: () => AbortSignal;
  readonly cancel: () => void;
}

export function useCancelling(): Cancelling {
  const current = useRef(new AbortController());
  const cancelling = useMemo(() => ({
    begin: () => {
      current.current = new AbortController();
      return current.current.signal;
    },
    cancel: () => current.current.abort(new Cancelled()),
  }), []);
  useEffect(() => cancelling.cancel, []);
  return cancelling;
}
