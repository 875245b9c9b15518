/**
 * What the scenarios' JSON Schema allows at a place of a file.
 *
 * @module
 */

/** The parts of JSON Schema that ours is written in. */
export interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export type Path = readonly (string | number)[];

/** One thing that can stand here. */
export interface Offer {
  readonly text: string;
  readonly description: string;
}

/** Every alternative that fits at `path`. */
export function schemasAt(root: Schema, path: Path): readonly Schema[] {
  return path.reduce<readonly Schema[]>(
    (schemas, step) => schemas.flatMap((schema) => stepInto(schema, step)).flatMap(alternatives),
    alternatives(root),
  );
}

/** The keys that a mapping at `path` may have, those it has left out. */
export function keysAt(root: Schema, path: Path, present: readonly string[]): Offer[] {
  const keys = new Map<string, Offer>();
  for (const schema of schemasAt(root, path)) {
    for (const [text, { description = "" }] of Object.entries(schema.properties ?? {})) {
      if (!present.includes(text)) keys.set(text, { text, description });
    }
  }
  return [...keys.values()];
}

/** The values that are named at `path`; a mapping that could stand there is offered by its first key. */
export function valuesAt(root: Schema, path: Path): Offer[] {
  const offers = new Map<string, Offer>();
  for (const schema of schemasAt(root, path)) {
    const { description = "" } = schema;
    const named = schema.const === undefined ? schema.enum ?? [] : [schema.const];
    for (const value of schema.type === "boolean" ? [true, false] : named) {
      offers.set(String(value), { text: String(value), description });
    }
    const inSequence = typeof path.at(-1) === "number";
    const keys = inSequence ? Object.entries(schema.properties ?? {}) : [];
    const [first] = keys.filter(([key]) => schema.required?.includes(key) ?? true);
    if (first !== undefined) {
      const [key, inner] = first;
      offers.set(`${key}: `, { text: `${key}: `, description: inner.description ?? description });
    }
  }
  return [...offers.values()];
}

function stepInto(schema: Schema, step: string | number): readonly Schema[] {
  if (typeof step === "number") return typeof schema.items === "object" ? [schema.items] : [];
  const own = schema.properties?.[step];
  if (own !== undefined) return [own];
  const { additionalProperties: any } = schema;
  return typeof any === "object" ? [any] : [];
}

function alternatives(schema: Schema): readonly Schema[] {
  const inner = [...schema.anyOf ?? [], ...schema.oneOf ?? []];
  return inner.length === 0 ? [schema] : inner.flatMap(alternatives);
}
