/**
 * The whole twin in one page: renderer, models, core, devices, bank and all scenarios run in this tab.
 *
 * @module
 */
import { render } from "preact";
import { answerFrom, type RunRequest, type ScenarioInfo } from "../app/api.ts";
import { App } from "../app/app.tsx";
import type { Pages } from "../app/pages.tsx";
import { PlayPage } from "../app/play/play_page.tsx";
import { openTwin, twinFrom } from "../app/twin/open_twin.ts";
import { answersOf, type KeptRun } from "./desk.ts";
import { inlinedJson, inlinedTwin } from "./inlined.ts";

const shelf = inlinedJson("shelf") as readonly ScenarioInfo[];
const PAGES: Pages = { play: { title: "page-play", load: () => Promise.resolve(PlayPage) } };

async function start(what: RunRequest, seed: number): Promise<KeptRun> {
  const text = "yaml" in what ? what.yaml : shelf.find(({ id }) => id === what.scenario)?.source;
  if (text === undefined) throw new Error("there is no such scenario");
  const twin = await openTwin();
  const { done } = twin.run(await twin.plan(text, seed), () => {});
  const { summary, trace } = await done;
  return { run: { ...summary, id: summary.root.slice(0, 16), created_ms: Date.now() }, trace };
}

twinFrom(inlinedTwin());
answerFrom(answersOf({ scenarios: shelf, runs: [], start }));
const root = document.getElementById("app");
if (root === null) throw new Error("Cannot start: the page has no element app");
render(<App pages={PAGES} />, root);
