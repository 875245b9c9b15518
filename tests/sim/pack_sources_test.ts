/** Where a pack comes from: a folder, a ZIP file, an https address; what comes is what was asked for. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { openModels, packNames, readPack } from "../../sim/adapters/models.ts";
import { added, EMBEDDER, inPlaces, manifestOf, refusalOf } from "./pack_places.ts";

Deno.test("packs: a folder, its manifest, and a ZIP of them are the same pack", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source, packs }) => {
    const zip = `${source}/../theirs.zip`;
    const manifest = new TextEncoder().encode(JSON.stringify(manifestOf()));
    await Deno.writeFile(
      zip,
      zipSync({ "theirs-1.0/manifest.json": manifest, "theirs-1.0/theirs.onnx": EMBEDDER }),
    );
    for (const from of [source, `${source}/manifest.json`, zip]) {
      const { pack, folder } = await added(from, packs);
      assert.equal(pack.embedder?.threshold, 0.42);
      assert.deepEqual(await packNames(packs), ["theirs"]);
      assert.deepEqual(await Deno.readFile(`${folder}theirs.onnx`), EMBEDDER);
      await Deno.remove(folder, { recursive: true });
    }
  });
});

Deno.test("packs: an https address is fetched, and its certificate counts", async () => {
  const fixture = (name: string) => new URL(`../fixtures/${name}`, import.meta.url);
  const certificate = fileURLToPath(fixture("loopback.crt"));
  const server = Deno.serve({
    port: 0,
    hostname: "127.0.0.1",
    cert: await Deno.readTextFile(certificate),
    key: await Deno.readTextFile(fixture("loopback.key")),
    onListen: () => {},
  }, (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (searchParams.get("key") === "1" && pathname === "/closed/manifest.json") {
      return Response.json(manifestOf());
    }
    if (pathname === "/pack/manifest.json") return Response.json(manifestOf());
    if (pathname === "/pack/theirs.onnx") return new Response(EMBEDDER);
    const [, moved, rest] = /^\/(moved|open)(\/.*)$/.exec(pathname) ?? [];
    if (moved === "moved") return Response.redirect(new URL(`/pack${rest}`, request.url));
    if (moved === "open") return Response.redirect(`http://localhost:1/pack${rest}`);
    return new Response("", { status: 404 });
  });
  try {
    await inPlaces({}, EMBEDDER, async ({ packs }) => {
      const module = new URL("../../sim/adapters/packs.ts", import.meta.url).href;
      const add = async (path: string, env: Record<string, string>) => {
        const address = `https://localhost:${server.addr.port}/${path}`;
        const code = `import { addPack } from ${JSON.stringify(module)};
          await addPack(${JSON.stringify(address)}, new URL(${JSON.stringify(packs.href)}));`;
        const { success, stderr } = await new Deno.Command(Deno.execPath(), {
          args: ["eval", "--no-check", code],
          env,
          cwd: new URL("../../", import.meta.url),
        }).output();
        return { success, told: new TextDecoder().decode(stderr) };
      };
      const known = { DENO_CERT: certificate };
      assert.match((await add("pack", {})).told, /cannot be fetched: .*certificate/s);
      assert.match((await add("open", known)).told, /leads away from https/);
      assert.match((await add("nowhere", known)).told, /the server answers 404/);
      assert.deepEqual(await packNames(packs), []);
      const { success, told } = await add("moved", known);
      assert.ok(success, told);
      assert.deepEqual(await packNames(packs), ["theirs"]);
      for (const closed of ["closed?key=1", "closed/manifest.json?key=1"]) {
        assert.match((await add(closed, known)).told, /was added before/);
      }
    });
  } finally {
    await server.shutdown();
  }
});

Deno.test("packs: a file that is too short, too long or not there is refused", async () => {
  await inPlaces(manifestOf(), EMBEDDER.slice(1), async ({ source, packs }) => {
    assert.match(await refusalOf(source, packs), /theirs\.onnx: embedder\.bytes/);
    await Deno.writeFile(`${source}/theirs.onnx`, new Uint8Array(EMBEDDER.length + 1));
    assert.match(await refusalOf(source, packs), /has more than the \d+ bytes/);
    await Deno.remove(`${source}/theirs.onnx`);
    assert.match(await refusalOf(source, packs), /theirs\.onnx.*does not exist/);
  });
});

Deno.test("packs: a folder may be called what it likes", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source, packs }) => {
    const odd = `${source} of #1? 100%`;
    await Deno.rename(source, odd);
    const spaced = new URL("with%20space/", packs);
    const { folder } = await added(odd, spaced);
    assert.match(folder, /\/with space\/theirs\/$/);
    assert.deepEqual(await packNames(spaced), ["theirs"]);
    const pipeline = await openModels({ pack: odd });
    assert.equal(pipeline.manifest.embedder.threshold, 0.42);
    await pipeline.release();
  });
});

Deno.test("packs: what is no pack is told so", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source, packs }) => {
    assert.match(await refusalOf("http://example.org/pack", packs), /is not an https address/);
    assert.match(await refusalOf("ftp://example.org/pack.zip", packs), /is not an https address/);
    assert.match(await refusalOf(`${source}/theirs.onnx`, packs), /is no pack/);
    assert.match(await refusalOf(`${source}/nowhere`, packs), /does not exist/);
    await Deno.writeTextFile(`${source}/broken.zip`, "PK is not enough");
    assert.match(await refusalOf(`${source}/broken.zip`, packs), /is no ZIP file/);
    await Deno.writeFile(`${source}/empty.zip`, zipSync({ "readme.txt": new Uint8Array(1) }));
    assert.match(await refusalOf(`${source}/empty.zip`, packs), /manifest\.json: is not in/);
  });
});

Deno.test("packs: of an archive of two packs neither is taken", async () => {
  await inPlaces({}, EMBEDDER, async ({ source, packs }) => {
    const manifest = new TextEncoder().encode(JSON.stringify(manifestOf()));
    const one = { "manifest.json": manifest, "theirs.onnx": EMBEDDER };
    await Deno.writeFile(`${source}/two.zip`, zipSync({ first: one, second: one }));
    assert.match(await refusalOf(`${source}/two.zip`, packs), /manifest\.json: .*more than once/);
    await Deno.writeFile(`${source}/deep.zip`, zipSync({ a: { b: one } }));
    assert.match(await refusalOf(`${source}/deep.zip`, packs), /at its top or in a folder there/);
  });
});

Deno.test("packs: of a file without end no more is read than a manifest may have", async () => {
  await inPlaces({}, EMBEDDER, async ({ source, packs }) => {
    await Deno.remove(`${source}/manifest.json`);
    await Deno.symlink("/dev/zero", `${source}/manifest.json`);
    assert.match(await refusalOf(source, packs), /has more than the 262144 bytes/);
  });
});

Deno.test("packs: a byte order mark before a manifest is no part of it", async () => {
  await inPlaces({}, EMBEDDER, async ({ source, packs }) => {
    const text = "\ufeff" + JSON.stringify(manifestOf());
    await Deno.writeTextFile(`${source}/manifest.json`, text);
    const pipeline = await openModels({ pack: source });
    await pipeline.release();
    const { folder } = await added(source, packs);
    assert.equal((await readPack(new URL(`file://${folder}`))).name, "theirs");
  });
});
