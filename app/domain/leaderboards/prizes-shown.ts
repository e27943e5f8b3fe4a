/** Prizes by rank in a line each, for lists of changes: "1: 500", "2–3: 200, Free tea", "10 %: Fan". */
import { z } from 'zod';
import type { DraftDocument } from '../programme/draft.ts';

const figure = z.union([z.number(), z.string()]).nullable().catch(null);
const words = z.string().nullable().catch(null);
const rows = z
  .array(
    z.object({
      from: figure,
      to: figure,
      percent: figure,
      points: figure,
      reward: words,
      badge: words,
    }),
  )
  .catch([]);

export function rankPrizesShown(value: unknown, document?: DraftDocument): readonly string[] {
  const nameOf = (
    key: string | null,
    among: readonly { readonly key: string; readonly name: string }[] = [],
  ): readonly string[] => (key === null ? [] : [among.find((one) => one.key === key)?.name ?? key]);
  return rows.parse(value).map(({ from, to, percent, points, reward, badge }) => {
    const ranks = from === to ? `${from ?? ''}` : `${from ?? ''}–${to ?? ''}`;
    const given = [
      ...(Number(points) > 0 ? [String(points)] : []),
      ...nameOf(reward, document?.rewards),
      ...nameOf(badge, document?.badges),
    ];
    return `${percent === null ? ranks : `${percent} %`}: ${given.join(', ')}`;
  });
}
