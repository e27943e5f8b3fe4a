/** Webhooks tell no metafields: birthdays are read from Shopify, and come back as facts. */
import { z } from 'zod';
import type { Performer } from './performer.ts';
import { birthday } from '../../domain/activities/admit-wish.ts';
import { lookUpBirthdays } from '../../shopify/look-up-birthdays.ts';
import { storeFacts } from '../store-facts.ts';

const payloadOf = z.object({ customerId: z.string() });

export const lookUpBirthdayEffect: Performer = {
  kind: 'look-up-birthday',
  together: 50,
  perform: async ({ world, shopId, admin }, effects) => {
    const ids = effects.map(({ payload }) => payloadOf.parse(payload).customerId);
    const found = await lookUpBirthdays(await admin(), ids);
    await storeFacts(
      world,
      shopId,
      found.map((one) => ({
        // What was read before is known, so reading it again is no new fact.
        name: `birthday:${one.customerId}:${one.at}`,
        subject: `customer:${one.customerId}`,
        facts: {
          kind: 'activity',
          whose: { customerId: one.customerId },
          activity: birthday(one, one.at),
        },
      })),
    );
    return new Map();
  },
};
