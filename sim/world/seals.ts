/** Seals of exposures in a run: what the camera makes and the face engine checks, where wanted. */
import { type FrameSource, SealedEngine, sealOf } from "../../core/face/mod.ts";
import type { CameraOptions } from "../../devices/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { FaceEngine } from "./ports.ts";
import { cameraKeyOf } from "./setting.ts";

/** How the camera of this machine seals its exposures; nothing where it does not. */
export function sealing({ profile, seed }: Plan): Pick<CameraOptions, "seal"> {
  if (profile.policies.frame_seals === undefined) return {};
  return { seal: (nonce, pictures) => sealOf(cameraKeyOf(seed), nonce, pictures) };
}

/** The face engine, behind the check of seals where the machine has them. */
export function judgeOf(
  { profile, seed }: Plan,
  face: FaceEngine,
  source: FrameSource,
): Pick<FaceEngine, "handle"> {
  if (profile.policies.frame_seals === undefined) return face;
  return new SealedEngine(face, source, cameraKeyOf(seed));
}
