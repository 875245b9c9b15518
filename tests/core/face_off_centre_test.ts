/** Whoever stands at the edge of the picture is asked to the middle, and is no attack. */
import assert from "node:assert/strict";
import { defaultScene, render } from "../../devices/camera/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";

Deno.test("quality: somebody at the edge of the picture is told to stand in the middle", async () => {
  const pipeline = await openModels({ memo: 0 });
  for (let person = 2_005_210; person < 2_005_214; person++) {
    const scene = defaultScene({ person, kin: "self", visit: 0 });
    const at = async (x_mm: number) =>
      (await pipeline.look(render({ ...scene, head: { ...scene.head, x_mm } }))).problem;
    assert.deepEqual(
      [await at(-250), await at(0), await at(240)],
      ["off_centre", null, "off_centre"],
    );
  }
  await pipeline.release();
});
