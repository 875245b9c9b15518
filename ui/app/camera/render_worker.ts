/// <reference lib="webworker" />
/**
 * Renders camera frames away from the page's thread, with the same renderer as the simulation.
 *
 * @module
 */
import { render, type Scene, type Shot, shotHashes } from "../../../devices/camera/mod.ts";
import { depthToRgba, greyToRgba, rgbToRgba } from "./pixels.ts";
import type { RenderAnswer, RenderedShot, RenderRequest } from "./protocol.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data }: MessageEvent<RenderRequest>) => {
  const answer = answerTo(data);
  const buffers = answer.ok
    ? [answer.shot.rgb.buffer, answer.shot.nir.buffer, answer.shot.depth.buffer]
    : [];
  scope.postMessage(answer, buffers);
};

function answerTo({ id, scene, covered }: RenderRequest): RenderAnswer {
  try {
    return { id, ok: true, shot: rendered(seen(render(scene as unknown as Scene), covered)) };
  } catch (error) {
    // A scene this renderer cannot draw is shown as such; it must not stop the ones after it.
    return { id, ok: false, message: String(error) };
  }
}

/** What the sensors read: nothing, with something over the lenses. */
function seen(shot: Shot, covered: boolean): Shot {
  if (!covered) return shot;
  const { length } = shot.nir;
  return {
    ...shot,
    rgb: new Uint8Array(3 * length),
    nir: new Uint8Array(length),
    depth: new Uint16Array(length),
  };
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
