/**
 * The whole twin in one page: renderer, models, core, devices, bank and all scenarios run in this tab.
 *
 * @module
 */
import { render } from "preact";
import { answerFrom, type ScenarioInfo } from "../app/api.ts";
import { App } from "../app/app.tsx";
import { AuditPage } from "../app/audit/mod.ts";
import { CampaignPage } from "../app/campaign/campaign_page.tsx";
import { EditPage } from "../app/edit/edit_page.tsx";
import type { Pages } from "../app/pages.tsx";
import { PlayPage } from "../app/play/play_page.tsx";
import { HandoutPage, TeachPage } from "../app/teach/mod.ts";
import { twinFrom } from "../app/twin/open_twin.ts";
import { answersOf } from "./desk.ts";
import { inlinedJson, inlinedTwin } from "./inlined.ts";
import { twinDesk } from "./twin_desk.ts";

const shelf = inlinedJson("shelf") as readonly ScenarioInfo[];
const PAGES: Pages = {
  teach: { title: "page-teach", load: () => Promise.resolve(TeachPage) },
  handout: { title: null, load: () => Promise.resolve(HandoutPage) },
  audit: { title: "page-audit", load: () => Promise.resolve(AuditPage) },
  play: { title: "page-play", load: () => Promise.resolve(PlayPage) },
  edit: { title: "page-edit", load: () => Promise.resolve(EditPage) },
  campaign: { title: "page-campaign", load: () => Promise.resolve(CampaignPage) },
};

twinFrom(inlinedTwin());
answerFrom(answersOf({ ...twinDesk(shelf), runs: [] }));
const root = document.getElementById("app");
if (root === null) throw new Error("Cannot start: the page has no element app");
render(<App pages={PAGES} />, root);
