/**
 * Documents are kept as they were published. Tiers once said themselves which products granted them:
 * those become memberships, so that what was bought under them goes on.
 */
import { z } from 'zod';

const formerLevel = z.looseObject({
  key: z.string(),
  name: z.string(),
  grantedByProducts: z.array(z.string()).default([]),
  grantDays: z.number().nullable().default(null),
});
const former = z.looseObject({
  tiers: z.looseObject({ levels: z.array(formerLevel) }),
  memberships: z.unknown().optional(),
});

/** What is no document of a former shape is left as it is. */
export function inPresentShape(document: unknown): unknown {
  const read = former.safeParse(document);
  if (!read.success) return document;
  const { tiers, memberships, ...rest } = read.data;
  const levels = tiers.levels.map(
    ({ grantedByProducts: _products, grantDays: _days, ...level }) => level,
  );
  const sold = tiers.levels.flatMap(({ key, name, grantedByProducts: products, grantDays }) =>
    products.length === 0
      ? []
      : [
          {
            ...{ key, name, enabled: true, tier: key },
            plans: [{ products, variants: [], length: grantDays, unit: 'days' }],
          },
        ],
  );
  return { ...rest, tiers: { ...tiers, levels }, memberships: memberships ?? sold };
}
