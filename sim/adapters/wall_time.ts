/** Real time, for what meets the outside world: the only file of these rooms that asks for it. @module */

/** Milliseconds since 1970, as the computer's clock has it. */
export function wallNow(): number {
  return Date.now();
}

/** Milliseconds that only ever grow: for how long something took. */
export function steadyNow(): number {
  return performance.now();
}

/** Acts once, so many milliseconds from now; returns how to call it off. */
export function later(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

/** Acts every so many milliseconds; returns how to stop. */
export function every(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
}
