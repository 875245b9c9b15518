/** The dashboard on the real simulator and the shipped scenarios, in headless Chromium. */
import type { Page } from "playwright-core";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { openRunStore } from "../../sim/store/mod.ts";
import { serveDashboard } from "../../ui/server/mod.ts";
import { shelf } from "../../ui/server/shelf.ts";
import { simulatorOf } from "../../ui/server/simulator.ts";
import { launchChromium } from "./browser.ts";
import { LAPTOP, openPage, type View } from "./dashboard_page.ts";

export interface RealDashboard {
  readonly complaints: readonly string[];
  open(hash: string, view?: View): Promise<Page>;
}

/** One server, one browser; both are gone afterwards. */
export async function withRealDashboard(
  use: (dashboard: RealDashboard) => Promise<void>,
): Promise<void> {
  const scenarios = await shelf();
  const pipeline = await openModels();
  const store = openRunStore(":memory:");
  const simulator = simulatorOf(scenarios, portsOf(pipeline));
  const server = await serveDashboard({ simulator, scenarios, store, version: "test" }, 0);
  const browser = await launchChromium();
  const complaints: string[] = [];
  try {
    await use({
      complaints,
      open: (hash, view = LAPTOP) => openPage(browser, server.url, hash, view, complaints),
    });
  } finally {
    await browser.close();
    await server.stop();
    store.close();
    await pipeline.release();
  }
}
