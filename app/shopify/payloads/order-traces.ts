/**
 * What an order or a customer tells of who it is: compared by keyed hashes, to find people who refer
 * themselves. A part that is not as it should be says nothing; it never makes a body unreadable.
 */
import { z } from 'zod';
import { text } from './parts.ts';
import { tracesOf } from '../../domain/referrals/traces.ts';
import type { Trace } from '../../domain/referrals/traces.ts';
import { isCode } from '../../domain/referrals/codes.ts';

const word = text(255).nullish().catch(null);
const address = z
  .object({
    address1: word,
    address2: word,
    zip: word,
    city: word,
    country_code: word,
    phone: word,
  })
  .nullish()
  .catch(null);
const told = z.object({
  email: word,
  contact_email: word,
  phone: word,
  browser_ip: word,
  shipping_address: address,
  billing_address: address,
  default_address: address,
});

export function readTraces(body: unknown): readonly Trace[] {
  const read = told.safeParse(body);
  if (!read.success) return [];
  const { email, contact_email, phone, browser_ip: ip } = read.data;
  const { shipping_address, billing_address, default_address } = read.data;
  const addresses = [shipping_address, billing_address, default_address];
  return tracesOf({
    email: email || contact_email,
    phones: [phone, ...addresses.map((one) => one?.phone)],
    addresses: addresses.map((one) => one && { ...one, country: one.country_code }),
    ip,
  });
}

/** Set by the theme extension when somebody came by a member's link. */
export const REFERRAL_ATTRIBUTE = '_laurel_ref';

const attributes = z.object({
  note_attributes: z
    .array(z.object({ name: z.string(), value: z.unknown() }))
    .nullish()
    .catch(null),
});

/** The code by which the buyer came. */
export function readReferralCode(body: unknown): string | null {
  const noted = attributes.safeParse(body).data?.note_attributes ?? [];
  const value = noted.find(({ name }) => name === REFERRAL_ATTRIBUTE)?.value;
  return typeof value === 'string' && isCode(value) ? value.trim() : null;
}
