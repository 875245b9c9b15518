/**
 * Reads the words of GLOSSARY.md and finds the syllables of a text that no word covers.
 *
 * Syllables are compared without tsheg and shad; the case endings written into a syllable (འི, ར, ས,
 * འམ, འང) are taken off when the syllable alone is unknown.
 */

/** The glossary's words as lists of syllables, longest first. */
export type Words = readonly (readonly string[])[];

export function glossary(markdown: string): Words {
  const [tables, grammar] = markdown.split("## Grammar");
  const rows = [...tables!.matchAll(/^\| ([^|]*[\u0f40-\u0fbc][^|]*) \|/gm)].map((row) => row[1]!);
  const particles = grammar!.split(/[·\n]/).filter((part) => /[\u0f40-\u0fbc]/.test(part));
  return [...rows, ...particles].map(syllablesOf).sort((a, b) => b.length - a.length);
}

/** The stretches of syllables that are in no word; empty when all is covered. */
export function isCovered(text: string, words: Words): string[] {
  const syllables = syllablesOf(text);
  const open: string[] = [];
  let place = 0;
  while (place < syllables.length) {
    const word = words.find((word) =>
      word.every((syllable, index) => same(syllables[place + index], syllable))
    );
    if (word === undefined) open.push(syllables[place]!);
    place += word?.length ?? 1;
  }
  return open;
}

function syllablesOf(text: string): string[] {
  return text.match(/[\u0f40-\u0fbc]+/g) ?? [];
}

function same(found: string | undefined, known: string): boolean {
  if (found === undefined) return false;
  return found === known || found.replace(/(འི|འམ|འང|ར|ས)$/, "") === known;
}
