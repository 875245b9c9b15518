/** Kept runs: the port, and its adapter on embedded SQLite. @module */
export {
  type AuditRecord,
  NotKept,
  runIdOf,
  type RunRecord,
  type RunStore,
  type RunSummary,
  runSummarySchema,
  type RunToKeep,
} from "./record.ts";
export { openRunStore, type StoreBounds } from "./sqlite.ts";
