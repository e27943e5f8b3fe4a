/** What of the games is under way for a shopper, read at once by their page: each part is a file of its own. */
import { playChallenges } from './play-challenges.ts';
import { playGames } from './play-games.ts';
import { playQuizzes } from './play-quizzes.ts';
import { playBoards } from './play-boards.ts';
import { playStreaks } from './play-streaks.ts';
import type { SignIn } from './sign-in.ts';
import type { World } from '../world.ts';

/** @returns what it adds to the answer, e.g. `{ streaks: [...] }` */
export type PlayPart = (
  world: World,
  shopper: SignIn,
  /** What the page says of where the shopper is. */
  country: string | null,
) => Promise<Readonly<Record<string, unknown>>>;

const PARTS: readonly PlayPart[] = [
  playChallenges,
  playStreaks,
  playBoards,
  playGames,
  playQuizzes,
];

export async function play(
  world: World,
  shopper: SignIn,
  country: string | null = null,
): Promise<Readonly<Record<string, unknown>>> {
  const told = await Promise.all(PARTS.map((part) => part(world, shopper, country)));
  return Object.assign({}, ...told) as Readonly<Record<string, unknown>>;
}
