/**
 * The session's states by stage, the current one lit, those it came through marked.
 *
 * @module
 */
import { hasText, type Stage, STAGES } from "../../../core/locale/mod.ts";
import { useSay } from "../language.tsx";
import type { Moment } from "../replay/mod.ts";
import { Panel } from "./panel.tsx";

const NAMES = Object.keys(STAGES) as Stage[];

export function SessionPanel({ moment }: { readonly moment: Moment }) {
  const say = useSay();
  const { state, faults } = moment;
  const passed = sinceWelcome(moment.visited);
  return (
    <Panel
      name="session"
      title={say("panel-session")}
      aside={faults.length > 0 && (
        <span class="badge" data-tone="bad">{say("session-faults")} {faults.join(" ")}</span>
      )}
    >
      <ol class="stages">
        {NAMES.map((stage) => (
          <li
            key={stage}
            data-lit={STAGES[stage].some((name) => name === state)}
          >
            <span class="stage-name">{say(`stage-${stage}`)}</span>
            <span class="stage-states">
              {STAGES[stage].map((name) => (
                <span
                  key={name}
                  class="state"
                  title={name}
                  data-at={name === state ? "now" : passed.includes(name) ? "passed" : "ahead"}
                >
                  {hasText(`state-${name}`) ? say(`state-${name}`) : name}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** The states since the machine last waited for a customer. */
function sinceWelcome(visited: readonly string[]): readonly string[] {
  return visited.slice(Math.max(0, visited.lastIndexOf("idle")));
}
