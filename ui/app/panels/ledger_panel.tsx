/** The bank's books: each entry as it was posted. @module */
import { memo } from "preact/compat";
import { hasText } from "../../../core/locale/mod.ts";
import { fen } from "../../../core/units.ts";
import { useFormat, useSay } from "../language.tsx";
import { at, type Moment, numberAt, type Replay, textAt } from "../replay/mod.ts";
import { Empty, Panel } from "./panel.tsx";

interface Props extends Pick<Moment, "ledger"> {
  readonly replay: Replay;
}

export const LedgerPanel = memo(function LedgerPanel({ ledger, replay }: Props) {
  const say = useSay();
  const format = useFormat();
  const entries = ledger.map((n) => ({ n, entry: at(replay.line(n), "entry") }));
  return (
    <Panel name="ledger" title={say("panel-ledger")}>
      {entries.length === 0 && <Empty text={say("ledger-none")} />}
      <ul class="ledger">
        {entries.toReversed().map(({ n, entry }) => {
          const kind = textAt(entry, "kind") ?? "";
          const wall_ms = numberAt(entry, "wall_ms");
          return (
            <li key={n} data-kind={kind}>
              <span class="ledger-kind">
                {hasText(`ledger-${kind}`) ? say(`ledger-${kind}`) : kind}
              </span>
              <span class="ledger-amount">
                {format.yuan(fen(numberAt(entry, "amount") ?? 0))}
              </span>
              <span class="ledger-way">
                <code>{textAt(entry, "debit")}</code> → <code>{textAt(entry, "credit")}</code>
              </span>
              <time>{wall_ms === null ? "" : format.timeOfDay(wall_ms)}</time>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
});
