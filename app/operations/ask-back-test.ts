/** Asks for the draft to be tried on everything that is known of the members. Changes nothing of theirs. */
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
      readonly refusal: { readonly kind: 'invalid'; readonly faults: readonly Fault[] };
    };

export async function askBackTest(
  world: World,
  { shopId, actor }: { readonly shopId: string; readonly actor: string },
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
    await addBackTest(client, shopId, {
      id,
      askedBy: actor,
      document,
      revision: draft.revision,
      at,
    });
    return { ok: true, id };
  });
}
