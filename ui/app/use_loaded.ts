/**
 * Something fetched, as state: loading, loaded or failed; and a way to try again.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";

export type Loaded<Value> =
  | { readonly state: "loading" }
  | { readonly state: "loaded"; readonly value: Value }
  | { readonly state: "failed"; readonly error: Error };

/** Loads once for each `key`, and again after `retry`; an answer that comes too late is dropped. */
export function useLoaded<Value>(
  key: string,
  load: () => Promise<Value>,
): [loaded: Loaded<Value>, retry: () => void] {
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<Loaded<Value>>({ state: "loading" });
  useEffect(() => {
    let current = true;
    setLoaded({ state: "loading" });
    load().then(
      (value) => current && setLoaded({ state: "loaded", value }),
      (error: unknown) => {
        const failed = error instanceof Error ? error : new Error(String(error));
        if (current) setLoaded({ state: "failed", error: failed });
      },
    );
    return () => {
      current = false;
    };
  }, [key, attempt]);
  return [loaded, () => setAttempt((before) => before + 1)];
}
