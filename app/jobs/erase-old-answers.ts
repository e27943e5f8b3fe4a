/** What was gathered at a customer's request is not kept longer than the merchant needs to pass it on. */
import { eraseAnswersBefore } from '../storage/privacy/data-requests.ts';
import type { World } from '../world.ts';

const NOBODY = '0';

/** @returns how many were erased */
export function eraseOldAnswers(world: World): Promise<number> {
  return eraseAnswersBefore(world.db(NOBODY), new Date(world.now()));
}
