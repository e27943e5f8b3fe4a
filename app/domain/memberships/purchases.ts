/**
 * Memberships that are sold: which pieces of a member's orders bought a term of one, by the version
 * of the programme under which they came.
 */
import type { Standing } from '../orders/standing.ts';
import type { ProgrammeTerms, ShopTerms } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';

/** A membership as one version of the programme sells it. */
export interface MembershipTerms {
  readonly key: string;
  readonly name: string;
  /** The tier that it grants; null where it grants none. */
  readonly tier: string | null;
  readonly plans: readonly Plan[];
  readonly graceDays: number;
  /** Days before its end at which the member is told; 0 for never. */
  readonly noticeDays: number;
  /** Most members who may have it at a time; null for any number. */
  readonly limit: number | null;
  /** Key of the reward that is given with each piece that is bought. */
  readonly reward: string | null;
}

export interface Plan {
  readonly products: readonly string[];
  readonly variants: readonly string[];
  /** Null for good. */
  readonly length: number | null;
  readonly unit: 'days' | 'months';
}

/** One piece that bought one term. */
export interface Purchase {
  readonly membership: MembershipTerms;
  readonly plan: Plan;
  readonly orderId: string;
  /** Line and number of the piece among those of the line, e.g. "501.1". */
  readonly piece: string;
  /** When it came and was paid. */
  readonly from: Moment;
  /** When it was given back; null while it is kept. */
  readonly lostAt: Moment | null;
  readonly version: number;
}

/** More pieces of one line than this buy nothing more. */
const MOST_PIECES = 100;

/** Whether anything runs: who only gets a reward for buying has nothing that could end. */
export function runs({ membership, plan }: Pick<Purchase, 'membership' | 'plan'>): boolean {
  return membership.tier !== null || plan.length !== null;
}

/**
 * Oldest first. Terms are those of the version in force when the piece came; of what was bought
 * before the first version, those of the first.
 */
export function purchasesOf(standings: readonly Standing[], shop: ShopTerms): readonly Purchase[] {
  if (!shop.versions.some(({ memberships }) => memberships.length > 0)) return [];
  return standings
    .flatMap((standing) => {
      const pieces = (standing.pieces ?? []).filter(
        ([, , , , from, lostAt]) => !(lostAt !== null && lostAt <= from),
      );
      const numbers = new Map<string, number>();
      return pieces.flatMap(([lineId, product, variant, quantity, from, lostAt]) => {
        const first = numbers.get(lineId) ?? 0;
        numbers.set(lineId, first + quantity);
        const terms = termsAt(shop, from);
        return soldAs(terms, product, variant).flatMap(([membership, plan]) =>
          Array.from({ length: Math.min(quantity, MOST_PIECES) }, (_, number): Purchase => ({
            ...{ membership, plan, orderId: standing.orderId, from, lostAt },
            piece: `${lineId}.${first + number + 1}`,
            version: terms?.version.version ?? 0,
          })),
        );
      });
    })
    .sort(byMoment);
}

function termsAt(shop: ShopTerms, at: Moment): ProgrammeTerms | null {
  return (
    shop.versions.findLast(({ version }) => version.effectiveAt <= at) ?? shop.versions[0] ?? null
  );
}

/** By its variant where a plan names it, else by its product. */
function soldAs(
  terms: ProgrammeTerms | null,
  product: string | null,
  variant: string | null,
): (readonly [MembershipTerms, Plan])[] {
  return (terms?.memberships ?? []).flatMap((membership) => {
    const { plans } = membership;
    const plan =
      plans.find(({ variants }) => variant !== null && variants.includes(variant)) ??
      plans.find(({ products }) => product !== null && products.includes(product));
    return plan ? [[membership, plan] as const] : [];
  });
}

/** Two orders of one moment keep one order, whoever reads them from where. */
function byMoment(a: Purchase, b: Purchase): number {
  return (
    a.from - b.from ||
    a.orderId.length - b.orderId.length ||
    compare(a.orderId, b.orderId) ||
    compare(a.piece, b.piece)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
