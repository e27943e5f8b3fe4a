/** What a member may say of themselves. Who they are is never among it. */
import { z } from 'zod';
import { NETWORKS } from './networks.ts';

const key = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/);
const attachment = z.url({ protocol: /^https$/ }).max(500);
const DAYS_OF = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const wish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('visit') }),
  z.strictObject({ kind: z.literal('social-follow'), network: z.enum(NETWORKS) }),
  z.strictObject({ kind: z.literal('social-share'), network: z.enum(NETWORKS) }),
  z.strictObject({ kind: z.literal('survey'), survey: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
  z
    .strictObject({
      kind: z.literal('birthday'),
      month: z.int().min(1).max(12),
      day: z.int().min(1).max(31),
    })
    .refine(({ month, day }) => day <= (DAYS_OF[month - 1] ?? 0), { path: ['day'] }),
  z.strictObject({
    kind: z.literal('receipt'),
    number: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .regex(/[A-Za-z0-9]/),
    amount: z.string().regex(/^\d{1,9}(\.\d{1,3})?$/),
    purchasedOn: z.iso.date(),
    attachment: attachment.optional(),
  }),
  z.strictObject({
    kind: z.literal('custom'),
    action: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    /** The same key is the same claim, however often it is sent. */
    key,
    note: z.string().trim().max(300).optional(),
    attachment: attachment.optional(),
  }),
]);

export type Wish = z.infer<typeof wish>;

/** "a-1001" and "A 1001" are one receipt. */
export function receiptId(number: string): string {
  return number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}
