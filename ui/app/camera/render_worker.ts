/// <reference lib="webworker" />
/**
 * Renders camera frames away from the page's thread, with the same renderer as the simulation.
 *
 * @module
 */
import type { RenderRequest } from "./protocol.ts";
import { answerTo } from "./rendered.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data }: MessageEvent<RenderRequest>) => {
  const answer = answerTo(data);
  const buffers = answer.ok
    ? [answer.shot.rgb.buffer, answer.shot.nir.buffer, answer.shot.depth.buffer]
    : [];
  scope.postMessage(answer, buffers);
};
