/** Error rates of the face models, measured as the standards measure them. @module */
export {
  compareAttempts,
  compareTransactions,
  type Comparisons,
  detCurve,
  type DetPoint,
  fnmrByGroup,
  fnmrByGroupWhenStrict,
  pointAtFmr,
  specialRates,
} from "./compare.ts";
export { type Groups, groupsOf, OF_PEOPLE, SPECIAL } from "./conditions.ts";
export { evaluationOf, type EvaluationReport, withMeasured } from "./evaluate.ts";
export { landmarkError, overlap } from "./geometry.ts";
export { ScoreHistogram } from "./histogram.ts";
export { type ModelCheck, verifyModels } from "./inventory.ts";
export {
  type Attempt,
  type LeftOut,
  type LiveScores,
  type ObserveOptions,
  observePeople,
  observePerson,
  observeRelative,
  type PersonObservation,
  RUNGS,
} from "./observe.ts";
export { evaluationPage } from "./page.ts";
export { acceptedAt, equalErrorRate, mean, percentile, rateOf, refusedAt } from "./rates.ts";
export {
  attackSceneOf,
  CALIBRATION,
  personOf,
  type Place,
  placeOf,
  type Range,
  sceneOf,
  type Split,
  type SplitName,
  SPLITS,
  TEST,
  TRAINING,
} from "./splits.ts";
export { type StageTime, timeStages } from "./stages.ts";
export { evaluationText, rateText } from "./text.ts";
