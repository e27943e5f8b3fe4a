import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner } from '@shopify/polaris';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_CHARACTERS, readProgrammeFile } from '../../domain/programme/programme-file.ts';
import type { ReadFile } from '../../domain/programme/programme-file.ts';
import type { ProgrammeForm } from './use-programme-form.ts';

function toneOf(read: ReadFile): 'info' | 'warning' | 'critical' {
  if (!read.ok) return 'critical';
  return read.leftOut.length > 0 ? 'warning' : 'info';
}

/** A file that is read into the draft: seen in the form first, kept when it is saved. */
export function useProgrammeImport(form: ProgrammeForm): {
  readonly choose: () => void;
  /** The input that the browser opens, and what was wrong with the last file. */
  readonly parts: ReactNode;
} {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const input = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<ReadFile | null>(null);

  const take = async (file: File): Promise<void> => {
    // A letter has four bytes at most: what is larger is not even read.
    const found: ReadFile =
      file.size > 4 * MOST_CHARACTERS
        ? { ok: false, refusal: { kind: 'too-large' } }
        : // One that was moved away meanwhile cannot be read any more.
          readProgrammeFile(await file.text().catch(() => ''));
    setRead(found);
    if (!found.ok) return;
    if (JSON.stringify(found.document) === JSON.stringify(form.document)) {
      shopify.toast.show(t('file.same'));
    }
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
        {read && (form.dirty || !read.ok) && (
          <Banner tone={toneOf(read)} onDismiss={() => setRead(null)}>
            {read.ok
              ? [
                  t('file.taken'),
                  read.leftOut.length > 0 && t('file.leftOut', { places: read.leftOut.join(', ') }),
                ]
                  .filter(Boolean)
                  .join(' ')
              : t(`file.refused.${read.refusal.kind}`, {
                  place: 'place' in read.refusal ? read.refusal.place : '',
                })}
          </Banner>
        )}
      </>
    ),
  };
}
