/**
 * A giveaway has ended: who holds how many tickets is written down, some members at a time, and sealed by its
 * hash. Tickets that were taken are in it; those of orders only where the game was open to whoever ordered.
 */
import type pg from 'pg';
import type { Closing } from './close-epoch.ts';
import { ordersIn } from '../domain/decide-games.ts';
import { outsideOf } from '../domain/earning/audience.ts';
import { permitted } from '../domain/games/legal.ts';
import { ticketsKey } from '../domain/games/order-tickets.ts';
import { ageConfirmed, playsOf } from '../domain/games/plays.ts';
import { boreTag } from '../domain/members/tags.ts';
import type { Activity } from '../domain/activities/activity.ts';
import { readActivities } from '../storage/activities/activities.ts';
import { lastCountry } from '../storage/games/draws.ts';
import { writeEpoch } from '../storage/games/epochs.ts';
import {
  holdersAfter,
  insertHolders,
  orderTicketRows,
  sealList,
} from '../storage/games/giveaway-list.ts';
import type { ListedHolder, TicketSource } from '../storage/games/giveaway-list.ts';
import { readMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';

const BATCH = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export async function listTickets(
  client: pg.PoolClient,
  closing: Closing,
  batch = BATCH,
): Promise<void> {
  const { epoch, game } = closing;
  const { shopId } = epoch;
  const [after = BEFORE_ALL, listed = '0'] = (epoch.cursor ?? undefined)?.split(' ') ?? [];
  const ids = await holdersAfter(client, epoch, after, batch);
  const last = ids.at(-1);
  if (last === undefined) {
    await writeEpoch(client, epoch, { state: 'drawing', ...(await sealList(client, epoch)) });
    return;
  }
  const activities = await readActivities(client, shopId, ids);
  const key = ticketsKey({ game: game.key, epoch: epoch.epoch });
  const orders = await orderTicketRows(client, shopId, key, ids);
  const holders: ListedHolder[] = [];
  let place = Number(listed);
  for (const member of await readMembers(client, shopId, ids)) {
    if (member.state !== 'active' || member.membership === 'not-joined') continue;
    const own = activities.get(member.id) ?? [];
    const counted = ordersIn(orders.get(member.id) ?? []);
    const open = counted.length > 0 && (await isOpenTo(client, closing, member, own));
    const sources = [...taken(closing, own), ...(open ? counted.map(ofOrder) : [])];
    const tickets = sources.reduce((sum, [, , many]) => sum + many, 0);
    if (tickets === 0) continue;
    place += 1;
    holders.push({ place, memberId: member.id, tickets, sources });
  }
  await insertHolders(client, epoch, holders);
  await writeEpoch(client, epoch, { state: 'listing', cursor: `${last} ${place}` });
}

function taken({ epoch, game }: Closing, activities: readonly Activity[]): TicketSource[] {
  return playsOf(activities)
    .filter((play) => play.as === 'ticket' && play.game === game.key && play.epoch === epoch.epoch)
    .map(({ route, id }) => [route, id, 1] as const);
}

function ofOrder([orderId, tickets]: readonly [string, number]): TicketSource {
  return ['order', orderId, tickets];
}

async function isOpenTo(
  client: pg.PoolClient,
  { epoch, game, now }: Closing,
  member: StoredMember,
  activities: readonly Activity[],
): Promise<boolean> {
  const country = await lastCountry(client, epoch.shopId, member.id);
  const { off, freeOnly, age } = permitted(game.item, [country]);
  if (off || freeOnly || (age !== null && ageConfirmed(activities) < age)) return false;
  const beheld = {
    tierKey: () => member.tierKey,
    hasTag: (tag: string) => boreTag(member.tags, tag, now),
  };
  return outsideOf(game.item.audience, beheld) === null;
}
