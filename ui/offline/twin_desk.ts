/** What the page's twin does at the desk: runs scenarios, verifies traces. @module */
import type { RunRequest, ScenarioInfo } from "../app/api.ts";
import { openTwin } from "../app/twin/open_twin.ts";
import type { Desk, KeptRun } from "./desk.ts";

export function twinDesk(scenarios: readonly ScenarioInfo[]): Omit<Desk, "runs"> {
  return {
    scenarios,
    async start(what: RunRequest, seed: number): Promise<KeptRun> {
      const text = "yaml" in what
        ? what.yaml
        : scenarios.find(({ id }) => id === what.scenario)?.source;
      if (text === undefined) throw new Error("there is no such scenario");
      const twin = await openTwin();
      const { done } = twin.run(await twin.plan(text, seed), () => {});
      const { summary, trace } = await done;
      return { run: { ...summary, id: summary.root.slice(0, 16), created_ms: Date.now() }, trace };
    },
    async verify(trace, tell) {
      await (await openTwin()).verify(trace, tell);
    },
  };
}
