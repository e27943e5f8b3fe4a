/** Pieces that Shopify's payloads share. Unknown fields are dropped, missing ones read as null. */
import { z } from 'zod';
import { parseMoney } from '../../domain/money/money.ts';

const LARGEST_ID = 2n ** 63n - 1n;

/** An id as a string of digits, whatever its size. */
export const id = z
  .union([z.int().positive(), z.string().regex(/^[1-9]\d{0,18}$/)])
  .transform((value) => String(value))
  .refine((value) => BigInt(value) <= LARGEST_ID);

export const gid = z
  .string()
  .regex(/^gid:\/\/shopify\/\w+\/\d+/)
  .transform((value) => /(\d+)(?:\?.*)?$/.exec(value)?.[1] ?? '');

/** A moment, in milliseconds since 1970. */
export const moment = z.string().transform((text, context) => {
  const at = Date.parse(text);
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'is not a date' });
  return z.NEVER;
});

/** An amount as Shopify writes it: a string, in a few old fields a number. */
const amount = z.union([z.string(), z.number().transform((value) => String(value))]);

export const moneySet = z.object({
  shop_money: z.object({ amount, currency_code: z.string() }),
});

export type MoneySet = z.infer<typeof moneySet>;

/** Minor units of the shop's money. @throws MoneyFault */
export function shopMinor(set: MoneySet | null | undefined): number {
  return set ? parseMoney(set.shop_money.amount, set.shop_money.currency_code) : 0;
}

export const plainAmount: typeof amount = amount;

export const nullable = <T extends z.ZodType>(schema: T): z.ZodOptional<z.ZodNullable<T>> =>
  schema.nullable().optional();
