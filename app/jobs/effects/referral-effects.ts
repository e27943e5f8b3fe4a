/** What follows for members of whose referrals something changed elsewhere. */
import type { Performer } from './performer.ts';
import { compareReferrals } from '../../operations/compare-referrals.ts';
import { makeDue } from '../../storage/members/due-members.ts';

/** They are decided about by the calendar's job, which waits for nobody. */
export const memberIsDueEffect: Performer = {
  kind: 'member-is-due',
  together: 100,
  perform: async ({ world, shopId }, effects) => {
    const memberIds = effects.flatMap(({ memberId }) => memberId ?? []);
    await makeDue(world.db(shopId), shopId, memberIds, new Date(world.now()));
    return new Map();
  },
};

export const compareReferralsEffect: Performer = {
  kind: 'compare-referrals',
  together: 20,
  perform: async ({ world, shopId }, effects) => {
    const memberIds = effects.flatMap(({ memberId }) => memberId ?? []);
    await compareReferrals(world, shopId, memberIds);
    return new Map();
  },
};
