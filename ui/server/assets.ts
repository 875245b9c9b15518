/**
 * The files of the dashboard, by their address.
 *
 * The folder is listed, and only what was listed is served: an address is looked up, never turned into a
 * path, so there is nothing to traverse. It is listed again when the dashboard has been built anew: its
 * files have other names and other content then. The files stay on the disk: the twin's own are tens of
 * megabytes, and most visitors have them already.
 *
 * @module
 */
import { filesOf } from "../../core/face/mod.ts";
import { readBytes } from "../../sim/adapters/files.ts";
import { chosen } from "../../sim/adapters/models.ts";
import { twinSetting } from "../bundle.ts";

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  onnx: "application/octet-stream",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  woff2: "font/woff2",
};

/** How deep the folder is looked into. */
const DEPTH_MAX = 4;

export interface Asset {
  readonly type: string;
  /** Of the content; lets a browser ask whether its copy is still good. */
  readonly etag: string;
  /** The content, from where it lies. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Files by their path under the folder, with `/` between its parts. */
export interface Assets {
  get(path: string): Asset | undefined | Promise<Asset | undefined>;
}

/**
 * Plain files of a known type under `dir`, as they are now and after each build; links are left out.
 * What is in `instead` is served in the place of the folder's own.
 */
export async function readAssets(
  dir: string,
  instead: ReadonlyMap<string, Asset> = new Map(),
): Promise<Assets> {
  let built = await buildOf(dir);
  let listed = listOf(dir);
  await listed;
  return {
    async get(path) {
      const latest = await buildOf(dir);
      // While one build makes way for the next there is none.
      if (latest !== null && latest !== built) {
        built = latest;
        listed = listOf(dir).catch((error) => {
          built = null;
          throw error;
        });
      }
      return instead.get(path) ?? (await listed).get(path);
    },
  };
}

/** What tells one build from the next: each is made apart and put in place whole. */
async function buildOf(dir: string): Promise<string | null> {
  const made = await Deno.stat(`${dir}/build`).catch(() => null);
  return made === null ? null : `${made.ino} ${made.mtime?.getTime()}`;
}

async function listOf(dir: string): Promise<ReadonlyMap<string, Asset>> {
  const assets = new Map<string, Asset>();
  await readFolder(dir, "", 0, assets);
  return assets;
}

async function readFolder(dir: string, prefix: string, depth: number, into: Map<string, Asset>) {
  if (depth > DEPTH_MAX) return;
  for await (const entry of Deno.readDir(dir)) {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory) await readFolder(path, `${prefix}${entry.name}/`, depth + 1, into);
    const type = TYPES[entry.name.split(".").at(-1) ?? ""];
    if (!entry.isFile || type === undefined) continue;
    const etag = await etagOf(await Deno.readFile(path));
    into.set(`${prefix}${entry.name}`, { type, etag, read: () => Deno.readFile(path) });
  }
}

async function etagOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return `"${hash.slice(0, 12).toHex()}"`;
}

/**
 * The twin's files where a pack plays, in the place of those that were bundled: what is forked or
 * taken part in is judged in the page's tab, by the models that judge here.
 */
export async function packAssets(pack: string): Promise<ReadonlyMap<string, Asset>> {
  const { manifest, folderOf } = await chosen({ pack });
  const assets = new Map<string, Asset>();
  for (const [name, { file, sha256 }] of filesOf(manifest)) {
    const at = new URL(file, folderOf(name));
    assets.set(`build/twin/${name}.onnx`, {
      type: "application/octet-stream",
      etag: `"${sha256}"`,
      read: () => readBytes(at, "model"),
    });
  }
  const setting = new TextEncoder().encode(JSON.stringify(await twinSetting(manifest)));
  return assets.set("build/twin/setting.json", {
    type: "application/json; charset=utf-8",
    etag: await etagOf(setting),
    read: () => Promise.resolve(setting),
  });
}

/** Whether one of the copies it has is this; what is weakly the same will do (RFC 9110, 13.1.2). */
function hasAlready(request: Request, etag: string): boolean {
  const had = request.headers.get("if-none-match") ?? "";
  return had.trim() === "*" || [...had.matchAll(/"[^"]*"/g)].some(([one]) => one === etag);
}

/** The answer for one asset: whole, or "you have it". */
export async function serveAsset(asset: Asset, request: Request): Promise<Response> {
  const headers = { "content-type": asset.type, etag: asset.etag, "cache-control": "no-cache" };
  if (hasAlready(request, asset.etag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(await asset.read(), { headers });
}
