/**
 * Functions whose bits are the same on every machine.
 *
 * V8's own `Math.sin`, `exp`, `log` … differ between builds, so a picture or a probability made with
 * them would not verify elsewhere. Everything that can reach a trace takes them from here (rule 9).
 * `+ − × ÷`, `Math.sqrt`, `Math.fround`, `Math.imul` are exact by IEEE 754 and may be used directly.
 *
 * These are pure-JavaScript ports of FreeBSD's msun: for set-up code. A hot loop wants a table or a
 * polynomial of its own.
 *
 * @module
 */
import stdCos from "@stdlib/math-base-special-cos";
import stdExp from "@stdlib/math-base-special-exp";
import stdLn from "@stdlib/math-base-special-ln";
import stdSin from "@stdlib/math-base-special-sin";

/** π rounded to the nearest double; the constant is exact, unlike the functions. */
export const PI = 3.141592653589793;

/** Radians in one degree. */
export const RADIANS_PER_DEGREE = PI / 180;

/** Sine of an angle in radians. */
export function sin(radians: number): number {
  return stdSin(radians);
}

/** Cosine of an angle in radians. */
export function cos(radians: number): number {
  return stdCos(radians);
}

/** e to the power of `x`. */
export function exp(x: number): number {
  return stdExp(x);
}

/** Natural logarithm; `x` must be positive. */
export function ln(x: number): number {
  return stdLn(x);
}

/** `base` to a real power, for a positive base: e^(exponent · ln base). */
export function pow(base: number, exponent: number): number {
  return base === 0 ? 0 : stdExp(exponent * stdLn(base));
}

/** `value` held between `low` and `high`. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** A value of the straight line from `a` (at t = 0) to `b` (at t = 1). */
export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
export { type RandomStream, randomStream } from "./random.ts";
