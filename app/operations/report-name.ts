/** A member finds somebody's nickname unfit: it goes before a person, and stays until that person said so. */
import { shopTermsNow } from './take-in-now.ts';
import type { Shopper } from './tell-activity.ts';
import { skeletonOf } from '../domain/leaderboards/nickname.ts';
import { inForce } from '../domain/programme/terms.ts';
import { DAY } from '../domain/time/shop-time.ts';
import { countReports, findName, writeReport } from '../storage/leaderboards/names.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type Reported =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refusal: {
        readonly kind: 'not-running' | 'not-a-member' | 'unknown-name' | 'own-name' | 'enough';
      };
    };

/** Whoever finds more than these unfit in a day is to tell the shop. */
export const MOST_REPORTS_A_DAY = 5;

export async function reportName(
  world: World,
  { shopId, customerId }: Shopper,
  { board, name }: { readonly board: string; readonly name: string },
): Promise<Reported> {
  const now = world.now();
  const terms = inForce(await shopTermsNow(world, shopId), now);
  if (!terms?.leaderboards.some(({ key }) => key === board)) return refuse('not-running');
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (visitor?.state !== 'active' || visitor.membership === 'not-joined') {
    return refuse('not-a-member');
  }
  return inTransaction(world.db(shopId), async (client): Promise<Reported> => {
    const about = await findName(client, shopId, skeletonOf(name));
    if (!about || (about.state !== 'listed' && about.state !== 'reported')) {
      return refuse('unknown-name');
    }
    if (about.memberId === visitor.memberId) return refuse('own-name');
    const since = new Date(now - DAY);
    const said = await countReports(client, shopId, visitor.memberId, since);
    if (said >= MOST_REPORTS_A_DAY) return refuse('enough');
    const report = { by: visitor.memberId, about: about.memberId, board, at: new Date(now) };
    await writeReport(client, shopId, report);
    return { ok: true };
  });
}

function refuse(kind: Extract<Reported, { readonly ok: false }>['refusal']['kind']): Reported {
  return { ok: false, refusal: { kind } };
}
