/** customer.tags_added and customer.tags_removed: the tags that came, or went. */
import { z } from 'zod';
import { gid, moment, text } from './parts.ts';
import type { FactTidings } from '../../domain/tidings.ts';

const changedTags = z.object({
  customerId: gid,
  tags: z.array(text(255)).max(1000),
  occurredAt: moment,
});

export function readCustomerTags(body: unknown, what: 'added' | 'removed'): FactTidings {
  const { customerId, tags, occurredAt } = changedTags.parse(body);
  return { kind: 'customer-tags', customerId, told: [occurredAt, what, tags] };
}
