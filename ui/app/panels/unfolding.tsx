/** A `details` whose inside is made when somebody opens it. @module */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface Props {
  readonly summary: ComponentChildren;
  /** How it begins. */
  readonly open?: boolean;
  readonly children: () => ComponentChildren;
}

export function Unfolding({ summary, open = false, children }: Props) {
  const [unfolded, setUnfolded] = useState(open);
  return (
    <details open={unfolded} onToggle={(event) => setUnfolded(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {unfolded && children()}
    </details>
  );
}
