/** A document of Shopify's has its bounds: what does not fit comes without what only explains it, or not at all. */
const MOST_BYTES = 20_000;

/** @param last what goes first where there is no room for all: what nobody has begun */
export function shortened<T extends object>(
  all: readonly T[],
  bareOf: (one: T) => T,
  last: (one: T) => boolean = () => false,
): readonly T[] {
  let left = MOST_BYTES;
  const takes = (one: T): number => new TextEncoder().encode(JSON.stringify(one)).length;
  const kept = new Set(
    all
      .toSorted((a, b) => Number(last(a)) - Number(last(b)))
      .filter((one) => (left -= takes(bareOf(one))) >= 0),
  );
  return all.flatMap((whole) => {
    if (!kept.has(whole)) return [];
    const bare = bareOf(whole);
    const more = takes(whole) - takes(bare);
    if (more > left) return [bare];
    left -= more;
    return [whole];
  });
}
