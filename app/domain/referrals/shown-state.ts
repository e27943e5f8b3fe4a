/** What the member may see of a friend's way: why it is looked at, and what was found, is not for their eyes. */
import { maskedName } from './codes.ts';
import type { ReferralState } from './referral.ts';

export type ShownState =
  'joined' | 'ordered' | 'rewarded' | 'limited' | 'returned' | 'checking' | 'refused';

const SHOWN: Readonly<Record<ReferralState, ShownState>> = {
  claimed: 'joined',
  joined: 'joined',
  ordered: 'ordered',
  rewarded: 'rewarded',
  limited: 'limited',
  returned: 'returned',
  flagged: 'checking',
  refused: 'refused',
};

export function shownToAdvocate({
  state,
  name,
}: {
  readonly state: ReferralState;
  readonly name: string | null;
}): { readonly state: ShownState; readonly name: string | null } {
  return { state: SHOWN[state], name: maskedName(name) };
}
