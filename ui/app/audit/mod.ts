/** The auditor's pages, and their texts. @module */
import "../../../core/locale/pages.ts";
export { AuditPage } from "./audit_page.tsx";
export { bringAll } from "./fetch.ts";
export { AuditSheet } from "./sheet.tsx";
export { Checks, useVerification } from "./verification.tsx";
