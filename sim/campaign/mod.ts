/**
 * The campaign: the search for the run that breaks a sentence.
 *
 *   seed ─► plans ─► runs ─► oracles ─► tally ─► report        a failing plan ─► shrunk ─► a regression
 *
 * @module
 */
export { Campaign, type CampaignOptions } from "./campaign.ts";
export {
  breaks,
  compareWithRecorded,
  type Finding,
  isSame,
  RECORDED_SHARE,
  RENDERED_SHARE,
  tryPlan,
} from "./attempt.ts";
export { coverageTable } from "./coverage.ts";
export {
  EMPTY_PAGES,
  entriesOn,
  Gallery,
  type GalleryPages,
  hangPictures,
  mergedPages,
} from "./gallery/mod.ts";
export {
  CAMPAIGN_PROFILES,
  type CampaignProfile,
  type Generator,
  planAt,
  TOWN,
} from "./generate/mod.ts";
export { type Mutant, mutantCalled, MUTANTS, mutated } from "./mutants/mod.ts";
export { neverReached, SOMETIMES } from "./sometimes.ts";
export { entriesOf, shrunk } from "./shrink.ts";
export { added, type Failure, NO_RUNS, reportHash, type Search, type Tally } from "./tally.ts";
export {
  type CampaignReport,
  failureText,
  hashOf,
  mergedReports,
  reportOf,
  reportText,
} from "./report.ts";
