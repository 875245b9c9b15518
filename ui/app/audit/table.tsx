/**
 * Many runs side by side: filtered, sorted, and taken away as a table.
 *
 * @module
 */
import { useMemo, useState } from "preact/hooks";
import { hasText } from "../../../core/locale/mod.ts";
import { fen, micros } from "../../../core/units.ts";
import { auditCsv } from "../../../sim/audit/mod.ts";
import type { DeepLink } from "../deep_link.ts";
import { formatDeepLink } from "../deep_link.ts";
import { type Say, useFormat, useLanguage, useSay } from "../language.tsx";
import type { AuditRow } from "./fetch.ts";
import type { TitleOf } from "../run_title.ts";
import { EVERYTHING, type Filter, shownOf, type Sort, type SortName, valuesOf } from "./filter.ts";
import { decidingScore, Judged } from "./judged.tsx";
import { save } from "./save.ts";

/** Rows on the page until somebody wants the others; the table that is saved has all. */
const SHOWN_MAX = 500;

interface Props {
  readonly rows: readonly AuditRow[];
  readonly title: TitleOf;
}

const HEADS: readonly (readonly [key: string, sort: SortName | null])[] = [
  ["audit-when", "when"],
  ["audit-scenario", "scenario"],
  ["factor-customer", null],
  ["panel-result", "outcome"],
  ["audit-decided", "decided"],
  ["audit-against", null],
  ["result-duration", "duration"],
  ["audit-money", "money"],
];

export function AuditTable({ rows, title }: Props) {
  const say = useSay();
  const format = useFormat();
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const [sort, setSort] = useState<Sort>({ by: "when", down: true });
  const [whole, setWhole] = useState(false);
  const passed = useMemo(() => shownOf(rows, filter, sort, title), [rows, filter, sort, title]);
  const shown = whole ? passed : passed.slice(0, SHOWN_MAX);
  const sortBy = (by: SortName) => setSort({ by, down: sort.by === by ? !sort.down : false });
  return (
    <section class="audit-runs">
      <h2>{say("audit-table")}</h2>
      <Filters
        {...{ rows, filter, onFilter: setFilter }}
        count={say("log-count", { shown: String(shown.length), all: String(rows.length) })}
        onSave={() => save("atm-twin-audits.csv", "text/csv", auditCsv(passed))}
      />
      {shown.length === 0
        ? <p class="empty">{say("audit-none")}</p>
        : (
          <div class="audit-scroll" tabIndex={0} role="region" aria-label={say("audit-table")}>
            <table class="audit-table">
              <thead>
                <tr>
                  {HEADS.map(([key, by]) => (
                    <th
                      key={key}
                      scope="col"
                      aria-sort={by !== sort.by
                        ? undefined
                        : sort.down
                        ? "descending"
                        : "ascending"}
                    >
                      {by === null
                        ? say(key)
                        : <button type="button" onClick={() => sortBy(by)}>{say(key)}</button>}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map((row) => <Row key={row.id} row={row} title={title(row)} />)}
              </tbody>
            </table>
          </div>
        )}
      {shown.length < passed.length && (
        <button
          type="button"
          class="quiet audit-rest"
          onClick={() => setWhole(true)}
        >
          {say("audit-any")} · {format.integer(passed.length)}
        </button>
      )}
    </section>
  );
}

function Row({ row, title }: { readonly row: AuditRow; readonly title: string }) {
  const say = useSay();
  const language = useLanguage();
  const format = useFormat();
  const score = decidingScore(row);
  const link: Partial<DeepLink> = { page: "audit", run: row.id, lang: language };
  return (
    <tr data-run={row.id}>
      <td>
        {row.started_ms !== null && (
          <time>
            {format.date(row.started_ms)} {format.timeOfDay(row.started_ms)}
          </time>
        )}
      </td>
      <th scope="row">
        <a href={formatDeepLink(link)}>{title}</a> <small>{row.seed}</small>
      </th>
      <td>
        <code>{row.who ?? "–"}</code>
      </td>
      <td>
        <span class="outcome" data-outcome={row.outcome}>{named(say, "outcome", row.outcome)}</span>
      </td>
      <td>{say(`factor-${row.decided_by}`)}</td>
      <td>{score === null ? "–" : <Judged {...score} />}</td>
      <td>{row.started_ms === null ? "–" : format.seconds(micros(row.session_ms * 1_000))}</td>
      <td>
        <span class="settled" data-state={row.money.state}>
          {say(`settled-${row.money.state}`)}
        </span>{" "}
        {row.money.taken_fen > 0 && format.yuan(fen(row.money.taken_fen))}
        {row.findings.length > 0 && (
          <span class="badge" data-tone="bad">{say("marker-oracle")}: {row.findings.length}</span>
        )}
      </td>
    </tr>
  );
}

interface FiltersProps {
  readonly rows: readonly AuditRow[];
  readonly filter: Filter;
  readonly count: string;
  readonly onFilter: (filter: Filter) => void;
  readonly onSave: () => void;
}

function Filters({ rows, filter, count, onFilter, onSave }: FiltersProps) {
  const say = useSay();
  const change = (some: Partial<Filter>) => onFilter({ ...filter, ...some });
  return (
    <form class="audit-filters" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>{say("audit-search")}</span>
        <input
          type="search"
          value={filter.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </label>
      <Choice
        label={say("panel-result")}
        chosen={filter.outcome}
        values={valuesOf(rows, (row) => row.outcome)}
        name={(value) => named(say, "outcome", value)}
        onChoose={(outcome) => change({ outcome })}
      />
      <Choice
        label={say("audit-decided")}
        chosen={filter.decided_by}
        values={valuesOf(rows, (row) => row.decided_by)}
        name={(value) => say(`factor-${value}`)}
        onChoose={(decided_by) => change({ decided_by })}
      />
      <Choice
        label={say("audit-money")}
        chosen={filter.money}
        values={valuesOf(rows, (row) => row.money.state)}
        name={(value) => say(`settled-${value}`)}
        onChoose={(money) => change({ money })}
      />
      <label class="audit-check">
        <input
          type="checkbox"
          checked={filter.broken}
          onChange={(event) => change({ broken: event.currentTarget.checked })}
        />
        <span>{say("audit-broken")}</span>
      </label>
      <output>{count}</output>
      <button type="button" class="quiet" onClick={onSave}>{say("audit-csv")}</button>
      <button type="button" class="quiet" onClick={() => print()}>{say("audit-print")}</button>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly chosen: string;
  readonly values: readonly string[];
  readonly name: (value: string) => string;
  readonly onChoose: (value: string) => void;
}

function Choice({ label, chosen, values, name, onChoose }: ChoiceProps) {
  const say = useSay();
  return (
    <label>
      <span>{label}</span>
      <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{say("audit-any")}</option>
        {values.map((value) => <option key={value} value={value}>{name(value)}</option>)}
      </select>
    </label>
  );
}

/** The text of a word of the trace; the word itself where no text is made for it. */
export function named(say: Say, family: string, word: string): string {
  return hasText(`${family}-${word}`) ? say(`${family}-${word}`) : word;
}
