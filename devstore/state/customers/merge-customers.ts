import type { MergeOutcome } from '../events.ts';
import type { Store } from '../store.ts';
import { gid } from '../ids.ts';
import { normaliseTags } from './create-customer.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { changeDiscount } from '../discounts/change-discount.ts';
import { touch } from './change-customer.ts';
import { refuse } from '../refusal.ts';

export type MergeInput = {
  keptId: string;
  deletedId: string;
  /** Shopify also reports merges that came to nothing; those change nothing. */
  fail?: boolean | undefined;
};

/** Tells customers/merge, and customers/update for the kept one. */
export function mergeCustomers(store: Store, input: MergeInput): MergeOutcome {
  return store.act((tell) => {
    const { keptId, deletedId } = input;
    const kept = store.requireCustomer(keptId);
    const deleted = store.requireCustomer(deletedId);
    if (kept === deleted) refuse('A customer cannot be merged with itself.');
    for (const id of [keptId, deletedId]) {
      const blocks = mergeBlocks(store, id).filter((block) => block !== 'REDACTED_AT');
      if (blocks.length > 0) refuse(`Customer ${id} cannot be merged: ${blocks.join(', ')}.`);
    }
    if (input.fail) {
      const name = [deleted.firstName, deleted.lastName].filter(Boolean).join(' ') || deletedId;
      const message = `${name} is currently being merged.`;
      const errors = [{ customerIds: [deletedId], field: 'merge_in_progress', message }];
      const failed: MergeOutcome = { keptId, deletedId, status: 'failed', errors };
      tell({ topic: 'customers/merge', merge: failed });
      return failed;
    }

    for (const order of store.ordersOf(deletedId)) store.moveOrder(order, keptId);
    moveDiscounts(store, deletedId, keptId);
    const keptGid = gid('Customer', keptId);
    for (const metafield of store.metafields(gid('Customer', deletedId))) {
      if (!store.metafield(keptGid, metafield.namespace, metafield.key)) {
        store.keepMetafield({ ...metafield, id: store.ids.next('Metafield'), ownerId: keptGid });
      }
    }
    const email = deleted.email;
    store.dropCustomer(deleted);
    kept.tags = normaliseTags([...kept.tags, ...deleted.tags]);
    kept.note = [kept.note, deleted.note].filter(Boolean).join('\n') || null;
    kept.phone ??= deleted.phone;
    kept.firstName ??= deleted.firstName;
    kept.lastName ??= deleted.lastName;
    kept.addresses.push(...deleted.addresses);
    kept.defaultAddressId ??= deleted.defaultAddressId;
    if (!kept.email && email) store.changeEmail(kept, email);
    touch(store, kept);
    const outcome: MergeOutcome = { keptId, deletedId, status: 'completed', errors: [] };
    tell({ topic: 'customers/merge', merge: outcome });
    tell({ topic: 'customers/update', customer: kept });
    return outcome;
  });
}

/** What was for the one is for the other: "the merged customer-specific discounts" of Shopify's preview. */
function moveDiscounts(store: Store, deletedId: string, keptId: string): void {
  for (const { id, context } of store.discounts.all()) {
    if (context.kind !== 'customers' || !context.customerIds.includes(deletedId)) continue;
    const others = context.customerIds.filter((one) => one !== deletedId && one !== keptId);
    changeDiscount(store, id, { context: { kind: 'customers', customerIds: [...others, keptId] } });
  }
}
