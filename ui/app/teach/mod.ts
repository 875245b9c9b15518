/** The trainer's pages, and their texts. @module */
import "../../../core/locale/lessons.ts";
export { HandoutPage } from "./handout.tsx";
export { TeachPage } from "./teach_page.tsx";
