import { Banner } from '@shopify/polaris';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readProgrammeFile } from '../../domain/programme/programme-file.ts';
import type { ReadFile } from '../../domain/programme/programme-file.ts';
import type { ProgrammeForm } from './use-programme-form.ts';

/** A file that is read into the draft: seen in the form first, kept when it is saved. */
export function useProgrammeImport(form: ProgrammeForm): {
  readonly choose: () => void;
  /** The input that the browser opens, and what was wrong with the last file. */
  readonly parts: ReactNode;
} {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<ReadFile | null>(null);

  const take = async (file: File): Promise<void> => {
    const found = readProgrammeFile(await file.text());
    setRead(found);
    if (!found.ok) return;
    form.replace(found.document);
    form.showAllFaults();
  };

  return {
    choose: () => input.current?.click(),
    parts: (
      <>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label={t('file.import')}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void take(file);
            // The same file, corrected, can be chosen again.
            target.value = '';
          }}
        />
        {read && (
          <Banner tone={read.ok ? 'info' : 'critical'} onDismiss={() => setRead(null)}>
            {read.ok
              ? t('file.taken')
              : t(`file.refused.${read.refusal.kind}`, {
                  place: 'place' in read.refusal ? read.refusal.place : '',
                })}
          </Banner>
        )}
      </>
    ),
  };
}
