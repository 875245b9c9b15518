/** Whether a second machine came to the same: the server, running the plan of a run of this tab. @module */
import { useSay } from "../language.tsx";
import { type Kept, useKept } from "./local_runs.ts";

const TONES: Readonly<Record<Kept, string>> = {
  keeping: "neutral",
  kept: "good",
  differs: "bad",
  not_kept: "neutral",
};

export function KeptBadge({ id }: { readonly id: string }) {
  const say = useSay();
  const kept = useKept(id);
  if (kept === null) return null;
  return (
    <span class="badge" data-kept={kept} data-tone={TONES[kept]} role="status">
      {kept === "keeping" && <i class="spinner" />} {say(`kept-${kept}`)}
    </span>
  );
}
