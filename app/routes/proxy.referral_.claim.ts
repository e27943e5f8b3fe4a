import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { addressOf, posted, refused } from './proxy/posted.ts';
import { OWN } from './proxy/shopper.ts';
import { allowRequest } from '../operations/allow-request.ts';
import { claimReferral } from '../operations/claim-referral.ts';
import { storefrontMember } from '../queries/storefront-member.ts';

const wish = z.strictObject({
  code: z.string().min(1).max(40),
  /** A random id that the browser keeps. */
  device: z
    .string()
    .regex(/^[A-Za-z0-9-]{16,64}$/)
    .nullish(),
});

/** Who: a friend, signed in at the storefront, who came by a member's link. */
export async function action(args: ActionFunctionArgs) {
  const told = await posted(args, wish);
  if (!told.ok) return told.response;
  const { world } = args.context;
  const { shopId, customerId } = told.shopper;
  const { code, device } = told.asked;
  const ip = addressOf(args.request);
  const claimed = await claimReferral(world, {
    shopId,
    customerId,
    code,
    ip,
    device: device ?? null,
  });
  if (!claimed.ok) {
    const { kind } = claimed.refusal;
    if (kind !== 'unknown-code') return refused(kind, 409);
    // Whoever tries codes out is stopped long before they find one.
    const guess = await allowRequest(world, shopId, 'guess', customerId);
    return guess.ok
      ? refused(kind, 404)
      : refused('too-often', 429, { 'Retry-After': String(guess.retryAfterSeconds) });
  }
  return json({ ...claimed, ...(await storefrontMember(world, shopId, customerId)) }, OWN);
}
