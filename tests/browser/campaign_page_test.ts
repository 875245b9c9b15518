/** The developer's search in the page: nothing breaks by itself; a wrong part is caught and replayed. */
import assert from "node:assert/strict";
import { hasChromium } from "./browser.ts";
import { cutTexts, goTo, screenshot, withDashboard } from "./dashboard_page.ts";
import { withRealDashboard } from "./real_page.ts";

const ignore = !hasChromium;
/** The twin opens and runs on whatever processor is left: patience, not a measurement. */
const PATIENCE = { timeout: 120_000 };
const RUNS = '.campaign-order input[max="5000"]';

Deno.test(
  { name: "campaign: in the page, from a quiet one to a wrong part replayed", ignore },
  async () => {
    await withRealDashboard(async ({ open, complaints }) => {
      const page = await open("#page=campaign&lang=bo");
      await page.waitForSelector(".campaign-order");
      await page.fill(RUNS, "6");
      await page.click(".campaign-order .primary");
      await page.waitForSelector('.campaign-facts[data-broken="0"]', PATIENCE);
      await page.waitForSelector(".campaign-order .primary", PATIENCE);
      assert.equal(await page.locator(".campaign-facts dd").first().textContent(), "6");
      assert.ok(await page.locator(".coverage tbody tr").count() > 10);
      assert.deepEqual(await cutTexts(page), []);
      await screenshot(page, "campaign-bo-light-1280", "page");

      await page.locator(".campaign-order select").nth(1).selectOption({ label: "never-debits" });
      await page.fill(RUNS, "30");
      await page.click(".campaign-order .primary");
      await page.waitForSelector('[data-deed="watch-failure"]', PATIENCE);
      await screenshot(page, "campaign-caught-bo-light-1280", "page");
      await page.click('[data-deed="watch-failure"]');
      await page.waitForSelector(".stage", PATIENCE);
      assert.deepEqual(complaints, []);
    });
  },
);

Deno.test(
  { name: "campaign: stopped while the twin opens, it is over at once", ignore },
  async () => {
    await withDashboard(async ({ open, complaints }) => {
      const page = await open("#lang=en");
      await page.waitForSelector(".card h2");
      const slow = Promise.withResolvers<void>();
      await page.route("**/twin/setting.json", async (route) => {
        await slow.promise;
        await route.continue();
      });
      await goTo(page, "page=campaign&lang=en");
      await page.click(".campaign-order .primary");
      await page.waitForSelector(".working-on");
      await page.click(".campaign-order .quiet");
      await page.waitForSelector(".working-on", { state: "detached" });
      await page.waitForSelector(".campaign-order .primary");
      assert.equal(await page.locator(".failure").count(), 0);
      assert.deepEqual(complaints, []);
      slow.resolve();
    });
  },
);
