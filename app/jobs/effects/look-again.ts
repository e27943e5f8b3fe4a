/** The engine looks at members again: after a publication at everyone, after other changes at one. */
import type { Performer } from './performer.ts';
import { storeFacts } from '../store-facts.ts';

const BATCH = 1_000;

export const lookAtEveryone: Performer = {
  kind: 'look-at-everyone',
  together: 1,
  perform: async ({ world, shopId }, effects) => {
    const notes = new Map<string, string>();
    for (const { key, wanted } of effects) {
      let after = '00000000-0000-0000-0000-000000000000';
      let members = 0;
      for (;;) {
        const { rows } = await world.db(shopId).query<{ id: string }>(
          `SELECT id FROM members WHERE shop_id = $1 AND id > $2 AND state <> 'redacted' AND state <> 'merged'
            ORDER BY id LIMIT $3`,
          [shopId, after, BATCH],
        );
        const ids = rows.map(({ id }) => id);
        await storeFacts(
          world,
          shopId,
          ids.map((id) => ({
            name: `look-at-everyone:${wanted}:${world.now()}:${id}`,
            subject: `member:${id}`,
            facts: { kind: 'member-again', memberId: id },
          })),
        );
        members += ids.length;
        const last = ids.at(-1);
        if (ids.length < BATCH || !last) break;
        after = last;
      }
      notes.set(key, `${members} members`);
    }
    return notes;
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
