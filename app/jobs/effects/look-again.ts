/** The engine looks at members again: after a publication at everyone, after other changes at one. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Performer } from './performer.ts';
import { makeEveryoneDue, markMoment, othersEnded } from '../../storage/members/due-members.ts';
import { planBoards } from '../../operations/plan-seasons.ts';
import { storeFacts } from '../store-facts.ts';

const BATCH = 5_000;
const EACH_WAIT_MS = 50;
const MOST_WAITS = 200;

/** Everybody is due now; the calendar's job then goes through them, batch by batch. */
export const lookAtEveryone: Performer = {
  kind: 'look-at-everyone',
  together: 1,
  perform: async ({ world, shopId }, effects) => {
    await planBoards(world, shopId);
    await untilOthersEnded(world.db(shopId));
    const due = await makeEveryoneDue(world.db(shopId), shopId, new Date(world.now()), BATCH);
    return new Map(effects.map(({ key }) => [key, `${due} members`]));
  },
};

/**
 * What is under way may have read the programme as it was, and be making members whom nobody sees
 * yet. It is waited for, but not for ever: a backup reads for an hour. Whoever is missed then is
 * decided anew with the next thing that happens to them.
 */
async function untilOthersEnded(pool: pg.Pool): Promise<void> {
  const mark = await markMoment(pool);
  for (let wait = 0; wait < MOST_WAITS; wait += 1) {
    if (await othersEnded(pool, mark)) return;
    await sleep(EACH_WAIT_MS);
  }
}

export const lookAtMember: Performer = {
  kind: 'look-at-member',
  together: 100,
  perform: async ({ world, shopId }, effects) => {
    await storeFacts(
      world,
      shopId,
      effects.flatMap(({ memberId, wanted }) =>
        memberId === null
          ? []
          : [
              {
                name: `look-at-member:${memberId}:${wanted}:${world.now()}`,
                subject: `member:${memberId}`,
                facts: { kind: 'member-again', memberId },
              },
            ],
      ),
    );
    return new Map();
  },
};
