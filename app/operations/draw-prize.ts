/** The draw of a game that is played at once, within the transaction that paid for it. */
import type pg from 'pg';
import { handOut } from './hand-out.ts';
import type { Playing } from './play-game.ts';
import { drawNumber, drawText, prizeAt, WHOLE } from '../domain/games/draw.ts';
import { oddsText, outcomeOf, publishedOdds } from '../domain/games/odds.ts';
import type { Outcome, WhyOther } from '../domain/games/odds.ts';
import type { Play } from '../domain/games/plays.ts';
import { insertDraw, lockPot, publishOdds, writePot } from '../storage/games/draws.ts';
import type { Pot } from '../storage/games/draws.ts';
import { takeSerial } from '../storage/games/epochs.ts';
import { hashing } from '../storage/games/hashing.ts';
import { MetOthers } from '../storage/transaction.ts';
import type { World } from '../world.ts';

interface Drawing extends Playing {
  readonly play: Play;
  readonly chosen: string;
}

/** @returns the play, with what it gave */
export async function drawFor(
  client: pg.PoolClient,
  world: World,
  drawing: Drawing,
): Promise<Play> {
  const { shopId, game, play, chosen, version, now } = drawing;
  const { key, item } = game;
  const { epoch } = play;
  const pot = await lockPot(client, shopId, key);
  const taken = await takeSerial(client, world.sealer, { shopId, game: key, epoch });
  // The day ended while others drew: the next one has a seed of its own.
  if (!taken) throw new MetOthers('the seed is shown already');
  const { serial, seed } = taken;
  const text = drawText({ shopId, game: key, epoch, serial, chosen });
  const number = await drawNumber(seed, text, WHOLE, hashing);
  const drawn = prizeAt(item.prizes, number)?.key ?? null;
  const outcome = await handOut(client, { ...drawing, memberId: drawing.member.id }, (gone) =>
    outcomeOf(item.prizes, drawn, (one) => lackOf(drawing, one, pot, gone)),
  );
  const points = pointsOf(drawing, outcome.given);
  if (outcome.given !== null) await writePot(client, shopId, key, potAfter(pot, outcome, points));
  await insertDraw(client, shopId, {
    ...{ id: play.id, game: key, epoch, serial, at: now, version, chosen, number, points },
    oddsHash: await publishOdds(client, shopId, oddsText(publishedOdds(item))),
    ...{ numberOf: WHOLE, place: null, route: play.route, ...outcome },
  });
  return { ...play, prize: outcome.given };
}

function lackOf(
  { shop, version, game }: Drawing,
  key: string,
  pot: Pot,
  gone: ReadonlySet<string>,
): WhyOther | null {
  const { prizes, budgetPoints } = game.item;
  const found = prizes.find((prize) => prize.key === key);
  if (!found || gone.has(key)) return 'stock';
  const { stock, prize } = found;
  if (stock !== null && (pot.prizes[key] ?? 0) >= stock) return 'stock';
  const terms = shop.versions.find((one) => one.version.version === version);
  const isOffered = prize.reward === null || terms?.rewards.some((one) => one.key === prize.reward);
  if (!isOffered) return 'stock';
  if (budgetPoints !== null && prize.points > 0 && pot.points + prize.points > budgetPoints) {
    return 'budget';
  }
  return null;
}

function pointsOf({ game }: Drawing, given: string | null): number {
  return game.item.prizes.find(({ key }) => key === given)?.prize.points ?? 0;
}

function potAfter(pot: Pot, { given }: Outcome, points: number): Pot {
  const prizes =
    given === null ? pot.prizes : { ...pot.prizes, [given]: (pot.prizes[given] ?? 0) + 1 };
  return { points: pot.points + points, prizes };
}
