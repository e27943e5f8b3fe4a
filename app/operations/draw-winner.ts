/** One winner of a giveaway: the next of its prizes, drawn among the tickets that are still in the draw. */
import type pg from 'pg';
import type { Closing } from './close-epoch.ts';
import { handOut } from './hand-out.ts';
import { drawNumber, drawText } from '../domain/games/draw.ts';
import type { GiveawaySettings } from '../domain/games/giveaway.ts';
import { oddsText, publishedOdds } from '../domain/games/odds.ts';
import type { Play } from '../domain/games/plays.ts';
import type { GamePrize } from '../domain/games/settings.ts';
import { insertDraw, lockPot, publishOdds, writePot } from '../storage/games/draws.ts';
import { takeSerial } from '../storage/games/epochs.ts';
import { survivorOf, takeTicketAt, ticketsInDraw } from '../storage/games/giveaway-list.ts';
import { hashing } from '../storage/games/hashing.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { World } from '../world.ts';

interface Won {
  readonly given: string | null;
  readonly because: 'stock' | 'budget' | 'gone' | null;
}

/** @returns whether one was drawn: there is nobody left, or nothing, otherwise */
export async function drawWinner(
  client: pg.PoolClient,
  world: World,
  closing: Closing,
): Promise<boolean> {
  const { epoch, game, version, now } = closing;
  const { shopId, listHash } = epoch;
  const prize = prizeFor(game.item.prizes, epoch.draws);
  const range = await ticketsInDraw(client, epoch);
  if (!prize || range === 0 || listHash === null) return false;
  const taken = await takeSerial(client, world.sealer, epoch);
  if (!taken) return false;
  const { serial, seed } = taken;
  const words = { shopId, game: game.key, epoch: epoch.epoch, serial, chosen: listHash };
  const number = await drawNumber(seed, drawText(words), range, hashing);
  const { once } = game.settings as GiveawaySettings;
  const ticket = await takeTicketAt(client, epoch, number, once);
  const id = world.newId();
  const play: Play = {
    ...{ id, at: now, game: game.key, epoch: epoch.epoch, as: 'win', route: ticket.route, version },
    ...{ ref: ticket.ref, place: ticket.ofSource, prize: null, requestKey: '' },
  };
  const won = await giveTo(client, closing, { play, prize, holder: ticket.memberId });
  const points = won.given === null ? 0 : prize.prize.points;
  await insertDraw(client, shopId, {
    ...{ id, game: game.key, epoch: epoch.epoch, serial, at: now, version, chosen: listHash },
    oddsHash: await publishOdds(client, shopId, oddsText(publishedOdds(game.item))),
    ...{ numberOf: range, number, place: ticket.place, route: ticket.route },
    ...{ ...won, drawn: prize.key, points },
  });
  return true;
}

/** Prizes are drawn in their order, each as often as there is of it. */
function prizeFor(prizes: readonly GamePrize[], drawn: number): GamePrize | null {
  let upTo = 0;
  for (const prize of prizes) {
    upTo += prize.stock ?? 0;
    if (drawn < upTo) return prize;
  }
  return null;
}

async function giveTo(
  client: pg.PoolClient,
  { epoch, shop, game, now }: Closing,
  { play, prize, holder }: { play: Play; prize: GamePrize; holder: string },
): Promise<Won> {
  const { shopId } = epoch;
  const memberId = await survivorOf(client, shopId, holder);
  const member = (await lockMembers(client, shopId, [memberId])).get(memberId);
  if (member?.state !== 'active') return { given: null, because: 'gone' };
  const pot = await lockPot(client, shopId, game.key);
  const { budgetPoints } = game.item;
  const overBudget = budgetPoints !== null && pot.points + prize.prize.points > budgetPoints;
  const won = await handOut<Won>(client, { shopId, shop, memberId, now, play }, (gone) => {
    if (gone.has(prize.key)) return { given: null, because: 'stock' };
    if (overBudget && prize.prize.points > 0) return { given: null, because: 'budget' };
    return { given: prize.key, because: null };
  });
  if (won.given === null) return won;
  const given = (pot.prizes[prize.key] ?? 0) + 1;
  const prizes = { ...pot.prizes, [prize.key]: given };
  await writePot(client, shopId, game.key, { points: pot.points + prize.prize.points, prizes });
  return won;
}
