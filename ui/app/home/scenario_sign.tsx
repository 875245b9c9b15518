/**
 * A small picture for a scenario, from the words of its id; a plain one for words it does not know.
 *
 * @module
 */

/** From an ordinary visit to an attack or a failure. */
export const TONES = ["calm", "warn", "alarm"] as const;
export type Tone = (typeof TONES)[number];

/** First match wins. */
const SIGNS: readonly (readonly [word: RegExp, tone: Tone, path: string])[] = [
  [
    /spoof|attack|injected/,
    "alarm",
    "M9 7h22v26H9zM15 28q5-6 10 0M20 14a4 4 0 1 1-.01 0M4 36L36 4",
  ],
  [
    /twin|sibling|look-alike/,
    "warn",
    "M13 12a5 5 0 1 1-.01 0M27 12a5 5 0 1 1-.01 0M5 34q8-14 15-3M20 31q7-11 15 3",
  ],
  [/pin/, "warn", "M8 13h24v14H8zM14 20h.1M20 20h.1M26 20h.1"],
  [/power/, "alarm", "M22 5L10 22h9l-2 13 13-18h-9z"],
  [/network|host/, "alarm", "M7 17q13-12 26 0M12 23q8-7 16 0M20 31h.1M6 34L34 6"],
  [/jam|cassette/, "alarm", "M7 9h26v7H7zM7 22h11M22 22l11 9M7 31h26M22 31l5-9"],
  [/not-taken|forgot/, "warn", "M8 9h24M12 9v15h16V9M20 14a3 3 0 1 1-.01 0M14 31l6-4 6 4"],
  [/consent|covered/, "calm", "M20 5l13 5v9q0 11-13 16Q7 30 7 19v-9zM14 20l5 5 8-10"],
  [/first/, "calm", "M20 8a6 6 0 1 1-.01 0M9 33q11-16 22 0M31 9v8M27 13h8"],
  [/tibetan/, "calm", "M5 32L16 13l6 9 4-6 9 16zM27 8a3 3 0 1 1-.01 0"],
  [/./, "calm", "M6 12h28v17H6zM20 16a4.5 4.5 0 1 1-.01 0M10 16v.1M30 25v.1"],
];

export function toneOf(id: string): Tone {
  return SIGNS.find(([word]) => word.test(id))?.[1] ?? "calm";
}

export function ScenarioSign({ id }: { readonly id: string }) {
  const [, tone, path] = SIGNS.find(([word]) => word.test(id)) ?? [null, "calm", ""];
  return (
    <svg class="scenario-sign" data-tone={tone} viewBox="0 0 40 40" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
