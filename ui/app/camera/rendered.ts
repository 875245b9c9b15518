/**
 * The pictures of one exposure, made again from what the trace says of it.
 *
 * @module
 */
import {
  isPictureFault,
  render,
  type Scene,
  type Shot,
  shotHashes,
  shotUnder,
} from "../../../devices/camera/mod.ts";
import { depthToRgba, greyToRgba, rgbToRgba } from "./pixels.ts";
import type { RenderAnswer, RenderedShot, RenderRequest } from "./protocol.ts";

/** The scene as the sensors delivered it, under the faults that they worked under. */
export function answerTo({ id, scene, faults }: RenderRequest): RenderAnswer {
  try {
    const shot = shotUnder(faults.filter(isPictureFault), render(scene as unknown as Scene));
    return { id, ok: true, shot: rendered(shot) };
  } catch (error) {
    // A scene this renderer cannot draw is shown as such; it must not stop the ones after it.
    return { id, ok: false, message: String(error) };
  }
}

function rendered(shot: Shot): RenderedShot {
  return {
    width: shot.width,
    height: shot.height,
    rgb: rgbToRgba(shot.rgb),
    nir: greyToRgba(shot.nir),
    depth: depthToRgba(shot.depth),
    hashes: shotHashes(shot),
  };
}
