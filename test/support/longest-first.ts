import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, the longest first. The others follow as Vitest orders them. */
const LONGEST = [
  'test/journeys/demo.test.ts',
  'test/journeys/newcomer.test.ts',
  'test/journeys/games.test.ts',
  'test/journeys/redeem.test.ts',
  'test/journeys/first-visit.test.ts',
  'test/jobs/history-road.test.ts',
  'test/trials/storm.test.ts',
  'test/trials/at-once.test.ts',
  'test/trials/side-effects.test.ts',
  'test/trials/migrations.test.ts',
  'test/routes/proxy-games.test.ts',
  'test/trials/whole-programme.test.ts',
  'test/jobs/referrals-road.test.ts',
  'test/trials/intake.test.ts',
  'test/jobs/merged-debts-road.test.ts',
  'test/schema/migrations.test.ts',
  'test/jobs/rewards/rewards-road.test.ts',
  'test/routes/proxy-money.test.ts',
  'test/routes/proxy-rewards.test.ts',
  'test/jobs/rewards/used-codes.test.ts',
  'test/jobs/sweeps.test.ts',
  'test/routes/proxy-refusals.test.ts',
  'test/trials/model.test.ts',
  'test/jobs/gifts-of-rewards.test.ts',
  'test/operations/prove-command.test.ts',
  'test/operations/prove-and-rebuild.test.ts',
  'test/domain/decide-any-order.test.ts',
  'test/domain/tiers/climb-model.test.ts',
  'test/extensions/theme-check.test.ts',
];

/** A machine that never ran the tests does not know which of them take long, and might begin one last. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((path) => moduleId.endsWith(path));
  return place === -1 ? LONGEST.length : place;
}
