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
  /** Where it lies. */
  readonly file: string;
  readonly type: string;
  /** Of the content; lets a browser ask whether its copy is still good. */
  readonly etag: string;
}

/** Files by their path under the folder, with `/` between its parts. */
export interface Assets {
  get(path: string): Asset | undefined | Promise<Asset | undefined>;
}

/** Plain files of a known type under `dir`, as they are now and after each build; links are left out. */
export async function readAssets(dir: string): Promise<Assets> {
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
      return (await listed).get(path);
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
    into.set(`${prefix}${entry.name}`, { file: path, type, etag });
  }
}

async function etagOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return `"${hash.slice(0, 12).toHex()}"`;
}

/** The answer for one asset: whole, or "you have it". */
export async function serveAsset(asset: Asset, request: Request): Promise<Response> {
  const headers = { "content-type": asset.type, etag: asset.etag, "cache-control": "no-cache" };
  if (request.headers.get("if-none-match") === asset.etag) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(await Deno.readFile(asset.file), { headers });
}
