/**
 * Scores by their first ten bits: as many counts as there are buckets tell how many members are above a
 * score, whatever the size of the board. Small scores have a bucket each. The database says the same
 * (score_bucket).
 */
const EXACT_BELOW = 1024;

export function bucketOf(score: number): number {
  if (score < EXACT_BELOW) return Math.max(0, score);
  const shift = Math.floor(Math.log2(score)) - 9;
  // The logarithm of what lies just below a power of two may be rounded up to it.
  const exact = score < 2 ** (shift + 9) ? shift - 1 : shift;
  return exact * 512 + Math.floor(score / 2 ** exact);
}

/** The highest score of a bucket. */
export function bucketTop(bucket: number): number {
  if (bucket < EXACT_BELOW) return bucket;
  const shift = Math.floor(bucket / 512) - 1;
  return (bucket - shift * 512 + 1) * 2 ** shift - 1;
}

/** Of so many: 1 for the first hundredth of them, 100 for the last. */
export function percentile(rank: number, of: number): number {
  return of === 0 ? 100 : Math.max(1, Math.min(100, Math.ceil((rank * 100) / of)));
}

/** Ranks of those that follow each other, best first: who has as much has the same rank: 1, 2, 2, 4. */
export function ranksFrom<T extends { readonly score: number }>(
  first: number,
  sorted: readonly T[],
): readonly (T & { readonly rank: number })[] {
  let rank = first;
  return sorted.map((one, index) => {
    if (index > 0 && sorted[index - 1]?.score !== one.score) rank = first + index;
    return { ...one, rank };
  });
}
