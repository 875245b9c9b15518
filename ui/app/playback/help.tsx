/** The sheet of keys. @module */
import { useEffect, useRef } from "preact/hooks";
import { useSay } from "../language.tsx";
import { KEY_SHEET, type KeyRow } from "./use_keys.ts";

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  /** The key of this page alone, if it has one. */
  readonly own: KeyRow | null;
}

export function Help({ open, onClose, own }: Props) {
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={onClose}
      onKeyDown={(event) => event.key === "?" && onClose()}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div class="help-sheet">
        <h2 id="help-title">{say("help-title")}</h2>
        <dl>
          {[...KEY_SHEET, ...own === null ? [] : [own]].map(([keys, text]) => (
            <div key={keys}>
              <dt>{keys.split(" ").map((key) => <kbd key={key}>{key}</kbd>)}</dt>
              <dd>{say(text)}</dd>
            </div>
          ))}
        </dl>
        <button type="button" class="primary" onClick={onClose}>{say("app-close")}</button>
      </div>
    </dialog>
  );
}
