/**
 * Who stands at the machine, what they know, and what can be broken under their hands.
 *
 * What the customer knows is worked out here from their number; no plan and no trace tells it.
 *
 * @module
 */
import { useMemo, useState } from "preact/hooks";
import { personOf } from "../../../sim/people/mod.ts";
import { ownerOf, type Stand } from "../../../sim/plan/mod.ts";
import { useSay } from "../language.tsx";
import { Panel } from "../panels/panel.tsx";
import type { Moment } from "../replay/mod.ts";
import { FaultChoice } from "./fault_choice.tsx";
import { StandChoice } from "./stand_choice.tsx";
import type { Live } from "./use_live.ts";

interface Props {
  readonly live: Live;
  readonly moment: Moment;
}

export function HandsPanel({ live, moment }: Props) {
  const say = useSay();
  const owner = useMemo(() => live.plan && ownerOf(live.plan.scenario).person, [live.plan]);
  const [stand, setStand] = useState<Stand>({
    person: owner ?? 0,
    distance_cm: 45,
    attack: null,
    kin: "self",
  });
  const here = moment.visitor !== "absent";
  return (
    <Panel
      name="hands"
      title={say("panel-hands")}
      aside={
        <span class="badge" data-tone={here ? "good" : "neutral"}>
          {say(here ? "hands-here" : "hands-away")}
        </span>
      }
    >
      <StandChoice stand={stand} onChange={setStand} />
      <div class="hands-deeds">
        <button
          type="button"
          class="primary"
          data-deed="stand"
          onClick={() => live.do({ stand })}
        >
          {say(here ? "hands-change" : "hands-stand")}
        </button>
        <button
          type="button"
          class="quiet"
          data-deed="leave"
          disabled={!here}
          onClick={() => live.do({ leave: true })}
        >
          {say("hands-leave")}
        </button>
      </div>
      {owner !== null && <Knowledge person={owner} live={live} moment={moment} />}
      <Breaking live={live} faults={moment.faults} />
    </Panel>
  );
}

interface KnowledgeProps extends Props {
  readonly person: number;
}

/** The account holder's own numbers, to type or to have typed. */
function Knowledge({ person, live, moment }: KnowledgeProps) {
  const say = useSay();
  const { phone, idNumber, pin } = useMemo(() => personOf(person), [person]);
  const rows = [["id", idNumber], ["phone", phone], ["pin", pin]] as const;
  const type = (what: "id" | "phone" | "pin", length: number) => {
    const press = Array.from({ length }, (_, index) => `${what}${index}`);
    live.do({ press: [...press, "enter"] });
  };
  return (
    <dl class="knowledge">
      {rows.map(([what, text]) => (
        <div key={what}>
          <dt>{say(`knows-${what}`)}</dt>
          <dd>
            <code>{text}</code>
            <button
              type="button"
              class="link"
              data-deed={`type-${what}`}
              disabled={moment.keypad === null}
              onClick={() => type(what, text.length)}
            >
              {say("hands-type")}
            </button>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Breaking({ live, faults }: { readonly live: Live; readonly faults: readonly string[] }) {
  const say = useSay();
  const [fault, setFault] = useState("D8");
  const broken = faults.includes(fault);
  return (
    <div class="hands-deeds">
      <FaultChoice fault={fault} onChange={setFault} />
      <button
        type="button"
        class="quiet"
        data-deed="fault"
        onClick={() => live.do(broken ? { clear: fault } : { fault: { id: fault } })}
      >
        {say(broken ? "hands-mend" : "hands-break")}
      </button>
    </div>
  );
}
