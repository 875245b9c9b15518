/** The dialog for a fork, loaded when somebody first wants one. @module */
import { useEffect, useRef } from "preact/hooks";
import type { Micros } from "../../../core/units.ts";
import type { Run } from "../api.ts";
import type { DeepLink } from "../deep_link.ts";
import { Failure } from "../failure.tsx";
import { useSay } from "../language.tsx";
import { notLoaded } from "../late_code.ts";
import type { Replay } from "../replay/mod.ts";
import { useLoaded } from "../use_loaded.ts";

export interface Forking {
  readonly run: Run;
  readonly onGo: (link: Partial<DeepLink>) => void;
}

interface Props extends Forking {
  readonly replay: Replay;
  readonly at: Micros;
  readonly onClose: () => void;
}

const forkDialog = () => import("../fork/fork_dialog.tsx").catch(notLoaded);

export function ForkHere(props: Props) {
  const [loaded, retry] = useLoaded("fork", forkDialog);
  switch (loaded.state) {
    case "loading":
      return null;
    case "failed":
      return <NotHere error={loaded.error} onRetry={retry} onClose={props.onClose} />;
    case "loaded":
      return <loaded.value.ForkDialog {...props} />;
  }
}

interface NotHereProps {
  readonly error: Error;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** Stands where the dialog would: its code did not come. */
function NotHere({ error, onRetry, onClose }: NotHereProps) {
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="fork" aria-label={say("fork-here")} onClose={onClose}>
      <Failure error={error} onRetry={onRetry} />
      <div class="dialog-deeds">
        <button type="button" class="quiet" onClick={onClose}>{say("app-close")}</button>
      </div>
    </dialog>
  );
}
