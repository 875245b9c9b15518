/** Where the notes come out, and go back in. @module */
import { memo } from "preact/compat";
import { useSay } from "../language.tsx";
import type { Cash } from "../replay/mod.ts";

/** Notes drawn: a bunch looks like a bunch, whatever its number. */
const NOTES = [0, 1, 2, 3, 4];

interface Props {
  readonly cash: Cash;
  readonly shutterOpen: boolean;
  readonly onTake?: (() => void) | undefined;
}

export const CashSlot = memo(function CashSlot({ cash, shutterOpen, onTake }: Props) {
  const say = useSay();
  return (
    <div class="cash" data-cash={cash} data-open={shutterOpen}>
      <div class="cash-mouth">
        <div class="cash-notes" aria-hidden="true">
          {NOTES.map((note) => (
            <span key={note} class="note" data-note={note}>
              <i>100</i>
            </span>
          ))}
        </div>
        <div class="cash-shutter" />
      </div>
      <div class="cash-lip" />
      {onTake && cash === "presented" && (
        <button type="button" class="take" data-deed="take-cash" onClick={onTake}>
          {say("hands-take_cash")}
        </button>
      )}
    </div>
  );
});
