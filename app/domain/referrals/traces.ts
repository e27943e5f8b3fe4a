/**
 * What two customers can have in common, each as one text however it was typed. Only keyed hashes of
 * these texts are ever kept, and not for long.
 */
import { isDisposable } from './disposable-domains.ts';
import type { Moment } from '../time/shop-time.ts';

export const TRACE_KINDS = ['email', 'phone', 'address', 'ip', 'device', 'disposable'] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

export interface Trace {
  readonly kind: TraceKind;
  readonly text: string;
}

/** Traces are forgotten so many days after they were last seen, and count as common within so many. */
export const TRACE_DAYS = 90;

/** Traces of one customer, as somebody told them. */
export interface Sighting {
  readonly at: Moment;
  readonly traces: readonly Trace[];
}

export function tracesOf(seen: {
  readonly email?: string | null | undefined;
  readonly phones?: readonly (string | null | undefined)[];
  readonly addresses?: readonly (PostalAddress | null | undefined)[];
  readonly ip?: string | null | undefined;
  readonly device?: string | null | undefined;
}): readonly Trace[] {
  const found: Trace[] = [];
  const add = (kind: TraceKind, text: string | null): void => {
    if (text !== null && !found.some((one) => one.kind === kind && one.text === text)) {
      found.push({ kind, text });
    }
  };
  if (seen.email) {
    add('email', oneMailbox(seen.email));
    if (isDisposable(seen.email)) add('disposable', 'disposable');
  }
  for (const phone of seen.phones ?? []) add('phone', onePhone(phone ?? ''));
  for (const address of seen.addresses ?? []) add('address', address ? oneAddress(address) : null);
  add('ip', oneIp(seen.ip ?? ''));
  add('device', /^[a-z0-9-]{16,64}$/i.test(seen.device ?? '') ? (seen.device ?? null) : null);
  return found;
}

/** Providers at which dots mean nothing in the part before the @. */
const DOTLESS: ReadonlySet<string> = new Set(['gmail.com']);
const SAME_PROVIDER: ReadonlyMap<string, string> = new Map([['googlemail.com', 'gmail.com']]);

/** The mailbox that an address leads to: no tag behind a plus, no dots where they mean nothing. */
export function oneMailbox(email: string): string | null {
  const [, local = '', told = ''] = /^([^@\s]+)@([^@\s]+)$/.exec(email.trim().toLowerCase()) ?? [];
  if (local === '') return null;
  const domain = SAME_PROVIDER.get(told) ?? told;
  const [box = ''] = local.split('+');
  const plain = DOTLESS.has(domain) ? box.replaceAll('.', '') : box;
  return plain === '' ? null : `${plain}@${domain}`;
}

/** The digits that a call needs: numbers with and without the country's prefix end alike. */
export function onePhone(phone: string): string | null {
  const digits = phone.replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length < 7 ? null : digits.slice(-9);
}

export interface PostalAddress {
  readonly address1?: string | null | undefined;
  readonly address2?: string | null | undefined;
  readonly zip?: string | null | undefined;
  readonly city?: string | null | undefined;
  readonly country?: string | null | undefined;
}

/** Street and number with the postal code, or with the city where there is none. */
export function oneAddress(told: PostalAddress): string | null {
  const street = plainWords(told.address1 ?? '')
    .replaceAll(/\bstr(asse|eet)?\b|strasse\b/g, 'str')
    .replaceAll(' ', '');
  const flat = plainWords(told.address2 ?? '').replaceAll(' ', '');
  const zip = plainWords(told.zip ?? '').replaceAll(' ', '');
  const place = zip === '' ? plainWords(told.city ?? '').replaceAll(' ', '') : zip;
  if (street === '' || place === '') return null;
  return [street, flat, place, (told.country ?? '').toLowerCase()].join('|');
}

function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** An address of version 6 stands for its network: devices change the rest of it by themselves. */
export function oneIp(ip: string): string | null {
  const text = ip
    .trim()
    .toLowerCase()
    .replace(/^::ffff:/, '');
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return isOwnNetwork(text) ? null : text;
  if (!/^[0-9a-f:]{3,39}$/.test(text) || !text.includes(':') || text === '::1') return null;
  const [head = '', tail] = text.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = (tail ?? '').split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array<string>(missing).fill('0'), ...rest];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Addresses that say nothing of who it is. */
function isOwnNetwork(ip: string): boolean {
  return /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01])|0)\./.test(ip);
}
