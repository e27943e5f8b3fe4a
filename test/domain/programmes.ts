/** Programmes with nothing in them but what a test is about. */
import { orderRule } from '../../app/domain/earning/order-rule.ts';
import type { OrderRuleSettings } from '../../app/domain/earning/order-rule.ts';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../app/domain/programme/document.ts';
import { rewardDefinitions } from '../../app/domain/rewards/registry.ts';
import { termsOf } from '../../app/domain/programme/terms.ts';
import type { ShopTerms } from '../../app/domain/programme/terms.ts';

/** One point for every 1.00, no joining, no reviewing, no tiers, no badge and no challenge. */
export function programme(
  over: Partial<ProgrammeInput> = {},
  rule: Partial<OrderRuleSettings> = {},
): ProgrammeDocument {
  const first = firstDraft('Laurel');
  return programmeDocument.parse({
    ...first,
    earning: [
      {
        key: 'order',
        kind: 'order',
        name: 'Buying',
        enabled: true,
        settings: { ...orderRule.defaults, ...rule },
      },
    ],
    tiers: { ...first.tiers, levels: [] },
    badges: [],
    challenges: [],
    ...over,
  } satisfies ProgrammeInput);
}

export function tiers(
  levels: readonly (readonly [key: string, need: string, multiplier: string])[],
  over: Partial<ProgrammeInput['tiers']> = {},
): ProgrammeDocument['tiers'] {
  return programmeDocument.shape.tiers.parse({
    metric: 'spend',
    window: { kind: 'lifetime' },
    graceDays: 0,
    levels: levels.map(([key, need, multiplier]) => ({ key, name: key, need, multiplier })),
    ...over,
  });
}

const EVERY_SCOPE: ReadonlySet<string> = new Set(
  rewardDefinitions.all.flatMap(({ scopes = [] }) => scopes),
);

/** The shop with these versions, each in force from its moment. */
export function shopWith(
  versions: readonly (readonly [from: number, document: ProgrammeDocument])[],
  over: Partial<Omit<ShopTerms, 'versions'>> = {},
): ShopTerms {
  const currency = over.currency ?? 'USD';
  return {
    currency,
    timeZone: over.timeZone ?? 'Europe/Berlin',
    scopes: over.scopes ?? EVERY_SCOPE,
    versions: versions.map(([effectiveAt, document], index) =>
      termsOf({ version: index + 1, effectiveAt, document }, currency),
    ),
  };
}
