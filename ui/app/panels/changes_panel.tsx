/** Where two moments differ, place by place. @module */
import type { ComponentChildren } from "preact";
import { useSay } from "../language.tsx";
import { bareJson, type Change, picturesIn } from "../replay/mod.ts";
import { Empty, Panel } from "./panel.tsx";

/** More rows than anybody reads. */
const SHOWN_MAX = 60;

interface Props {
  readonly title: string;
  readonly changes: readonly Change[];
  readonly aside?: ComponentChildren;
  /** What the two columns are of. */
  readonly left: string;
  readonly right: string;
}

export function ChangesPanel({ title, changes, aside, left, right }: Props) {
  const say = useSay();
  return (
    <Panel name="changes" title={title} aside={aside}>
      {changes.length === 0
        ? <Empty text={say("changes-none")} />
        : (
          <div class="changes-view" tabIndex={0} role="group" aria-label={title}>
            <table class="changes">
              <thead>
                <tr>
                  <th scope="col">{say("changes-where")}</th>
                  <th scope="col">{left}</th>
                  <th scope="col">{right}</th>
                </tr>
              </thead>
              <tbody>
                {changes.slice(0, SHOWN_MAX).map(({ path, left, right }) => (
                  <tr key={path}>
                    <th scope="row">
                      <code>{breakable(path)}</code>
                    </th>
                    <Value value={left} />
                    <Value value={right} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </Panel>
  );
}

/** What stands there; a picture is seen, not read. */
function Value({ value }: { readonly value: unknown }) {
  const say = useSay();
  return (
    <td>
      <code>{value === undefined ? "–" : bareJson(value)}</code>
      {picturesIn(value).map((url) => (
        <img key={url} src={url} alt={say("page-take_receipt-title")} />
      ))}
    </td>
  );
}

/** A path breaks after a dot or an underscore before it breaks inside a word. */
function breakable(path: string) {
  return path.split(/(?<=[._])/).map((part, i) => i === 0 ? part : [<wbr key={i} />, part]);
}
