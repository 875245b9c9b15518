/** The auditor's pages. @module */
export { AuditPage } from "./audit_page.tsx";
export { AuditSheet } from "./sheet.tsx";
export { Checks } from "./verification.tsx";
