/**
 * What a campaign has been through: states of the session against what reached them, and with which
 * faults.
 *
 * @module
 */
import { hasText } from "../../../core/locale/mod.ts";
import { useSay } from "../language.tsx";

/** As `sim/campaign/coverage.ts` names them. */
const EVENTS = ["touch", "key", "device", "host", "face", "timer"] as const;
const SEPARATOR = " · ";

interface Cell {
  readonly times: number;
  readonly faults: readonly string[];
}

interface Props {
  /** `state · event` and `state · event · fault`, how often each. */
  readonly counts: Readonly<Record<string, number>>;
}

export function CoverageTable({ counts }: Props) {
  const say = useSay();
  const cells = cellsOf(counts);
  const states = [...new Set([...cells.keys()].map((name) => name.split(SEPARATOR)[0] ?? ""))];
  const most = Math.max(1, ...[...cells.values()].map(({ times }) => times));
  return (
    <div class="coverage-view" tabIndex={0} role="region" aria-label={say("campaign-coverage")}>
      <table class="coverage">
        <thead>
          <tr>
            <th scope="col">{say("panel-session")}</th>
            {EVENTS.map((event) => <th key={event} scope="col">{say(`met-${event}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {states.toSorted().map((state) => (
            <tr key={state}>
              <th scope="row" title={state}>
                {hasText(`state-${state}`) ? say(`state-${state}`) : state}
              </th>
              {EVENTS.map((event) => (
                <CoverageCell
                  key={event}
                  cell={cells.get(`${state}${SEPARATOR}${event}`)}
                  most={most}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How often, and with how many faults; the more often the darker. */
function CoverageCell({ cell, most }: { readonly cell: Cell | undefined; readonly most: number }) {
  if (cell === undefined) return <td data-met="0">·</td>;
  const { times, faults } = cell;
  const depth = 1 + Math.round(3 * Math.log(times) / Math.log(most + 1));
  return (
    <td data-met={depth} title={faults.join(" ")}>
      {times}
      {faults.length > 0 && <small>+{faults.length}</small>}
    </td>
  );
}

function cellsOf(counts: Props["counts"]): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const [name, times] of Object.entries(counts)) {
    const [state = "", event = "", fault] = name.split(SEPARATOR);
    const key = `${state}${SEPARATOR}${event}`;
    const known = cells.get(key) ?? { times: 0, faults: [] };
    cells.set(
      key,
      fault === undefined ? { ...known, times } : { ...known, faults: [...known.faults, fault] },
    );
  }
  return cells;
}
