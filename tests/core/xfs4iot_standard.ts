/**
 * The standard's own list of messages, read from `xfs4iot_standard.txt`, and how a zod schema differs
 * from what it says there.
 */
import assert from "node:assert/strict";
import { z } from "zod";

export type Shape =
  | { readonly is: "int" | "number" | "bool" | "text" | "bytes" | "any" }
  | { readonly is: "enum"; readonly values: readonly string[] }
  | { readonly is: "list" | "map"; readonly of: Shape }
  | { readonly is: "ref"; readonly name: string }
  | { readonly is: "object"; readonly members: ReadonlyMap<string, Member> };
interface Member {
  readonly shape: Shape;
  readonly required: boolean;
}

export interface StandardMessage {
  readonly type: "command" | "completion" | "event" | "unsolicited";
  readonly name: string;
  readonly version: string;
  readonly payload: Shape;
}

export interface Standard {
  readonly messages: readonly StandardMessage[];
  readonly shapes: ReadonlyMap<string, Shape>;
}

export function readStandard(): Standard {
  const lines = Deno.readTextFileSync(new URL("xfs4iot_standard.txt", import.meta.url))
    .split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const shapes = new Map<string, Shape>();
  const messages: StandardMessage[] = [];
  for (const line of lines) {
    const [, type, name, version, text] = /^(\w+) (\S+) (?:(\d+\.\d+) )?(.*)$/.exec(line) ?? [];
    const payload = parse(text ?? "");
    if (type === "shape") shapes.set(name!, payload);
    else messages.push({ type, name, version, payload } as StandardMessage);
  }
  return { messages, shapes };
}

/** Reads the notation that the head of the list explains. */
function parse(text: string): Shape {
  const tokens = text.match(/[{}[\]<>():,|!@]|[\w.*]+/g) ?? [];
  let at = 0;
  const eat = (token: string) => assert.equal(tokens[at++], token, text);
  const list = (end: string) => {
    const words: string[] = [];
    while (tokens[at] !== end) if (tokens[at++] !== "|") words.push(tokens[at - 1]!);
    eat(end);
    return words;
  };
  const shape = (): Shape => {
    const token = tokens[at++];
    switch (token) {
      case "(":
        return { is: "enum", values: list(")") };
      case "[":
      case "<": {
        const of = shape();
        eat(token === "[" ? "]" : ">");
        return { is: token === "[" ? "list" : "map", of };
      }
      case "@":
        return { is: "ref", name: tokens[at++]! };
      case "{":
        return { is: "object", members: members() };
      default:
        assert.match(token ?? "", /^(int|number|bool|text|bytes|any)$/, text);
        return { is: token } as Shape;
    }
  };
  const members = (): Map<string, Member> => {
    if (tokens[at] !== "}" && !/^[:!]$/.test(tokens[at + 1]!)) {
      const required = false;
      return new Map(list("}").map((name) => [name, { shape: { is: "bool" }, required }]));
    }
    const found = new Map<string, Member>();
    while (tokens[at] !== "}") {
      const name = tokens[at++]!;
      const required = tokens[at] === "!";
      if (required) at++;
      eat(":");
      found.set(name, { shape: shape(), required });
      if (tokens[at] === ",") at++;
    }
    eat("}");
    return found;
  };
  const whole = shape();
  assert.equal(at, tokens.length, text);
  return whole;
}

type Json = z.core.JSONSchema.JSONSchema;

/** What a schema says otherwise than the standard, each as `where: what`. */
export function differences(schema: z.ZodType, shape: Shape, standard: Standard): string[] {
  const json = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as Json;
  return compare("payload", json, shape, standard);
}

function compare(where: string, json: Json, shape: Shape, standard: Standard): string[] {
  const differs = (what: string) => [`${where}: ${what}`];
  const typed = (type: string) =>
    json.type === type ? [] : differs(`is a ${shape.is}, not ${JSON.stringify(json).slice(0, 80)}`);
  if (json.anyOf !== undefined) {
    const fits = json.anyOf.some((each) => {
      return typeof each === "object" && compare(where, each, shape, standard).length === 0;
    });
    return fits ? [] : differs("none of its alternatives is the standard's");
  }
  switch (shape.is) {
    case "ref": {
      const found = standard.shapes.get(shape.name);
      assert(found !== undefined, `the shape ${shape.name} is in the list`);
      return compare(where, json, found, standard);
    }
    case "any":
      return [];
    case "int":
      return typed("integer");
    case "number":
      return typed("number");
    case "bool":
      return typed("boolean");
    case "text":
    case "bytes":
      return typed("string");
    case "enum": {
      const ours = json.enum ?? (json.const === undefined ? [] : [json.const]);
      const more = ours.filter((each) => !shape.values.includes(String(each)));
      const less = shape.values.filter((each) => !ours.includes(each));
      return [
        ...(more.length > 0 ? differs(`has ${more} besides`) : []),
        ...(less.length > 0 ? differs(`lacks ${less}`) : []),
      ];
    }
    case "list":
      return [...typed("array"), ...compare(`${where}[]`, json.items as Json, shape.of, standard)];
    case "map":
      return [
        ...typed("object"),
        ...compare(`${where}{}`, json.additionalProperties as Json ?? {}, shape.of, standard),
      ];
    case "object":
      return [...typed("object"), ...compareMembers(where, json, shape.members, standard)];
  }
}

function compareMembers(
  where: string,
  json: Json,
  members: ReadonlyMap<string, Member>,
  standard: Standard,
): string[] {
  const ours = new Map(Object.entries(json.properties ?? {}) as [string, Json][]);
  const rest = json.additionalProperties;
  const names = (json.propertyNames as Json | undefined)?.enum;
  // A record over an enumeration says the same of each of its names.
  for (const name of names ?? []) ours.set(String(name), rest as Json);
  const open = names === undefined && typeof rest === "object" && Object.keys(rest).length > 0;
  const found: string[] = [];
  for (const [name, { shape, required }] of members) {
    const member = name === "*" ? (open ? rest : undefined) : ours.get(name);
    if (member === undefined) {
      if (!(open || (name === "*" && names !== undefined))) found.push(`${where}: lacks ${name}`);
      continue;
    }
    found.push(...compare(`${where}.${name}`, member, shape, standard));
    if (name !== "*" && (json.required ?? []).includes(name) !== required) {
      found.push(`${where}.${name}: ${required ? "must be there" : "may be absent"}`);
    }
  }
  for (const name of ours.keys()) {
    if (!members.has(name) && !members.has("*")) found.push(`${where}: has ${name} besides`);
  }
  return found;
}
