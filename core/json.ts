/** Anything JSON can say; what may stand in a trace, a plan or a message. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/**
 * The one spelling of a JSON value: keys sorted by code unit, no white space, `undefined` left out.
 *
 * Hashes are taken over this text, so two programs that mean the same write the same bytes.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string") return inQuotes(value);
  if (typeof value === "number") {
    if (Number.isFinite(value)) return `${value}`;
    throw new RangeError(`Cannot write ${value} as JSON: it is not finite`);
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(",")}]`;
  const members = value as Members;
  let text = "";
  for (const name of sortedNames(members)) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text === "" ? "" : ","}${inQuotes(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** By code unit, which is how strings sort where nothing else is said; most stand so already. */
function sortedNames(members: Members): string[] {
  const names = Object.keys(members);
  let before = "";
  for (const name of names) {
    if (name < before) return names.sort();
    before = name;
  }
  return names;
}

/** Nothing that JSON escapes: no quote, backslash or control character, and no half of a pair. */
const AS_IT_IS = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function inQuotes(text: string): string {
  return AS_IT_IS.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Whether two JSON values have the same {@linkcode canonicalJson}, without writing either. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => sameJson(item, b[i]));
  }
  return sameMembers(a as Members, b as Members);
}

type Members = Readonly<Record<string, unknown>>;

/** What is undefined is not there. */
function sameMembers(a: Members, b: Members): boolean {
  let members = 0;
  for (const name in a) {
    const member = a[name];
    if (member === undefined) continue;
    if (!sameJson(member, b[name])) return false;
    members++;
  }
  for (const name in b) if (b[name] !== undefined) members--;
  return members === 0;
}

/**
 * The first name that stands twice in one object of a text that JSON can read; null: none does. Which of
 * the two is meant each reader decides for itself, and most take the last without a word.
 */
export function nameTwice(text: string): string | null {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === "{" || letter === "[") open.push(new Set());
    if (letter === "}" || letter === "]") open.pop();
    if (letter !== '"') continue;
    const start = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    if (!isName(text, at)) continue;
    const name: string = JSON.parse(text.slice(start, at + 1));
    const names = open.at(-1);
    if (names?.has(name)) return name;
    names?.add(name);
  }
  return null;
}

/** Whether what ends here stands before a colon; anything else in quotes is a value. */
function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (" \t\n\r".includes(text[at] ?? ".")) at++;
  return text[at] === ":";
}
