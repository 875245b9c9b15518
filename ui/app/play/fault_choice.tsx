/** What breaks, from the catalogue of the code. @module */
import { FAULT_CATALOGUE } from "../../../sim/faults/mod.ts";
import { useSay } from "../language.tsx";

interface Props {
  readonly fault: string;
  readonly onChange: (fault: string) => void;
}

/** The catalogue speaks English: it is the code's own, and names what happens on the wire. */
export function FaultChoice({ fault, onChange }: Props) {
  const say = useSay();
  return (
    <label class="fault-choice">
      <span>{say("marker-fault")}</span>
      <select value={fault} lang="en" onChange={(event) => onChange(event.currentTarget.value)}>
        {FAULT_CATALOGUE.map(({ id, device, does }) => (
          <option key={id} value={id}>{id} · {device} · {does}</option>
        ))}
      </select>
    </label>
  );
}
