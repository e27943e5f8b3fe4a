/** Whether what the programme says of referrals fits together. */
import type { DraftDocument } from './draft.ts';
import type { Fault } from './validate-programme.ts';
import { MoneyFault, parseMoney } from '../money/money.ts';

/** What cannot be published. */
export function referralFaults({ referrals, tiers }: DraftDocument, currency: string): Fault[] {
  const faults: Fault[] = [];
  const refuse = (place: string, message: string): void =>
    void faults.push({ place: `referrals.${place}`, message });
  if (Number(referrals.refuseAt) < Number(referrals.flagAt)) {
    refuse('refuseAt', 'Refusing begins where asking a person begins, or above it.');
  }
  referrals.audience.tiers.forEach((tier, index) => {
    if (!tiers.levels.some(({ key }) => key === tier)) {
      refuse(`audience.tiers.${index}`, 'No tier is known by this name any more.');
    }
  });
  try {
    parseMoney(referrals.minimum, currency);
  } catch (fault) {
    if (!(fault instanceof MoneyFault)) throw fault;
    refuse('minimum', `${fault.message}.`);
  }
  return faults;
}

/** What can be published, and is hardly meant. */
export function referralWarnings({ referrals }: DraftDocument): Fault[] {
  if (!referrals.enabled) return [];
  const warnings: Fault[] = [];
  const gives = (who: 'advocate' | 'friend'): boolean =>
    Number(referrals[who].points) > 0 || referrals[who].reward !== null;
  if (!gives('advocate') && !gives('friend')) {
    warnings.push({
      place: 'referrals.friend.points',
      message: 'Nobody gets anything for a referral.',
    });
  }
  if (referrals.audience.tags.some((tag) => referrals.audience.withoutTags.includes(tag))) {
    warnings.push({
      place: 'referrals.audience.tags',
      message: 'A tag is both asked for and ruled out: nobody fits.',
    });
  }
  return warnings;
}
