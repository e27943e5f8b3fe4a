import { checkRewardEffect } from './check-reward.ts';
import { endRewardEffect } from './end-reward.ts';
import { lookAtEveryone, lookAtMember } from './look-again.ts';
import { lookUpOrderEffect, lookUpProductsEffect } from './look-up.ts';
import { lookUpBirthdayEffect } from './look-up-birthdays.ts';
import { makeCodesEffect } from './make-codes.ts';
import { makeRewardEffect } from './make-reward.ts';
import { mirrorBoardsEffect } from './mirror-boards.ts';
import { mirrorMemberEffect } from './mirror-member.ts';
import { mirrorProgrammeEffect } from './mirror-programme.ts';
import type { Performer } from './performer.ts';
import { compareReferralsEffect, memberIsDueEffect } from './referral-effects.ts';
import { registryOf } from '../../domain/registry.ts';

/** Every effect. A kind that is not here stays in the outbox and is reported. */
export const performers = registryOf<Performer>('effect', [
  mirrorMemberEffect,
  mirrorProgrammeEffect,
  mirrorBoardsEffect,
  lookUpOrderEffect,
  lookUpProductsEffect,
  lookUpBirthdayEffect,
  lookAtEveryone,
  lookAtMember,
  memberIsDueEffect,
  compareReferralsEffect,
  makeRewardEffect,
  endRewardEffect,
  checkRewardEffect,
  makeCodesEffect,
]);
