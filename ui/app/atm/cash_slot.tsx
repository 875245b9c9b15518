/** Where the notes come out, and go back in. @module */
import type { Cash } from "../replay/mod.ts";

/** Notes drawn: a bunch looks like a bunch, whatever its number. */
const NOTES = [0, 1, 2, 3, 4];

interface Props {
  readonly cash: Cash;
  readonly shutterOpen: boolean;
}

export function CashSlot({ cash, shutterOpen }: Props) {
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
    </div>
  );
}
