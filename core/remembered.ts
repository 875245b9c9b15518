/** Pure work remembered by what it was asked, in a memory that has an end. */

/** `work`, done once for each key; past `max` keys everything is forgotten and done again. */
export function remembered<K extends string | number, V>(
  max: number,
  work: (key: K) => V,
): (key: K) => V {
  const known = new Map<K, { readonly value: V }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = work(key);
    if (known.size >= max) known.clear();
    known.set(key, { value });
    return value;
  };
}
