/** Where the browser begins. @module */
import { render } from "preact";
import { App } from "./app.tsx";
import type { Pages } from "./pages.tsx";

const PAGES: Pages = {
  play: { title: "page-play", load: async () => (await import("./play/play_page.tsx")).PlayPage },
  edit: { title: "page-edit", load: async () => (await import("./edit/edit_page.tsx")).EditPage },
};

const root = document.getElementById("app");
if (root === null) throw new Error("Cannot start: index.html has no element app");
render(<App pages={PAGES} />, root);
