import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, List, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgrammeChanges } from '../../components/programme-changes.tsx';
import { useFaultWords } from '../../components/use-words.ts';
import type { Change } from '../../domain/programme/diff-programme.ts';
import type { Fault } from '../../domain/programme/validate-programme.ts';

const MOST_NOTE = 500;

/** What publishing changes, before it does. */
export function PublishModal({
  open,
  changes,
  first,
  warnings,
  busy,
  problem,
  onPublish,
  onClose,
}: {
  open: boolean;
  changes: readonly Change[];
  first: boolean;
  warnings: readonly Fault[];
  busy: boolean;
  problem: string | null;
  onPublish: (note: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const words = useFaultWords();
  const [note, setNote] = useState('');
  return (
    <Modal id="publish-programme" open={open} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="400">
          {problem !== null && <Banner tone="critical">{problem}</Banner>}
          <Text as="p">{t(first ? 'publish.first' : 'publish.text')}</Text>
          {warnings.length > 0 && (
            <Banner tone="warning" title={t('publish.warnings')}>
              <List>
                {warnings.map((warning) => (
                  <List.Item key={warning.place}>{words(warning)}</List.Item>
                ))}
              </List>
            </Banner>
          )}
          <ProgrammeChanges changes={changes} />
          <TextField
            label={t('publish.note')}
            helpText={t('publish.noteHelp')}
            value={note}
            onChange={setNote}
            maxLength={MOST_NOTE}
            multiline={2}
            autoComplete="off"
          />
        </BlockStack>
      </Box>
      <TitleBar title={t('publish.title')}>
        <button
          variant="primary"
          disabled={busy || changes.length === 0}
          {...(busy && { loading: '' })}
          onClick={() => onPublish(note)}
        >
          {t('publish.publish')}
        </button>
        <button onClick={onClose}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
