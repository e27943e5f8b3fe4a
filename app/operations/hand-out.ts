/** What a draw gave is written, and the engine pays it, in one. */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Outcome } from '../domain/games/odds.ts';
import { playActivity } from '../domain/games/plays.ts';
import type { Play } from '../domain/games/plays.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { writeActivities } from '../storage/activities/activities.ts';
import { prizeWasRefused } from '../storage/games/draws.ts';
import { lockMembers } from '../storage/members/lock-members.ts';

/**
 * A reward of which the last piece went to somebody else meanwhile counts as out of stock: what was written
 * is undone, and what stands in its place is given.
 * @param outcomeFor what is given while there is none left of these prizes
 */
export async function handOut<O extends Pick<Outcome, 'given'>>(
  client: pg.PoolClient,
  about: {
    readonly shopId: string;
    readonly shop: ShopTerms;
    readonly memberId: string;
    readonly now: number;
    readonly play: Play;
  },
  outcomeFor: (gone: ReadonlySet<string>) => O,
): Promise<O> {
  const { shopId, shop, memberId, now, play } = about;
  const gone = new Set<string>();
  const nothing = { changed: [], customers: new Map(), wholly: new Set<string>() };
  for (;;) {
    const outcome = outcomeFor(gone);
    const { given } = outcome;
    await client.query('SAVEPOINT handing_out');
    const activity = playActivity({ ...play, prize: given });
    await writeActivities(client, shopId, [{ memberId, activity }]);
    const members = [...(await lockMembers(client, shopId, [memberId])).values()];
    await decideMembers(client, shopId, shop, { now, at: new Date(now) }, { ...nothing, members });
    const key = `prize:game:${play.game}:${play.id}`;
    if (given === null || !(await prizeWasRefused(client, shopId, memberId, key))) {
      await client.query('RELEASE SAVEPOINT handing_out');
      return outcome;
    }
    await client.query('ROLLBACK TO SAVEPOINT handing_out');
    gone.add(given);
  }
}
