/**
 * Somebody else's models on trial: each answers once on a picture of somebody, whenever a pack is
 * opened, so that what does not fit its manifest is told in one line and before anything runs.
 */
import { assert } from "../../core/assert.ts";
import { type FacePipeline, fits, type Role } from "../../core/face/mod.ts";
import { defaultScene, render } from "../../devices/camera/mod.ts";
import type { LeftOut } from "../evaluate/mod.ts";
import { InputError } from "../plan/mod.ts";
import { why } from "./files.ts";

/** Throws {@linkcode InputError} with `file`, the manifest, and the role that does not do as it says. */
export async function tryOut(
  pipeline: FacePipeline,
  file: string,
  leftOut: ReadonlyMap<string, LeftOut> = new Map(),
): Promise<void> {
  const shot = render(defaultScene({ person: 0, kin: "self", visit: 0 }));
  const { truth } = shot;
  assert(truth !== null, "somebody stands before the camera");
  async function asTold(field: Role | `liveness.${string}`, answer: Promise<unknown>) {
    await answer.catch((error: unknown) => {
      const message = `does not run as its manifest says: ${why(error)}`;
      throw new InputError({ file, field, message });
    });
  }
  // Whatever is found: a detector that sees nobody is tried all the same, and so are the others.
  await asTold("detector", pipeline.detect(shot));
  await asTold("liveness", pipeline.liveness(shot, truth.box).then(probability));
  for (const [species, judge] of leftOut) {
    await asTold(`liveness.left_out.${species}`, judge(shot, truth.box).then(probability));
  }
  await asTold("embedder", pipeline.embed(shot, truth.landmarks));
}

function probability(live: number): void {
  fits(live >= 0 && live <= 1, () => `a probability is from 0 to 1, not ${live}`);
}
