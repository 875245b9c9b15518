/**
 * Plots as SVG text: trade-off curves, score histograms, rates with their intervals.
 *
 * Colours are the page's own variables, so that a plot is right on light and dark paper.
 *
 * @module
 */
import type { Rate } from "../../core/face/mod.ts";
import { clamp, ln } from "../../core/numeric/mod.ts";
import type { DetPoint } from "./compare.ts";
import { rateText } from "./text.ts";

const WIDTH = 640;
const HEIGHT = 320;
const LEFT = 70;
const BOTTOM = 44;
const TOP = 16;
const RIGHT = 16;

export interface Curve {
  readonly name: string;
  /** A variable of the page's style, without its dashes. */
  readonly colour: string;
  readonly points: readonly DetPoint[];
}

/** FNMR over FMR, both on logarithmic axes of decades. */
export function detPlot(curves: readonly Curve[]): string {
  const [low, high] = [-6, 0];
  const x = (fmr: number) => along(log10(fmr), low, high, LEFT, WIDTH - RIGHT);
  const y = (fnmr: number) => along(log10(fnmr), -4, 0, HEIGHT - BOTTOM, TOP);
  const grid: string[] = [];
  for (let decade = low; decade <= high; decade++) {
    const at = along(decade, low, high, LEFT, WIDTH - RIGHT);
    grid.push(rule(at, TOP, at, HEIGHT - BOTTOM));
    grid.push(text(at, HEIGHT - BOTTOM + 16, decadeName(decade), "middle"));
  }
  for (let decade = -4; decade <= 0; decade++) {
    const at = along(decade, -4, 0, HEIGHT - BOTTOM, TOP);
    grid.push(rule(LEFT, at, WIDTH - RIGHT, at));
    grid.push(text(LEFT - 6, at + 4, decadeName(decade), "end"));
  }
  const drawn = curves.map(({ name, colour, points }, i) => {
    // No error at all lies off a logarithmic axis: the curve runs along the bottom.
    const path = points.map(({ fmr, fnmr }) =>
      `${x(Math.max(fmr.rate, 1e-6)).toFixed(1)},${y(Math.max(fnmr.rate, 1e-4)).toFixed(1)}`
    ).join(" ");
    const key = TOP + 14 + 18 * i;
    return `<polyline points="${path}" fill="none" stroke="var(--${colour})" stroke-width="2"/>` +
      `<rect x="${WIDTH - 190}" y="${key - 9}" width="12" height="10" fill="var(--${colour})"/>` +
      text(WIDTH - 172, key, name, "start");
  });
  return svg(HEIGHT, [
    ...grid,
    ...drawn,
    text((LEFT + WIDTH) / 2, HEIGHT - 6, "false match rate", "middle"),
    sideways(HEIGHT / 2, "false non-match rate"),
  ]);
}

/** Two heaps of scores over −1…1, each as parts of its own total. */
export function scorePlot(
  genuine: readonly number[],
  impostor: readonly number[],
  threshold: number,
): string {
  const heap = (bars: readonly number[], colour: string) => {
    const total = bars.reduce((sum, bar) => sum + bar, 0);
    const highest = Math.max(...bars, 1);
    if (total === 0) return "";
    const step = (WIDTH - LEFT - RIGHT) / bars.length;
    return bars.map((bar, i) => {
      const tall = (bar / highest) * (HEIGHT - TOP - BOTTOM);
      const at = [LEFT + i * step, HEIGHT - BOTTOM - tall].map((v) => v.toFixed(1));
      return bar === 0
        ? ""
        : `<rect x="${at[0]}" y="${at[1]}" width="${step.toFixed(1)}" height="${
          tall.toFixed(1)
        }" fill="var(--${colour})" fill-opacity="0.6"/>`;
    }).join("");
  };
  const x = (score: number) => along(score, -1, 1, LEFT, WIDTH - RIGHT);
  const ticks = [-1, -0.5, 0, 0.5, 1].map((score) =>
    text(x(score), HEIGHT - BOTTOM + 16, String(score), "middle")
  );
  return svg(HEIGHT, [
    heap(impostor, "warm"),
    heap(genuine, "cool"),
    ...ticks,
    `<line x1="${x(threshold)}" x2="${x(threshold)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"` +
    ` stroke="var(--ink)" stroke-dasharray="4 3"/>`,
    text(x(threshold), TOP - 4, `threshold ${threshold}`, "middle"),
    text((LEFT + WIDTH) / 2, HEIGHT - 6, "cosine", "middle"),
    `<rect x="${LEFT + 8}" y="${TOP + 5}" width="12" height="10" fill="var(--warm)"/>`,
    text(LEFT + 26, TOP + 14, "strangers", "start"),
    `<rect x="${LEFT + 8}" y="${TOP + 23}" width="12" height="10" fill="var(--cool)"/>`,
    text(LEFT + 26, TOP + 32, "the person", "start"),
  ]);
}

/** A bar a rate, its interval as a whisker, its counts beside it. */
export function ratePlot(rates: Readonly<Record<string, Rate>>): string {
  const rows = Object.entries(rates);
  const most = Math.max(...rows.map(([, { high, of }]) => of === 0 ? 0 : high), 0.001);
  const [from, to, tall] = [250, 460, 24];
  const x = (rate: number) => along(Math.min(rate, most), 0, most, from, to);
  const drawn = rows.map(([name, rate], i) => {
    const middle = i * tall + tall / 2 + 4;
    if (rate.of === 0) {
      return text(from - 8, middle + 4, name, "end") +
        text(to + 10, middle + 4, "no trials", "start");
    }
    const whisker = `<line x1="${x(rate.low).toFixed(1)}" x2="${x(rate.high).toFixed(1)}"` +
      ` y1="${middle}" y2="${middle}" stroke="var(--ink)"/>`;
    const bar = `<rect x="${from}" y="${middle - 7}" width="${
      (x(rate.rate) - from).toFixed(1)
    }" height="14" fill="var(--cool)"/>`;
    return text(from - 8, middle + 4, name, "end") + bar + whisker +
      text(to + 10, middle + 4, rateText(rate), "start");
  });
  return svg(rows.length * tall + 8, drawn, 760);
}

function along(value: number, low: number, high: number, from: number, to: number): number {
  return from + ((clamp(value, low, high) - low) / (high - low)) * (to - from);
}

function log10(value: number): number {
  return ln(value) / ln(10);
}

function decadeName(decade: number): string {
  return decade === 0
    ? "1"
    : `10${
      [...String(decade)].map((c) => c === "-" ? "⁻" : SUPERSCRIPTS[Number(c)] ?? c).join("")
    }`;
}
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="var(--rule)"/>`;
}

function text(x: number, y: number, words: string, anchor: "start" | "middle" | "end"): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${
    escaped(words)
  }</text>`;
}

function sideways(y: number, words: string): string {
  return `<text x="14" y="${y}" text-anchor="middle" transform="rotate(-90 14 ${y})">${
    escaped(words)
  }</text>`;
}

function svg(height: number, parts: readonly string[], width = WIDTH): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img">${parts.join("\n")}</svg>`;
}

/** Text that may stand in a page. */
export function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
