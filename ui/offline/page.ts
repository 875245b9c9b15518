/**
 * Writes a page that needs nothing but itself: one HTML file, opened from a USB stick.
 *
 * Browsers refuse modules, workers and fetches from `file://`, so scripts are classic, the worker and
 * everything it would fetch are texts in the page, and the page's own policy forbids every connection.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import type { TwinSetting } from "../app/twin/open_twin.ts";
import { STYLES } from "../bundle.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** As on the server, and what only a page without one needs. */
const OFFLINE_STYLES = [...STYLES, "offline"];
const FONT = "@fontsource/noto-serif-tibetan/files/noto-serif-tibetan-tibetan-400-normal.woff2";

/** `connect-src` is not named, so it is `default-src`: nothing. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; " +
  "worker-src blob:; style-src 'unsafe-inline'; font-src data:; img-src data: blob:";

export interface PageParts {
  readonly title: string;
  /** The module that is the page's script, from the top of the project. */
  readonly entry: string;
  /** Read with `inlinedJson`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Read with `inlinedBytes` or `inlinedText`. */
  readonly bytes: Readonly<Record<string, Uint8Array>>;
  /** The whole twin: runs are made in the page, and traces verified. */
  readonly twin: TwinParts;
}

/** Read with `inlinedTwin`, when somebody first wants to run something. */
export interface TwinParts {
  readonly setting: TwinSetting;
  readonly bytes: Readonly<Record<string, Uint8Array>>;
}

export async function offlinePage({ title, entry, json, bytes, twin }: PageParts): Promise<string> {
  const [script, worker, style, twinWorker] = await Promise.all([
    bundled(entry),
    bundled("ui/app/camera/render_worker.ts"),
    styles(),
    bundled("ui/twin/worker.ts"),
  ]);
  return [
    "<!doctype html>",
    `<html lang="en"><head><meta charset="utf-8">`,
    `<meta http-equiv="content-security-policy" content="${POLICY}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="color-scheme" content="light dark">`,
    `<link rel="icon" href="data:,">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style></head><body><div id="app"></div>`,
    `<script type="text/plain" id="render-worker">${inScript(worker)}</script>`,
    ...jsonTexts(json),
    ...packedTexts(bytes),
    `<script>${inScript(script)}</script>`,
    // The page is up before the browser has read what follows: the twin, some 12 MB of text.
    ...jsonTexts({ setting: twin.setting }),
    ...packedTexts({ ...twin.bytes, "twin-worker": new TextEncoder().encode(twinWorker) }),
    "</body></html>\n",
  ].join("\n");
}

function jsonTexts(values: PageParts["json"]): string[] {
  return Object.entries(values).map(([id, value]) =>
    `<script type="application/json" id="${id}">${inScript(JSON.stringify(value))}</script>`
  );
}

/** Inert to the browser: nothing is decoded before it is read. */
function packedTexts(contents: PageParts["bytes"]): string[] {
  return Object.entries(contents).map(([id, content]) =>
    `<script type="application/gzip" id="${id}">${base64(gzipSync(content, { level: 9 }))}</script>`
  );
}

const scripts = new Map<string, Promise<string>>();

/** A module as one script; every page that this process writes has the same. */
function bundled(entry: string): Promise<string> {
  const made = scripts.get(entry) ?? bundle(entry);
  scripts.set(entry, made);
  return made;
}

async function bundle(entry: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform=browser", "--format=iife", "--minify", entry],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(`Cannot bundle ${entry}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

async function styles(): Promise<string> {
  const sheets = await Promise.all(
    OFFLINE_STYLES.map((name) => Deno.readTextFile(`${ROOT}ui/static/${name}.css`)),
  );
  const font = await Deno.readFile(new URL(import.meta.resolve(FONT)));
  const inlined = `url("data:font/woff2;base64,${base64(font)}")`;
  return sheets.join("\n").replace(/url\("\/assets\/build\/[^"]+\.woff2"\)/, () => inlined);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/**
 * Inside a script element only tags of its own kind and a comment's beginning mean anything. They stand
 * in strings and regular expressions alone, and `\u003c` is the same there, in JSON too.
 */
function inScript(text: string): string {
  return text.replaceAll(/<(?=\/?script|!--)/gi, "\\u003c");
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
