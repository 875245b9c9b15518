/** What axe-core finds wrong with a page, for whoever cannot see it well or use a mouse. */
import axe from "axe-core";
import type { Page } from "playwright-core";

/** WCAG 2.2 AA and axe's own good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** One line for each thing that is wrong, with the first element that has it. */
export async function barriers(page: Page): Promise<string[]> {
  // Evaluated, not added to the page: its policy allows no script but its own.
  if (!await page.evaluate("'axe' in globalThis")) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (tags) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: { type: "tag", values: tags },
        // Of what is right, one element is told instead of all.
        resultTypes: ["violations"],
        // No rule of these reads the style sheets, which axe would fetch and parse each time.
        preload: { assets: ["media"] },
      }),
    TAGS,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id}: ${target.join(" ")}: ${failureSummary?.split("\n").slice(1).join(" ").trim()}`
    )
  );
}
