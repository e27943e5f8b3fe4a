/** An agent grants a member a tier, or takes a grant back: with a reason, once for each request. */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { inForce } from '../domain/programme/terms.ts';
import { dayEnd } from '../domain/time/shop-time.ts';
import { isAudited, writeAudit } from '../storage/audit/write-audit.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readTierGrants, writeRevocation, writeTierGrant } from '../storage/members/tier-grants.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type Granted =
  { readonly ok: true } | { readonly ok: false; readonly refusal: GrantRefusal };

export type GrantRefusal =
  | { readonly kind: 'unknown-member' }
  | { readonly kind: 'member-gone' }
  | { readonly kind: 'unknown-tier' }
  | { readonly kind: 'unknown-grant' }
  | { readonly kind: 'no-reason' }
  | { readonly kind: 'bad-day' };

interface Request {
  readonly shopId: string;
  readonly memberId: string;
  readonly reason: string;
  readonly note: string;
  readonly actor: string;
  /** The same key is carried out once, however often it is sent. */
  readonly requestKey: string;
}

export interface TierWish extends Request {
  readonly tierKey: string;
  /** The last of the shop's days, e.g. "2026-12-31"; null for good. */
  readonly lastDay: string | null;
}

export interface RevocationWish extends Request {
  readonly grantId: string;
}

const SHOP_DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export async function grantTier(world: World, wish: TierWish): Promise<Granted> {
  return carryOut(world, wish, 'tier-granted', async ({ client, shop, member, now }) => {
    const rung = inForce(shop, now)?.ladder.rungs.find(({ key }) => key === wish.tierKey);
    if (!rung) return refuse({ kind: 'unknown-tier' });
    const until = wish.lastDay === null ? null : lastMoment(wish.lastDay, shop.timeZone);
    if (until !== null && (!Number.isFinite(until) || until <= now)) {
      return refuse({ kind: 'bad-day' });
    }
    // From here on it must succeed.
    await writeTierGrant(client, wish.shopId, {
      id: world.newId(),
      memberId: member.id,
      tierKey: rung.key,
      at: new Date(now),
      until: until === null ? null : new Date(until),
      reason: wish.reason.trim().slice(0, 100),
      note: wish.note.trim().slice(0, 500),
      actor: wish.actor,
    });
    return { tier: rung.key, until: until === null ? null : new Date(until).toISOString() };
  });
}

/** What the grant gave until now stays true; revoking what is over already changes nothing. */
export async function revokeTierGrant(world: World, wish: RevocationWish): Promise<Granted> {
  return carryOut(world, wish, 'tier-grant-revoked', async ({ client, member, now }) => {
    const grants = (await readTierGrants(client, wish.shopId, [member.id])).get(member.id) ?? [];
    const grant = grants.find(({ id }) => id === wish.grantId);
    if (!grant) return refuse({ kind: 'unknown-grant' });
    const { id, tierKey } = grant;
    await writeRevocation(client, wish.shopId, { id, at: new Date(now), actor: wish.actor });
    return { tier: tierKey };
  });
}

interface Locked {
  readonly client: pg.PoolClient;
  readonly shop: ShopTerms;
  readonly member: StoredMember;
  readonly now: number;
}

/** Locks the member, writes by `write`, audits what it says, and lets the engine decide. */
async function carryOut(
  world: World,
  wish: Request,
  action: string,
  write: (locked: Locked) => Promise<Readonly<Record<string, string | null>> | Refused>,
): Promise<Granted> {
  if (wish.reason.trim() === '') return refuse({ kind: 'no-reason' });
  if (!isUuid(wish.memberId)) return refuse({ kind: 'unknown-member' });
  const { shopId, memberId, actor } = wish;
  const now = world.now();
  const at = new Date(now);
  return inTransaction(world.db(shopId), async (client) => {
    const member = (await lockMembers(client, shopId, [memberId])).get(memberId);
    if (!member) return refuse({ kind: 'unknown-member' });
    const requestKey = `${action}:${memberId}:${wish.requestKey}`;
    if (await isAudited(client, shopId, requestKey)) return { ok: true };
    if (member.state !== 'active') return refuse({ kind: 'member-gone' });
    const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
    const written = await write({ client, shop, member, now });
    if (isRefused(written)) return written;
    await writeAudit(client, shopId, {
      ...{ id: world.newId(), at, actor, action, subject: `member:${memberId}`, requestKey },
      content: { ...written, reason: wish.reason.trim().slice(0, 100) },
      words: { memberId, text: wish.note.trim().slice(0, 500) },
    });
    const concerned = {
      members: [member],
      changed: [],
      customers: new Map(),
      wholly: new Set<string>(),
    };
    await decideMembers(client, shopId, shop, { now, at }, concerned);
    return { ok: true };
  });
}

interface Refused {
  readonly ok: false;
  readonly refusal: GrantRefusal;
}

function refuse(refusal: GrantRefusal): Refused {
  return { ok: false, refusal };
}

function isRefused(written: Readonly<Record<string, string | null>> | Refused): written is Refused {
  return 'ok' in written && written.ok === false;
}

/** NaN for what is no day of the calendar. */
function lastMoment(day: string, zone: string): number {
  if (!SHOP_DAY.test(day)) return Number.NaN;
  const end = Date.parse(`${day}T00:00:00Z`);
  const real = Number.isFinite(end) && new Date(end).toISOString().startsWith(day);
  return real ? dayEnd(day, zone) : Number.NaN;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
