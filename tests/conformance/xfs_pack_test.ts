/** Somebody else's models in the machine on the wire: they judge there, and not the shipped ones. */
import assert from "node:assert/strict";
import { readProfile } from "../../sim/adapters/files.ts";
import { serveXfs } from "../../sim/adapters/xfs_server.ts";
import { EMBEDDER, inPlaces, manifestOf } from "../sim/pack_places.ts";
import { Service } from "./xfs_client.ts";

/** What the biometric service makes of one person, read twice. */
async function secondLook(pack?: string): Promise<Record<string, unknown>> {
  const profile = await readProfile("lhasa-lobby", "test");
  const models = pack === undefined ? {} : { pack };
  const server = await serveXfs({ profile, seed: 1, speed: 8, port: 0, ...models });
  const service = await Service.open(`${server.uri}/biometric`);
  try {
    await fetch(`http://127.0.0.1:${server.port}/control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ stand: { person: 7 } }),
    });
    const one = { compareMode: "verify", identifier: "id1" };
    const { payload } = await service.ask("Biometric.Read", { mode: "scan" });
    await service.ask("Biometric.Import", { templates: payload?.["dataRead"] });
    await service.ask("Biometric.SetMatch", one);
    await service.ask("Biometric.Read", { mode: "match" });
    return (await service.ask("Biometric.Match", one)).payload ?? {};
  } finally {
    await service.close();
    await server.stop();
  }
}

Deno.test("wire: a pack's models judge, at a pack's threshold", async () => {
  const names = async (pack?: string) =>
    Object.keys((await secondLook(pack))["candidates"] as object);
  assert.deepEqual(await names(), ["id1"]);
  await inPlaces(manifestOf({ threshold: 1 }), EMBEDDER, async ({ source }) => {
    assert.deepEqual(await names(source), [], "nobody is that much alike");
  });
});
