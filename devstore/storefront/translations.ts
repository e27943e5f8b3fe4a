/** Locale files by dotted key: { points: { amount: { one } } } → "points.amount.one". */
export type Translations = Map<string, string>;

export function flatten(file: unknown, prefix = ''): Translations {
  const flat: Translations = new Map();
  if (typeof file !== 'object' || file === null) throw new Error('A locale file holds an object.');
  for (const [key, value] of Object.entries(file)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}
