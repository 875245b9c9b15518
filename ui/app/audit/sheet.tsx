/**
 * One run on one sheet of paper: who, what, what was checked and with which result, what became of the
 * money, and whether it is proven.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import { fen, micros } from "../../../core/units.ts";
import type { DeepLink } from "../deep_link.ts";
import { useFormat, useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import type { AuditRow } from "./fetch.ts";
import { Judged } from "./judged.tsx";
import { named } from "./table.tsx";

interface Props {
  readonly row: AuditRow;
  readonly title: string;
  /** Where the rest of the dashboard is; absent: the sheet stands alone. */
  readonly onGo?: (link: Partial<DeepLink>) => void;
  /** The verification, done or to be done. */
  readonly children?: ComponentChildren;
}

export function AuditSheet({ row, title, onGo, children }: Props) {
  const say = useSay();
  const format = useFormat();
  const { id, scenario, seed } = row;
  const at = onGo && ((n: number) => onGo({ run: id, scenario, seed, n }));
  return (
    <article class="sheet">
      <header class="sheet-head">
        <PageTitle name={`${title} · ${say("page-audit")}`}>{title}</PageTitle>
        <span class="outcome" data-outcome={row.outcome}>{named(say, "outcome", row.outcome)}</span>
        <p>{named(say, "reason", row.reason)}</p>
        {onGo && (
          <div class="sheet-deeds">
            <button type="button" class="quiet" onClick={() => onGo({ page: "audit" })}>
              {say("audit-all")}
            </button>
            <button type="button" class="quiet" onClick={() => onGo({ run: id, scenario, seed })}>
              {say("audit-replay")}
            </button>
            <button type="button" class="quiet" onClick={() => print()}>
              {say("audit-print")}
            </button>
          </div>
        )}
      </header>
      <dl class="sheet-facts">
        <Fact name={say("factor-customer")}>
          <code>{row.who ?? "–"}</code>
        </Fact>
        <Fact name={say("audit-when")}>
          {row.started_ms === null
            ? "–"
            : `${format.date(row.started_ms)} ${format.timeOfDay(row.started_ms)}`}
        </Fact>
        <Fact name={say("result-duration")}>
          {row.started_ms === null ? "–" : format.seconds(micros(row.session_ms * 1_000))}
        </Fact>
        <Fact name={say("audit-decided")}>{say(`factor-${row.decided_by}`)}</Fact>
        <Fact name={say("audit-machine")}>
          <code>{row.machine}</code>
        </Fact>
        <Fact name={say("audit-scenario")}>
          <code>{scenario}</code> · {say("result-seed")} {seed}
        </Fact>
      </dl>
      <Factors row={row} onEvent={at} />
      <Money row={row} />
      <Findings row={row} onEvent={at} />
      <Ingredients row={row} />
      {children}
    </article>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface PartProps {
  readonly row: AuditRow;
  readonly onEvent: ((n: number) => void) | undefined;
}

function Factors({ row, onEvent }: PartProps) {
  const say = useSay();
  const { liveness, face, pin, bank, decided_by } = row;
  const event = (part: { line: number } | null) =>
    part !== null && <EventNumber n={part.line} onEvent={onEvent} />;
  const verdict = (part: { verdict: string } | null) =>
    part === null ? say("audit-not_asked") : named(say, "verdict", part.verdict);
  return (
    <section>
      <h2 id="sheet-factors">{say("audit-factors")}</h2>
      <div class="sheet-scroll" tabIndex={0} role="region" aria-labelledby="sheet-factors">
        <table>
          <thead>
            <tr>
              <th scope="col">{say("audit-check")}</th>
              <th scope="col">{say("audit-against")}</th>
              <th scope="col">{say("audit-verdict")}</th>
              <th scope="col">{say("audit-event")}</th>
            </tr>
          </thead>
          <tbody>
            <tr data-decided={decided_by === "liveness"}>
              <th scope="row">{say("factor-liveness")}</th>
              <td>{liveness ? <Judged {...liveness} /> : "–"}</td>
              <td>{verdict(liveness)}</td>
              <td>{event(liveness)}</td>
            </tr>
            <tr data-decided={decided_by === "face"}>
              <th scope="row">{say("factor-face")}</th>
              <td>{face ? <Judged {...face} /> : "–"}</td>
              <td>{verdict(face)}</td>
              <td>{event(face)}</td>
            </tr>
            <tr data-decided={decided_by === "pin"}>
              <th scope="row">{say("factor-pin")}</th>
              <td>–</td>
              <td>
                {pin === null
                  ? say("audit-not_asked")
                  : say(pin.accepted ? "journal-pin_accepted" : "journal-pin_refused")}
                {pin !== null && pin.refused > 0 && ` × ${pin.refused}`}
              </td>
              <td />
            </tr>
            <tr data-decided={decided_by === "bank"}>
              <th scope="row">{say("factor-bank")}</th>
              <td>–</td>
              <td>
                {bank === null ? say("audit-not_asked") : `${bank} · ${named(say, "rc", bank)}`}
              </td>
              <td />
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A number of the trace; on the dashboard it leads to that moment. */
function EventNumber({ n, onEvent }: { readonly n: number } & Pick<PartProps, "onEvent">) {
  if (onEvent === undefined) return <>{n}</>;
  return <button type="button" class="link" onClick={() => onEvent(n)}>{n}</button>;
}

function Money({ row: { money } }: { readonly row: AuditRow }) {
  const say = useSay();
  const format = useFormat();
  const amount = (value: number) => format.yuan(fen(value));
  return (
    <section aria-labelledby="sheet-money">
      <h2 id="sheet-money">
        {say("audit-money")}{" "}
        <span class="settled" data-state={money.state}>{say(`settled-${money.state}`)}</span>
      </h2>
      <dl class="sheet-facts">
        <Fact name={say("audit-debited")}>{amount(money.debited_fen)}</Fact>
        <Fact name={say("audit-reversed")}>{amount(money.reversed_fen)}</Fact>
        <Fact name={say("result-cash")}>{amount(money.taken_fen)}</Fact>
        <Fact name={say("audit-retracted")}>{amount(money.retracted_fen)}</Fact>
      </dl>
    </section>
  );
}

function Findings({ row, onEvent }: PartProps) {
  const say = useSay();
  return (
    <section aria-labelledby="sheet-rules">
      <h2 id="sheet-rules">{say("marker-oracle")}</h2>
      {row.findings.length === 0 ? <p>{say("audit-unbroken")}</p> : (
        <ul class="sheet-findings">
          {row.findings.map(({ oracle, finding, line }) => (
            <li key={`${oracle} ${line}`} lang="en">
              <b>{oracle}</b> {finding} <EventNumber n={line} onEvent={onEvent} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Ingredients({ row }: { readonly row: AuditRow }) {
  const say = useSay();
  const hashes = { ...row.models, [say("audit-printed")]: row.root };
  return (
    <section aria-labelledby="sheet-models">
      <h2 id="sheet-models">{say("audit-what_ran")}</h2>
      <dl class="sheet-hashes">
        <Fact name={say("audit-looks")}>{row.looks}</Fact>
        {Object.entries(hashes).map(([name, hash]) => (
          <Fact key={name} name={name}>
            <code lang="en">{hash}</code>
          </Fact>
        ))}
      </dl>
    </section>
  );
}
