/**
 * The ISO 8583 messages between machine and bank, newest first; the newest opened field by field.
 *
 * @module
 */
import { memo } from "preact/compat";
import { useMemo } from "preact/hooks";
import { formatMoment, formatYuan, hasText } from "../../../core/locale/mod.ts";
import type { Language } from "../../../core/session/mod.ts";
import { fen, type Micros } from "../../../core/units.ts";
import { useLanguage, useSay } from "../language.tsx";
import { entriesOf, type Moment, type Replay, textAt } from "../replay/mod.ts";
import { type LinkState, linkStateOf } from "./link_state.ts";
import { Empty, Panel } from "./panel.tsx";
import { Unfolding } from "./unfolding.tsx";

/** Messages shown; older ones are in the log. */
const SHOWN_MAX = 8;

interface HostMessage {
  readonly key: string;
  readonly n: number;
  readonly t: Micros;
  readonly from: "atm" | "bank";
  /** How far it has come. */
  readonly seen: "sent" | "received" | "lost" | "refused";
  readonly mti: string;
  readonly message: Readonly<Record<string, unknown>>;
}

interface Props extends Pick<Moment, "messages"> {
  /** What the link says of itself. */
  readonly network: Moment["devices"][string] | undefined;
  readonly replay: Replay;
  readonly onOpen: (n: number) => void;
}

export const MessagesPanel = memo(function MessagesPanel(props: Props) {
  const { messages, network, replay, onOpen } = props;
  const say = useSay();
  const shown = useMemo(() => messagesOf(messages, replay), [messages, replay]);
  return (
    <Panel
      name="messages"
      title={say("panel-messages")}
      aside={<LinkBadge {...linkStateOf(network)} />}
    >
      {shown.length === 0 && <Empty text={say("messages-none")} />}
      <ul class="messages">
        {shown.map((message, index) => (
          // The newest is open; one that is no longer the newest begins anew, closed.
          <li
            key={`${message.key} ${index === 0}`}
            data-seen={message.seen}
            data-from={message.from}
          >
            <Unfolding open={index === 0} summary={<Head message={message} />}>
              {() => (
                <>
                  <Fields message={message} />
                  <button type="button" class="link" onClick={() => onOpen(message.n)}>
                    {formatMoment(message.t)}
                  </button>
                </>
              )}
            </Unfolding>
          </li>
        ))}
      </ul>
    </Panel>
  );
});

function LinkBadge({ up, faults }: LinkState) {
  const say = useSay();
  const whole = up && faults.length === 0;
  return (
    <span class="badge" data-tone={whole ? "good" : "bad"}>
      {whole || !up
        ? say(up ? "messages-up" : "messages-down")
        : `${say("marker-fault")} ${faults.join(" ")}`}
    </span>
  );
}

function Head({ message: { mti, from, seen } }: { readonly message: HostMessage }) {
  const say = useSay();
  const to = from === "atm" ? "bank" : "atm";
  return (
    <>
      <code>{mti}</code>
      <span class="message-name">{hasText(`mti-${mti}`) ? say(`mti-${mti}`) : mti}</span>
      <span class="message-way">{say(`from-${from}`)} → {say(`from-${to}`)}</span>
      <span class="message-seen">{say(`seen-${seen}`)}</span>
    </>
  );
}

function Fields({ message }: { readonly message: HostMessage }) {
  const say = useSay();
  const language = useLanguage();
  return (
    <table class="fields">
      <tbody>
        {entriesOf(message.message.fields).map(([element, value]) => (
          <tr key={element}>
            <td>{element}</td>
            <th scope="row">{hasText(`de-${element}`) ? say(`de-${element}`) : element}</th>
            <td>
              {fieldLines(element, value, language, say)
                .map((line) => <span key={line}>{line}</span>)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A field's value, one line for each part of a composed one. */
function fieldLines(
  element: string,
  value: unknown,
  language: Language,
  say: ReturnType<typeof useSay>,
): string[] {
  if ((element === "4" || element === "54") && typeof value === "number") {
    return [formatYuan(language, fen(value))];
  }
  if (element === "39" && typeof value === "string" && hasText(`rc-${value}`)) {
    return [`${value} · ${say(`rc-${value}`)}`];
  }
  return partsOf("", value);
}

/** `{face: {score: 0.8}}` → `face.score 0.8`. */
function partsOf(name: string, value: unknown): string[] {
  if (typeof value !== "object") return [`${name} ${value}`.trim()];
  const prefix = name === "" ? "" : `${name}.`;
  return entriesOf(value).flatMap(([part, inner]) => partsOf(`${prefix}${part}`, inner));
}

/** A message is recorded at each end of the link: both make one, newest first. */
function messagesOf(numbers: readonly number[], replay: Replay): HostMessage[] {
  const byKey = new Map<string, HostMessage>();
  for (const n of numbers) {
    const line = replay.line(n);
    if (line.type !== "host") continue;
    const mti = textAt(line.message, "mti") ?? "????";
    const stan = textAt(line.message, "fields", "11") ?? "";
    const name = `${line.from} ${mti} ${stan}`;
    const key = line.seen === "sent" ? `${name} ${n}` : openKey(byKey, name) ?? `${name} ${n}`;
    const sent = byKey.get(key);
    byKey.set(key, {
      key,
      n: sent?.n ?? n,
      t: sent?.t ?? (line.t as Micros),
      from: line.from,
      seen: line.seen,
      mti,
      message: line.message,
    });
  }
  return [...byKey.values()].reverse().slice(0, SHOWN_MAX);
}

/** The last message of this name that has not arrived. */
function openKey(byKey: ReadonlyMap<string, HostMessage>, name: string): string | undefined {
  return [...byKey.values()]
    .findLast((message) => message.key.startsWith(`${name} `) && message.seen === "sent")?.key;
}
