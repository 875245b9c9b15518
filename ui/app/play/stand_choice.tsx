/** Who stands before the camera, and what they hold up. @module */
import { hasText } from "../../../core/locale/mod.ts";
import { ATTACK_SPECIES } from "../../../devices/camera/mod.ts";
import type { Stand } from "../../../sim/plan/mod.ts";
import { useSay } from "../language.tsx";

/** Nobody's customer. */
export const STRANGER: Stand = { person: 77, distance_cm: 45, attack: null, kin: "self" };

const KINS = ["self", "twin", "sibling", "cousin"] as const;
const PERSON_MAX = 99_999;

interface Props {
  readonly stand: Stand;
  readonly onChange: (stand: Stand) => void;
}

export function StandChoice({ stand, onChange }: Props) {
  const say = useSay();
  return (
    <div class="stand-choice">
      <label>
        <span>{say("stand-person")}</span>
        <input
          type="number"
          min={0}
          max={PERSON_MAX}
          value={stand.person}
          onChange={(event) => {
            const person = Math.trunc(Number(event.currentTarget.value));
            if (person >= 0 && person <= PERSON_MAX) onChange({ ...stand, person });
          }}
        />
      </label>
      <label>
        <span>{say("stand-kin")}</span>
        <select
          value={stand.kin}
          onChange={(event) => {
            const kin = KINS.find((each) => each === event.currentTarget.value);
            if (kin !== undefined) onChange({ ...stand, kin });
          }}
        >
          {KINS.map((kin) => <option key={kin} value={kin}>{say(`kin-${kin}`)}</option>)}
        </select>
      </label>
      <label>
        <span>{say("stand-attack")}</span>
        <select
          value={stand.attack ?? ""}
          onChange={(event) => {
            const species = event.currentTarget.value;
            const attack = ATTACK_SPECIES.find((each) => each === species) ?? null;
            onChange({ ...stand, attack });
          }}
        >
          <option value="">{say("attack-none")}</option>
          {ATTACK_SPECIES.map((each) => (
            <option key={each} value={each}>
              {hasText(`attack-${each}`) ? say(`attack-${each}`) : each}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say("stand-distance", { cm: String(stand.distance_cm) })}</span>
        <input
          type="range"
          min={25}
          max={90}
          step={5}
          value={stand.distance_cm}
          onChange={(event) =>
            onChange({ ...stand, distance_cm: Number(event.currentTarget.value) })}
        />
      </label>
    </div>
  );
}
