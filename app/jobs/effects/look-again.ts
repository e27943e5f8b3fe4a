/** The engine looks at members again: after a publication at everyone, after other changes at one. */
import type { Performer } from './performer.ts';
import { makeEveryoneDue } from '../../storage/members/due-members.ts';
import { storeFacts } from '../store-facts.ts';

const BATCH = 5_000;

/** Everybody is due now; the calendar's job then goes through them, batch by batch. */
export const lookAtEveryone: Performer = {
  kind: 'look-at-everyone',
  together: 1,
  perform: async ({ world, shopId }, effects) => {
    const due = await makeEveryoneDue(world.db(shopId), shopId, new Date(world.now()), BATCH);
    return new Map(effects.map(({ key }) => [key, `${due} members`]));
  },
};

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
