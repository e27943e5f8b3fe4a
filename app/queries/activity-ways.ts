import { inForce } from '../domain/programme/terms.ts';
import type { EarningRuleTerms } from '../domain/programme/terms.ts';
import type { StreakTerms } from '../domain/streaks/streak-terms.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

/** What a member can say at the storefront that they did. */
export interface ActivityWay {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly points: number;
  /** What the page must send along, or where it leads to. */
  readonly with: Readonly<Record<string, string>>;
}

const SHOWN = ['network', 'url', 'survey', 'action'] as const;
const TOLD_BY_MEMBERS: ReadonlySet<string> = new Set([
  'visit',
  'social-follow',
  'social-share',
  'survey',
  'birthday',
  'receipt',
  'custom',
]);
const memory = makeTermsMemory();

/** Of the version in force; empty while no programme is. */
export async function activityWays(world: World, shopId: string): Promise<readonly ActivityWay[]> {
  const terms = inForce(await readShopTerms(world.db(shopId), shopId, memory), world.now());
  const ways = (terms?.earning ?? []).filter(isForMembers).map(wayOf);
  return [...ways, ...visitsForStreaks(ways, terms?.streaks ?? [])];
}

/** A visit that nothing is paid for can still keep a streak alive. */
function visitsForStreaks(
  ways: readonly ActivityWay[],
  streaks: readonly StreakTerms[],
): ActivityWay[] {
  const streak = streaks.find(({ of }) => of.includes('visit'));
  if (!streak || ways.some(({ kind }) => kind === 'visit')) return [];
  const { key, name } = streak;
  return [{ key, name, kind: 'visit', points: 0, with: {} }];
}

function isForMembers({ definition: { kind }, settings }: EarningRuleTerms): boolean {
  if (!TOLD_BY_MEMBERS.has(kind)) return false;
  return kind !== 'custom' || (settings as { readonly claimable?: boolean }).claimable === true;
}

function wayOf({ key, name, definition, settings }: EarningRuleTerms): ActivityWay {
  const rule = settings as Readonly<Record<string, unknown>>;
  const shown = SHOWN.flatMap((setting) => {
    const value = rule[setting];
    return typeof value === 'string' && value !== '' ? [[setting, value] as const] : [];
  });
  const { points } = definition.offer(settings);
  return { key, name, kind: definition.kind, points, with: Object.fromEntries(shown) };
}
