/** Error rates of the face models, measured as the standards measure them. @module */
export {
  compareAttempts,
  compareTransactions,
  evaluateModels,
  type EvaluateOptions,
  type EvaluationReport,
  withMeasured,
} from "./evaluate.ts";
export { landmarkError, overlap } from "./geometry.ts";
export { type ModelCheck, verifyModels } from "./inventory.ts";
export { type Observations, observePeople, type PersonObservation, RUNGS } from "./observe.ts";
export {
  acceptedAt,
  equalErrorRate,
  mean,
  percentile,
  rateOf,
  refusedAt,
  thresholdAtFmr,
} from "./rates.ts";
export {
  attackSceneOf,
  CALIBRATION,
  personOf,
  type Place,
  placeOf,
  type Range,
  sceneOf,
  type Split,
  TEST,
  TRAINING,
} from "./splits.ts";
export { evaluationText, rateText } from "./text.ts";
