/** The trainer's pages. @module */
export { HandoutPage } from "./handout.tsx";
export { TeachPage } from "./teach_page.tsx";
