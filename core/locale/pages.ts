/** What pages say that are loaded when somebody opens them: imported by those alone. @module */
import bo from "./pages/bo.ftl" with { type: "text" };
import en from "./pages/en.ftl" with { type: "text" };
import zh from "./pages/zh.ftl" with { type: "text" };
import { addTexts, type Sources } from "./text.ts";

export const PAGE_SOURCES: Sources = { bo, zh, en };

addTexts(PAGE_SOURCES);
