/** The trainer's pages, and their texts. @module */
import "../../../core/locale/lessons.ts";
import "../../../core/locale/pages.ts";
export { HandoutPage } from "./handout.tsx";
export { TeachPage } from "./teach_page.tsx";
