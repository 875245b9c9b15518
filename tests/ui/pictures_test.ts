/** The dashboard's pictures are those that the sensors delivered, whatever is broken in them. */
import assert from "node:assert/strict";
import { render } from "../../devices/camera/mod.ts";
import { CAMERA_FAULTS } from "../../devices/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { answerTo } from "../../ui/app/camera/rendered.ts";
import { type Look, Replay } from "../../ui/app/replay/mod.ts";
import { CREDULOUS, planFrom } from "../sim/credulous.ts";

/** A face engine that believes everything, before a camera that renders what stands there. */
const RENDERED = { ...CREDULOUS, render };

async function looksUnder(id: string): Promise<readonly Look[]> {
  const when = { command: "Camera.TakePicture", nth: 1 } as const;
  const plan = await planFrom("returning-customer", { faults: [{ id, when }] });
  const { trace } = await runPlan(plan, RENDERED);
  const replay = new Replay(trace);
  return trace.lines
    .filter((line) => line.type === "frame")
    .map((line) => replay.momentAfter(line.n).look)
    .filter((look) => look !== null);
}

for (const { id, does } of CAMERA_FAULTS) {
  Deno.test(`pictures: ${id}, ${does}`, async () => {
    const looks = await looksUnder(id);
    assert.equal(looks.length === 0, ["C1", "C2", "C3"].includes(id), "whether there is a picture");
    for (const look of looks) {
      const answer = answerTo({ id: 1, scene: look.scene, faults: look.faults });
      assert.ok(answer.ok);
      const named = { rgb: look.rgb, nir: look.nir, depth: look.depth };
      const made = Object.entries(answer.shot.hashes).map((
        [name, hash],
      ) => [name, `sha256:${hash}`]);
      assert.deepEqual(Object.fromEntries(made), named);
    }
  });
}
