/** Whether a member may refer friends now: asked at the door; the engine asks again as of the claim. */
import type { ReferralSettings } from './settings.ts';
import { outsideOf } from '../earning/audience.ts';
import { boreTag } from '../members/tags.ts';
import type { TagTidings } from '../members/tags.ts';
import type { Moment } from '../time/shop-time.ts';

export interface WouldBeAdvocate {
  readonly state: string;
  readonly membership: string;
  readonly tierKey: string | null;
  readonly tags: readonly TagTidings[];
}

export function mayRefer(
  { enabled, audience }: ReferralSettings,
  { state, membership, tierKey, tags }: WouldBeAdvocate,
  now: Moment,
): boolean {
  if (!enabled || state !== 'active' || membership !== 'joined') return false;
  const hasTag = (tag: string): boolean => boreTag(tags, tag, now);
  return outsideOf(audience, { tierKey: () => tierKey, hasTag }) === null;
}
