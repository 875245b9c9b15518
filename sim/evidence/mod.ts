/** Evidence: what a trace proves to somebody who was not there. @module */
export {
  type BundleCheck,
  type BundleManifest,
  checkBundle,
  checkProof,
  type InclusionProof,
  modelsOf,
  packBundle,
  type PackedRun,
  proveLine,
  readBundle,
  sameModels,
} from "./bundle.ts";
export { type Decisions, retakeDecisions } from "./decisions.ts";
export { type Difference, diffTraces, whereTheyPart } from "./diff.ts";
export { openBundle } from "./open_bundle.ts";
export { inclusionPath, isIncluded, leafHash, merkleRoot } from "./merkle.ts";
export {
  fingerprintOf,
  isPublicKey,
  isSigned,
  newKeys,
  openSigningKey,
  type SigningKey,
} from "./signature.ts";
export { type Check, verifyTrace } from "./verify.ts";
export { verifyBundle } from "./verify_bundle.ts";
