/** What an auditor asks of a run, answered from its trace alone. @module */
export { type Audit, auditOf, auditSchema, FACTORS } from "./audit.ts";
export { AUDIT_COLUMNS, auditCsv } from "./csv.ts";
export {
  DIFFERENCE_WHYS,
  reconcile,
  type Reconciliation,
  reconciliationSchema,
} from "./reconciliation.ts";
