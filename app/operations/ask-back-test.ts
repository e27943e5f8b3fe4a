/**
 * Asks for the draft, or for one of its campaigns, to be tried on everything that is known of the members.
 * Changes nothing of theirs.
 */
import { EMPTY_TALLY } from '../domain/back-test/tally.ts';
import { EMPTY_CAMPAIGN_TALLY } from '../domain/campaigns/campaign-tally.ts';
import { validateProgramme } from '../domain/programme/validate-programme.ts';
import type { Fault } from '../domain/programme/validate-programme.ts';
import { addBackTest } from '../storage/back-tests/back-tests.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';
import { lockDraft } from './publish-programme.ts';

export type AskedBackTest =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly refusal:
        | { readonly kind: 'invalid'; readonly faults: readonly Fault[] }
        | { readonly kind: 'no-campaign' };
    };

export async function askBackTest(
  world: World,
  {
    shopId,
    actor,
    campaignKey = null,
  }: { readonly shopId: string; readonly actor: string; readonly campaignKey?: string | null },
): Promise<AskedBackTest> {
  const id = world.newId();
  const at = new Date(world.now());
  return inTransaction(world.db(shopId), async (client) => {
    const draft = await lockDraft(client, shopId);
    const validation = validateProgramme(draft.document, draft.currency);
    if (!validation.ok) {
      return { ok: false, refusal: { kind: 'invalid', faults: validation.faults } };
    }
    const { document } = validation;
    if (campaignKey !== null && !document.campaigns.some(({ key }) => key === campaignKey)) {
      return { ok: false, refusal: { kind: 'no-campaign' } };
    }
    await addBackTest(client, shopId, {
      ...{ id, document, at, campaignKey, revision: draft.revision, askedBy: actor },
      tally: campaignKey === null ? EMPTY_TALLY : EMPTY_CAMPAIGN_TALLY,
    });
    return { ok: true, id };
  });
}
