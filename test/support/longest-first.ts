import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, the longest first. The others follow as Vitest orders them. */
const LONGEST = [
  'test/journeys/newcomer.test.ts',
  'test/journeys/demo.test.ts',
  'test/jobs/history-road.test.ts',
  'test/trials/storm.test.ts',
  'test/jobs/sweeps.test.ts',
  'test/operations/prove-and-rebuild.test.ts',
  'test/operations/prove-command.test.ts',
  'test/trials/whole-programme.test.ts',
  'test/schema/migrations.test.ts',
  'test/trials/intake.test.ts',
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
