/** The auditor's pages. @module */
export { AuditPage } from "./audit_page.tsx";
export { bringAll } from "./fetch.ts";
export { AuditSheet } from "./sheet.tsx";
export { Checks, useVerification } from "./verification.tsx";
