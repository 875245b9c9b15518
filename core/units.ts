/**
 * The quantities everything here is counted in, as types the compiler keeps apart.
 *
 * @module
 */

/** Virtual time: an integer number of microseconds since the run began. */
export type Micros = number & { readonly unit: "µs" };

/** Money: an integer number of fen (分), hundredths of a yuan. */
export type Fen = number & { readonly unit: "fen" };

export function micros(value: number): Micros {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Cannot count ${value} in microseconds`);
  return value as Micros;
}

export function milliseconds(value: number): Micros {
  return micros(Math.round(value * 1_000));
}

export function seconds(value: number): Micros {
  return micros(Math.round(value * 1_000_000));
}

export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Cannot count ${value} in fen`);
  return value as Fen;
}

export function yuan(value: number): Fen {
  return fen(Math.round(value * 100));
}
