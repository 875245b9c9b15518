/** The dashboard on the real simulator and the shipped scenarios, in headless Chromium. */
import type { Page } from "playwright-core";
import type { FacePipeline } from "../../core/face/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { openRunStore } from "../../sim/store/mod.ts";
import { serveDashboard } from "../../ui/server/mod.ts";
import { shelf } from "../../ui/server/shelf.ts";
import { simulatorOf } from "../../ui/server/simulator.ts";
import { closePages, theBrowser } from "./browser.ts";
import { LAPTOP, openPage, type View } from "./dashboard_page.ts";

export interface RealDashboard {
  readonly complaints: readonly string[];
  open(hash: string, view?: View): Promise<Page>;
}

let opened: Promise<FacePipeline> | undefined;

/** The models of this file's tests: opened by the first that asks, gone after the last. */
export function theModels(): Promise<FacePipeline> {
  return opened ??= openModels();
}

Deno.test.afterAll(async () => await (await opened)?.release());

/** A server of its own, on the browser of this file; its pages are gone afterwards. */
export async function withRealDashboard(
  use: (dashboard: RealDashboard) => Promise<void>,
): Promise<void> {
  const scenarios = await shelf();
  const pipeline = await theModels();
  const store = openRunStore(":memory:");
  const simulator = simulatorOf(scenarios, portsOf(pipeline));
  const server = await serveDashboard({ simulator, scenarios, store, version: "test" }, 0);
  const browser = await theBrowser();
  const complaints: string[] = [];
  try {
    await use({
      complaints,
      open: (hash, view = LAPTOP) => openPage(browser, server.url, hash, view, complaints),
    });
  } finally {
    await closePages(browser);
    await server.stop();
    store.close();
  }
}
