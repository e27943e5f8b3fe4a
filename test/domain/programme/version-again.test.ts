import { expect, it } from 'vitest';
import { noteOfVersionAgain, versionAgainIn } from '../../../app/domain/programme/version-again.ts';

it('a note says which version is in force again, and one that somebody wrote says nothing of it', () => {
  expect([1, 12, 987].map((version) => versionAgainIn(noteOfVersionAgain(version)))).toEqual([
    1, 12, 987,
  ]);
  const written = [
    '',
    'Version 1',
    'Version 0 again',
    'Version 1 again, sorry',
    'Back to version 1 again',
  ];
  expect(written.map(versionAgainIn)).toEqual(written.map(() => null));
});
