/** Whether memberships that are sold can be bought, give something, and name what is there. */
import type { DraftDocument, MembershipDraft } from './draft.ts';
import { twice } from './known-keys.ts';
import type { Fault } from './validate-programme.ts';

/** What cannot be published. */
export function membershipFaults({ memberships, tiers }: DraftDocument): Fault[] {
  return [
    ...twice('memberships', memberships),
    ...memberships.flatMap((membership, index) => {
      const place = `memberships.${index}`;
      const { tier, reward } = membership;
      const faults = planFaults(place, membership);
      if (tier === null && reward === null) {
        const message = 'It gives nothing: choose a tier, a reward, or both.';
        faults.push({ place: `${place}.tier`, message });
      }
      if (tier !== null && !tiers.levels.some(({ key }) => key === tier)) {
        faults.push({ place: `${place}.tier`, message: 'No tier is known by this name any more.' });
      }
      return faults;
    }),
  ];
}

function planFaults(place: string, { plans, graceDays }: MembershipDraft): Fault[] {
  const seen = new Set<string>();
  return plans.flatMap(({ products, variants, length, unit }, index) => {
    const faults: Fault[] = [];
    const at = `${place}.plans.${index}`;
    const sold = [
      ...products.map((id) => `product ${id}`),
      ...variants.map((id) => `variant ${id}`),
    ];
    if (sold.length === 0) {
      faults.push({ place: `${at}.products`, message: 'Choose what is bought.' });
    }
    if (sold.some((one) => seen.has(one))) {
      const message = 'Another plan of this membership is bought by the same thing.';
      faults.push({ place: `${at}.products`, message });
    }
    for (const one of sold) seen.add(one);
    const days = Number(length) * (unit === 'months' ? 28 : 1);
    if (length !== null && Number(graceDays) >= days) {
      const message = 'The grace must be shorter than every term, or nobody would ever renew.';
      faults.push({ place: `${place}.graceDays`, message });
    }
    return faults;
  });
}

/** What can be published, and is hardly meant. */
export function membershipWarnings({ memberships, tiers }: DraftDocument): Fault[] {
  return memberships.flatMap(({ tier, noticeDays, plans }, index) => {
    const warnings: Fault[] = [];
    const place = `memberships.${index}`;
    const lengths = plans.flatMap(({ length, unit }) =>
      length === null ? [] : [Number(length) * (unit === 'months' ? 28 : 1)],
    );
    if (Number(noticeDays) >= Math.min(...lengths)) {
      const message = 'Members are told of the end on the day they buy it: give shorter notice.';
      warnings.push({ place: `${place}.noticeDays`, message });
    }
    const level = tiers.levels.find(({ key }) => key === tier);
    if (level && !level.grantedOnly && Number(level.need) === 0) {
      const message = 'Everybody has this tier: choose one that has to be reached or granted.';
      warnings.push({ place: `${place}.tier`, message });
    }
    return warnings;
  });
}
