/** What core and devices say to each other, exchange by exchange, newest first. @module */
import { memo } from "preact/compat";
import { useMemo } from "preact/hooks";
import { formatMoment } from "../../../core/locale/mod.ts";
import { useSay } from "../language.tsx";
import type { Replay } from "../replay/mod.ts";
import { type Exchange, exchangesOf, exchangeUntil } from "./exchanges.ts";
import { Empty, Panel } from "./panel.tsx";
import { Unfolding } from "./unfolding.tsx";

/** Exchanges shown; older ones are in the log. */
const SHOWN_MAX = 12;

interface Props {
  /** The last line written. */
  readonly n: number;
  readonly replay: Replay;
  readonly onOpen: (n: number) => void;
}

export const ExchangesPanel = memo(function ExchangesPanel({ n, replay, onOpen }: Props) {
  const say = useSay();
  const all = useMemo(() => exchangesOf(replay.trace.lines), [replay]);
  const shown = useMemo(
    () =>
      all.flatMap((exchange) => exchangeUntil(exchange, n) ?? []).slice(-SHOWN_MAX).toReversed(),
    [all, n],
  );
  const waiting = shown.filter(({ to }) => to === null).length;
  return (
    <Panel
      name="exchanges"
      title={say("panel-exchanges")}
      aside={waiting > 0 && (
        <span class="badge" data-tone="neutral">{say("exchange-waiting")} · {waiting}</span>
      )}
    >
      {shown.length === 0 && <Empty text={say("exchange-none")} />}
      <ul class="exchanges">
        {shown.map((exchange) => <Row key={exchange.n} exchange={exchange} onOpen={onOpen} />)}
      </ul>
    </Panel>
  );
});

interface RowProps extends Pick<Props, "onOpen"> {
  readonly exchange: Exchange;
}

const Row = memo(function Row({ exchange, onOpen }: RowProps) {
  const say = useSay();
  return (
    <li data-open={exchange.to === null} data-good={isGood(exchange)}>
      <Unfolding
        summary={
          <>
            <code>{exchange.name}</code>
            <span class="exchange-device">{exchange.device}</span>
            <span class="exchange-end">{endOf(exchange, say("exchange-waiting"))}</span>
          </>
        }
      >
        {() => (
          <ol>
            {exchange.parts.map((part) => (
              <li key={part.n} data-type={part.type}>
                <button type="button" class="link" onClick={() => onOpen(part.n)}>
                  {formatMoment(part.t)}
                </button>
                <span>{say(`exchange-${part.type}`)}</span>
                <code>{part.name === exchange.name ? "" : part.name}</code>
                <Payload value={part.message.payload} />
              </li>
            ))}
          </ol>
        )}
      </Unfolding>
    </li>
  );
});

function Payload({ value }: { readonly value: unknown }) {
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) return null;
  return <pre lang="en" tabIndex={0}>{JSON.stringify(value, null, 1)}</pre>;
}

function isGood({ code }: Exchange): boolean {
  return code === null || code === "success" || code === "canceled";
}

/** The completion code and how long it took; of what came unasked nothing. */
function endOf({ code, from, to, parts }: Exchange, waiting: string): string {
  if (parts[0]?.type === "unsolicited") return "";
  if (to === null) return waiting;
  return `${code} · ${((to - from) / 1_000).toFixed(0)} ms`;
}
