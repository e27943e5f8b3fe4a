import { BlockStack, Button, Card, ChoiceList, InlineStack, Text } from '@shopify/polaris';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../components/read-text.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import type { Fault } from '../../domain/programme/validate-programme.ts';
import type { Segment } from '../../domain/segments/segment.ts';
import { SegmentFields } from '../app.programme/segment-fields.tsx';
import { useSegmentForm } from './use-segment-form.ts';

export interface ChosenFile {
  readonly name: string;
  readonly text: string;
}

/** To whom: members whom conditions fit, or who stands in a file. */
export function AudienceCard({
  segment,
  file,
  byFile,
  published,
  faults,
  shown,
  fileMissing,
  onSegment,
  onFile,
  onKind,
}: {
  segment: Segment;
  file: ChosenFile | null;
  byFile: boolean;
  published: DraftDocument;
  faults: readonly Fault[];
  /** Whether faults are shown everywhere. */
  shown: boolean;
  fileMissing: boolean;
  onSegment: (segment: Segment) => void;
  onFile: (file: ChosenFile) => void;
  onKind: (byFile: boolean) => void;
}) {
  const { t } = useTranslation();
  const form = useSegmentForm({ segment, published, faults, shown, onChange: onSegment });
  const input = useRef<HTMLInputElement>(null);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('gifts.whom')}
        </Text>
        <ChoiceList
          title={t('gifts.whom')}
          titleHidden
          choices={(['segment', 'file'] as const).map((value) => ({
            value,
            label: t(`gifts.to.${value}`),
          }))}
          selected={[byFile ? 'file' : 'segment']}
          onChange={([kind]) => onKind(kind === 'file')}
        />
        {byFile ? (
          <BlockStack gap="200">
            <Text as="p" tone="subdued">
              {t('gifts.fileHelp')}
            </Text>
            <InlineStack gap="300" blockAlign="center">
              <Button onClick={() => input.current?.click()}>{t('gifts.chooseFile')}</Button>
              <Text as="span" {...(fileMissing && { tone: 'critical' })}>
                {file?.name ?? t(fileMissing ? 'gifts.missing.file' : 'gifts.noFile')}
              </Text>
            </InlineStack>
            <input
              ref={input}
              type="file"
              accept=".csv,text/csv,text/plain"
              hidden
              aria-label={t('gifts.chooseFile')}
              onChange={({ target }) => {
                const [chosen] = target.files ?? [];
                if (chosen) {
                  void textOf(chosen).then((text) => onFile({ name: chosen.name, text }));
                }
                // The same file, corrected, can be chosen again.
                target.value = '';
              }}
            />
          </BlockStack>
        ) : (
          <SegmentFields {...{ segment, form }} place="" titles={{}} />
        )}
      </BlockStack>
    </Card>
  );
}
