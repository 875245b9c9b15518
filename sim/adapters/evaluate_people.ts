/** Shares the people of an evaluation among workers: what is seen depends on no worker. */
import { assert } from "../../core/assert.ts";
import type { PersonObservation, SplitName } from "../evaluate/mod.ts";

/** A person to be met, and how. */
export interface Asked {
  readonly index: number;
  readonly split: SplitName;
  readonly people: number;
  readonly kin: boolean;
  readonly attackers?: number;
  readonly pack?: string;
  /** A folder of models, as a URL with a slash at its end; absent: the shipped ones. */
  readonly folder?: string;
}

export type Answered =
  | { readonly index: number; readonly seen: PersonObservation }
  | { readonly index: number; readonly failure: string };

export interface SharedWork extends Omit<Asked, "index"> {
  readonly workers: number;
  /** Called after each person. */
  readonly onProgress?: () => void;
  /** Ends the work as soon as it settles, whoever is being met. */
  readonly ended?: Promise<void>;
}

/** Everybody, in order; null when it was ended before. Throws what a worker fails with. */
export async function observeTogether(
  { workers, onProgress, ended, ...how }: SharedWork,
): Promise<readonly PersonObservation[] | null> {
  const seen = new Array<PersonObservation | undefined>(how.people);
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  let next = 0;
  let done = 0;
  const crew = Array.from({ length: Math.min(workers, how.people) }, () => {
    const worker = new Worker(new URL("./evaluate_worker.ts", import.meta.url), {
      type: "module",
    });
    worker.onmessage = ({ data }: MessageEvent<Answered>) => {
      if ("failure" in data) return reject(new Error(`Cannot evaluate: ${data.failure}`));
      seen[data.index] = data.seen;
      done++;
      onProgress?.();
      if (done === how.people) return resolve(true);
      if (next < how.people) worker.postMessage({ index: next++, ...how });
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot evaluate: ${event.message}`));
    };
    return worker;
  });
  for (const worker of crew) worker.postMessage({ index: next++, ...how });
  ended?.then(() => resolve(false));
  try {
    if (!await promise) return null;
  } finally {
    for (const worker of crew) worker.terminate();
  }
  return seen.map((one) => {
    assert(one !== undefined, "everybody was met");
    return one;
  });
}
