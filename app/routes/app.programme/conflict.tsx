import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { ProgrammeChanges } from '../../components/programme-changes.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useActor } from '../../components/use-words.ts';
import { diffProgramme } from '../../domain/programme/diff-programme.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';

export interface Theirs {
  readonly by: string;
  readonly at: number;
  readonly revision: number;
  readonly document: DraftDocument;
}

/** Two people edited at once: what differs, and whose goes on is for the person to say. */
export function Conflict({
  theirs,
  mine,
  onTakeTheirs,
  onKeepMine,
}: {
  theirs: Theirs;
  mine: DraftDocument;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const actor = useActor();
  return (
    <BlockStack gap="400">
      <Banner tone="warning" title={t('conflict.title')}>
        <BlockStack gap="300">
          <Text as="p">
            {t('conflict.text', { who: actor(theirs.by), at: format.moment(theirs.at) })}
          </Text>
          <InlineStack gap="200">
            <Button onClick={onTakeTheirs}>{t('conflict.takeTheirs')}</Button>
            <Button onClick={onKeepMine}>{t('conflict.keepMine')}</Button>
          </InlineStack>
        </BlockStack>
      </Banner>
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingSm">
            {t('conflict.changes')}
          </Text>
          <ProgrammeChanges changes={diffProgramme(theirs.document, mine)} />
        </BlockStack>
      </Card>
    </BlockStack>
  );
}
