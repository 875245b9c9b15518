/** The face pipeline: detect, align, judge liveness, embed, compare 1:1. @module */
export {
  ALIGNED_SIZE,
  ALIGNED_TEMPLATE,
  fitSimilarity,
  inverse,
  type Point,
  type Similarity,
  transform,
  warp,
} from "./align.ts";
export { decodeFaces, type Detection } from "./detect.ts";
export { fits } from "./fits.ts";
export { modelBytes } from "./model_bytes.ts";
export {
  type DetectorMeasured,
  type EmbedderMeasured,
  filesOf,
  leftOutOf,
  type LivenessChannels,
  type LivenessMeasured,
  livenessThreshold,
  Manifest,
  type ModelEntry,
  type ModelFile,
  type ModelInput,
  type ModelName,
  Pack,
  parseManifest,
  parsePack,
  Rate,
  type Role,
  ROLES,
  settingsOf,
} from "./manifest.ts";
export { letterbox, squareOf, tensorOf } from "./input.ts";
export { Memo } from "./memo.ts";
export { checkModelHash, Model, ModelHashError } from "./model.ts";
export { type Exposure, exposureOf, type FrameSource, type Picture } from "./picture.ts";
export {
  createFacePipeline,
  FacePipeline,
  type FacePipelineOptions,
  type ModelBytes,
} from "./pipeline.ts";
export { livenessPlanes, PLANE_COUNT, PLANE_SIZE, squareAround } from "./planes.ts";
export { judgeQuality, measurePixels, QUALITY_LIMITS } from "./quality.ts";
export { type RandomBytes, ReferenceStore } from "./references.ts";
export { CANVAS_SCALE, CANVAS_SIZE, CANVAS_TEMPLATE, canvasOf, refined } from "./refine.ts";
export {
  type Channel,
  CHANNELS,
  type FaceRequest,
  type FaceResult,
  type FrameFinding,
  type FrameSet,
  type QualityProblem,
} from "./result.ts";
export type { OrtRuntime } from "./runtime.ts";
export { judgeLiveness, livenessPicture } from "./stages.ts";
export { SealedEngine, sealOf } from "./seal.ts";
export {
  assessed,
  type Assessment,
  commonestProblem,
  FaceRequestError,
  FaceService,
  isEnough,
  type JudgedFrame,
} from "./service.ts";
export { meanTemplate, similarity, type Template } from "./verify.ts";
export { decodeYunet, type YunetGrid } from "./yunet.ts";
