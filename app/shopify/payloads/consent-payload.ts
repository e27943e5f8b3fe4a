/** Consent to marketing by e-mail and by text message: each has a topic, and each its own shape. */
import { z } from 'zod';
import { id, moment, nullable } from './parts.ts';
import { consent as consentOf } from '../../domain/activities/activity.ts';
import type { Tidings } from '../../domain/tidings.ts';

const consent = z.object({ state: nullable(z.string()), consent_updated_at: nullable(moment) });

const byEmail = z.object({ customer_id: id, email_marketing_consent: nullable(consent) });
const bySms = z.object({ id, sms_marketing_consent: nullable(consent) });

export function readEmailConsent(body: unknown, { toldAt }: { readonly toldAt: number }): Tidings {
  const told = byEmail.parse(body);
  return consentTidings('newsletter', told.customer_id, told.email_marketing_consent, toldAt);
}

export function readSmsConsent(body: unknown, { toldAt }: { readonly toldAt: number }): Tidings {
  const told = bySms.parse(body);
  return consentTidings('sms', told.id, told.sms_marketing_consent, toldAt);
}

/** A consent that still has to be confirmed is neither given nor withdrawn; nor is what never was one. */
function consentTidings(
  channel: 'newsletter' | 'sms',
  customerId: string,
  told: z.infer<typeof consent> | null | undefined,
  toldAt: number,
): Tidings {
  const state = told?.state?.toLowerCase() ?? 'not_subscribed';
  if (state === 'pending')
    return { kind: 'nothing-told', because: 'The consent waits to be confirmed.' };
  const since = told?.consent_updated_at ?? null;
  // It can be told late, after a consent: whoever withdrew has a date.
  if (state === 'not_subscribed' && since === null)
    return { kind: 'nothing-told', because: 'Nobody consented yet.' };
  const at = since ?? toldAt;
  const activity = consentOf(channel, state === 'subscribed', at);
  return { kind: 'activity', whose: { customerId }, activity };
}
