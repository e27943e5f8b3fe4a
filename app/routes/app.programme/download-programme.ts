import type { DraftDocument } from '../../domain/programme/draft.ts';
import { fileName, writeProgrammeFile } from '../../domain/programme/programme-file.ts';

/** Gives the programme to the browser as a file. */
export function downloadProgramme(programme: DraftDocument): void {
  const url = URL.createObjectURL(
    new Blob([writeProgrammeFile(programme)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(programme.name);
  link.click();
  URL.revokeObjectURL(url);
}
