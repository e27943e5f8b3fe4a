/** Pieces that Shopify's payloads share. Unknown fields are dropped, missing ones read as null. */
import { z } from 'zod';
import { MoneyFault, parseMoney } from '../../domain/money/money.ts';

const LARGEST_ID = 2n ** 63n - 1n;

const DIGITS = /^[1-9]\d{0,18}$/;

/** An id as a string of digits, whatever its size. A body has dozens: one step for each is soon done. */
export const id = z.unknown().transform((told, context) => {
  const written = Number.isSafeInteger(told) ? String(told) : told;
  if (typeof written === 'string' && DIGITS.test(written)) {
    if (written.length < 19 || BigInt(written) <= LARGEST_ID) return written;
  }
  context.addIssue({ code: 'custom', message: 'is not an id' });
  return z.NEVER;
});

export const gid = z
  .string()
  .regex(/^gid:\/\/shopify\/\w+\/\d+(\?.*)?$/)
  .transform((value) => value.replace(/\?.*$/, '').replace(/^.*\//, ''))
  .refine((value) => id.safeParse(value).success);

/** Text that PostgreSQL can keep: no NUL, and no half of a character where it was cut. */
export const text = (length: number) =>
  z.string().transform((value) => value.replaceAll('\0', '').slice(0, length).toWellFormed());

/** With its offset: without one it would mean another moment on each machine. */
const ISO = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** A moment, in milliseconds since 1970. */
export const moment = z.string().transform((written, context) => {
  const at = ISO.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'is not a date' });
  return z.NEVER;
});

export const nullable = <T extends z.ZodType>(schema: T): z.ZodOptional<z.ZodNullable<T>> =>
  schema.nullable().optional();

/** A whole number, also where it is written as a text. */
export const whole = z.preprocess(
  (told) => (typeof told === 'string' && /^-?\d{1,15}$/.test(told) ? Number(told) : told),
  z.int(),
);

/** Yes or no, also where it is written as a text. */
export const yesOrNo = z.preprocess(
  (told) => (told === 'true' ? true : told === 'false' ? false : told),
  z.boolean(),
);

/** An amount as Shopify writes it: a string, in a few old fields a number. */
const amount = z.unknown().transform((told, context) => {
  if (typeof told === 'string') return told;
  if (typeof told === 'number') return String(told);
  context.addIssue({ code: 'custom', message: 'is not an amount' });
  return z.NEVER;
});

export const shopMoney = z.object({ amount, currency_code: z.string() });

export const moneySet = z.object({
  shop_money: shopMoney,
  presentment_money: nullable(shopMoney),
});

export type MoneySet = z.infer<typeof moneySet>;

/**
 * Minor units of the shop's money.
 * @param currency what it must be in, where that is known
 * @throws MoneyFault
 */
export function shopMinor(set: MoneySet | null | undefined, currency?: string): number {
  if (!set) return 0;
  const { amount: written, currency_code: code } = set.shop_money;
  if (currency !== undefined && code !== currency) {
    throw new MoneyFault(`the shop's money is ${currency}, and here it is ${code.slice(0, 10)}`);
  }
  return parseMoney(written, code);
}

export const plainAmount: typeof amount = amount;

export function sum<T>(parts: readonly T[] | null | undefined, minor: (part: T) => number): number {
  return (parts ?? []).reduce((total, part) => total + minor(part), 0);
}
