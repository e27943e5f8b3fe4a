/** Whether two values of JSON say the same; a database may have given their keys another order. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [told(a), told(b)];
  return (
    left.length === right.length &&
    left.every((key) => sameContent((a as Keyed)[key], (b as Keyed)[key]))
  );
}

type Keyed = Readonly<Record<string, unknown>>;

/** What is undefined is not written. */
function told(value: object): readonly string[] {
  return Object.keys(value).filter((key) => (value as Keyed)[key] !== undefined);
}
