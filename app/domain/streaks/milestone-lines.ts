interface Named {
  readonly key: string;
  readonly name: string;
}

interface MilestoneDraft {
  readonly at: number | string;
  readonly points: number | string;
  readonly reward: string | null;
  readonly badge: string | null;
  readonly multiplier: string;
  readonly days: number | string;
}

/** "7: 50 · Free tea · 2× (7 d)": as the list of changes shows them. */
export function milestoneLines(
  value: unknown,
  document: { readonly rewards: readonly Named[]; readonly badges: readonly Named[] } | undefined,
): readonly string[] {
  const milestones = Array.isArray(value) ? (value as readonly MilestoneDraft[]) : [];
  const nameOf = (key: string | null, among: readonly Named[] = []): string[] =>
    key === null ? [] : [among.find((one) => one.key === key)?.name ?? key];
  return milestones.map(({ at, points, reward, badge, multiplier, days }) => {
    const gives = [
      ...(Number(points) === 0 ? [] : [String(points)]),
      ...nameOf(reward, document?.rewards),
      ...nameOf(badge, document?.badges),
      ...(multiplier === '' ? [] : [`${multiplier}× (${days} d)`]),
    ];
    return `${at}: ${gives.join(' · ')}`;
  });
}
