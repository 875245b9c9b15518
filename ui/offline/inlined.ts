/**
 * What was written into the page: browsers fetch nothing from `file://`, so everything is inside.
 *
 * @module
 */

import type { TwinSetting, TwinSource } from "../app/twin/open_twin.ts";

const SCRIPT = { type: "text/javascript" };

/** The JSON under this id. */
export function inlinedJson(id: string): unknown {
  return JSON.parse(textOf(id));
}

/** The text under this id, as it was before it was packed. */
export async function inlinedText(id: string): Promise<string> {
  return new TextDecoder().decode(await inlinedBytes(id));
}

/** The bytes under this id: base64 of gzip. */
export async function inlinedBytes(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Uint8Array.from(atob(textOf(id)), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The whole twin, from what `twinParts` wrote into the page. */
export function inlinedTwin(): TwinSource {
  return {
    async worker() {
      await parsed();
      const script = new Blob([await inlinedBytes("twin-worker")], SCRIPT);
      return new Worker(URL.createObjectURL(script));
    },
    async files() {
      await parsed();
      const { models: names, ...setting } = inlinedJson("setting") as TwinSetting;
      const models: Record<string, Uint8Array<ArrayBuffer>> = {};
      for (const name of names) models[name] = await inlinedBytes(name);
      return { ...setting, wasm: (await inlinedBytes("wasm")).buffer, models };
    },
  };
}

/** The twin stands behind the script that shows the page: the browser may still be reading it. */
async function parsed(): Promise<void> {
  if (document.readyState !== "loading") return;
  await new Promise((resolve) => {
    document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });
}

function textOf(id: string): string {
  const text = document.getElementById(id)?.textContent;
  if (!text) throw new Error(`Cannot start: the page has no ${id}`);
  return text;
}
