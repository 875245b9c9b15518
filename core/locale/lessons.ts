/** What a trainer is told and says: imported by the trainer's pages, for nobody else carries it. @module */
import bo from "./lessons/bo.ftl" with { type: "text" };
import en from "./lessons/en.ftl" with { type: "text" };
import zh from "./lessons/zh.ftl" with { type: "text" };
import { addTexts, type Sources } from "./text.ts";

export const LESSON_SOURCES: Sources = { bo, zh, en };

addTexts(LESSON_SOURCES);
