/** Where the browser begins. @module */
import { render } from "preact";
import { App } from "./app.tsx";
import type { Pages } from "./pages.tsx";

const PAGES: Pages = {
  teach: { title: "page-teach", load: async () => (await import("./teach/mod.ts")).TeachPage },
  handout: { title: null, load: async () => (await import("./teach/mod.ts")).HandoutPage },
  audit: { title: "page-audit", load: async () => (await import("./audit/mod.ts")).AuditPage },
  play: { title: "page-play", load: async () => (await import("./play/play_page.tsx")).PlayPage },
  edit: { title: "page-edit", load: async () => (await import("./edit/edit_page.tsx")).EditPage },
  campaign: {
    title: "page-campaign",
    load: async () => (await import("./campaign/campaign_page.tsx")).CampaignPage,
  },
};

const root = document.getElementById("app");
if (root === null) throw new Error("Cannot start: index.html has no element app");
render(<App pages={PAGES} />, root);
