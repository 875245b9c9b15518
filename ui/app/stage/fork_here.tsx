/** The dialog for a fork, loaded when somebody first wants one. @module */
import { useEffect, useState } from "preact/hooks";
import type { Micros } from "../../../core/units.ts";
import type { Run } from "../api.ts";
import type { DeepLink } from "../deep_link.ts";
import type { Replay } from "../replay/mod.ts";

export interface Forking {
  readonly run: Run;
  readonly onGo: (link: Partial<DeepLink>) => void;
}

interface Props extends Forking {
  readonly replay: Replay;
  readonly at: Micros;
  readonly onClose: () => void;
}

type Dialog = typeof import("../fork/fork_dialog.tsx").ForkDialog;

export function ForkHere(props: Props) {
  const [dialog, setDialog] = useState<{ readonly Content: Dialog } | null>(null);
  useEffect(() => {
    let current = true;
    void import("../fork/fork_dialog.tsx").then(({ ForkDialog }) => {
      if (current) setDialog({ Content: ForkDialog });
    });
    return () => {
      current = false;
    };
  }, []);
  return dialog === null ? null : <dialog.Content {...props} />;
}
