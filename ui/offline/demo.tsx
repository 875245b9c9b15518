/**
 * The whole twin in one page: renderer, models, core, devices, bank and all scenarios run in this tab.
 *
 * @module
 */
import { render } from "preact";
import type { Check } from "../../sim/evidence/mod.ts";
import { answerFrom, type RunRequest, type ScenarioInfo } from "../app/api.ts";
import { App } from "../app/app.tsx";
import { AuditPage } from "../app/audit/mod.ts";
import type { Pages } from "../app/pages.tsx";
import { PlayPage } from "../app/play/play_page.tsx";
import { HandoutPage, TeachPage } from "../app/teach/mod.ts";
import { openTwin, twinFrom } from "../app/twin/open_twin.ts";
import { answersOf, type KeptRun } from "./desk.ts";
import { inlinedJson, inlinedTwin } from "./inlined.ts";

const shelf = inlinedJson("shelf") as readonly ScenarioInfo[];
const PAGES: Pages = {
  teach: { title: "page-teach", load: () => Promise.resolve(TeachPage) },
  handout: { title: null, load: () => Promise.resolve(HandoutPage) },
  audit: { title: "page-audit", load: () => Promise.resolve(AuditPage) },
  play: { title: "page-play", load: () => Promise.resolve(PlayPage) },
};

async function start(what: RunRequest, seed: number): Promise<KeptRun> {
  const text = "yaml" in what ? what.yaml : shelf.find(({ id }) => id === what.scenario)?.source;
  if (text === undefined) throw new Error("there is no such scenario");
  const twin = await openTwin();
  const { done } = twin.run(await twin.plan(text, seed), () => {});
  const { summary, trace } = await done;
  return { run: { ...summary, id: summary.root.slice(0, 16), created_ms: Date.now() }, trace };
}

twinFrom(inlinedTwin());
const verify = async (trace: string, tell: (check: Check) => void) =>
  await (await openTwin()).verify(trace, tell);
answerFrom(answersOf({ scenarios: shelf, runs: [], start, verify }));
const root = document.getElementById("app");
if (root === null) throw new Error("Cannot start: the page has no element app");
render(<App pages={PAGES} />, root);
