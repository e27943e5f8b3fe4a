import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, List, ProgressBar, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AtOnce } from '../../components/at-once.tsx';
import { ProgrammeChanges } from '../../components/programme-changes.tsx';
import { useShop } from '../../components/shop-context.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useFaultWords } from '../../components/use-words.ts';
import type { Change } from '../../domain/programme/diff-programme.ts';
import type { Fault } from '../../domain/programme/validate-programme.ts';
import { clockMoment } from '../../domain/time/shop-time.ts';
import type { BackTestState } from '../../queries/back-tests.ts';
import { NeededScopes } from '../app/allow-scopes.tsx';
import { useTrial } from './use-trial.ts';

const MOST_NOTE = 500;

/** What publishing changes, before it does. */
export function PublishModal({
  open,
  changes,
  scopes,
  first,
  warnings,
  busy,
  problem,
  revision,
  onPublish,
  onClose,
}: {
  open: boolean;
  changes: readonly Change[];
  /** Permissions that its rewards need. */
  scopes: readonly string[];
  first: boolean;
  warnings: readonly Fault[];
  busy: boolean;
  problem: string | null;
  /** Of the draft that would be published. */
  revision: number;
  /** `effectiveAt` is null for at once. */
  onPublish: (note: string, effectiveAt: number | null) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const words = useFaultWords();
  const { timeZone } = useShop();
  const [note, setNote] = useState('');
  const [clock, setClock] = useState('');
  const effectiveAt = clock === '' ? null : clockMoment(clock, timeZone);
  const planned = effectiveAt !== null;
  const trial = useTrial(open, revision);
  return (
    <Modal id="publish-programme" open={open} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="400">
          {problem !== null && <Banner tone="critical">{problem}</Banner>}
          <Text as="p">
            {t(planned ? 'publish.textPlanned' : first ? 'publish.first' : 'publish.text')}
          </Text>
          <NeededScopes open={open} wanted={scopes} />
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
          <WhoMoves trial={trial} />
          <TextField
            label={t('publish.note')}
            helpText={t('publish.noteHelp')}
            value={note}
            onChange={setNote}
            maxLength={MOST_NOTE}
            multiline={2}
            autoComplete="off"
          />
          <TextField
            label={t('publish.when')}
            helpText={t('publish.whenHelp', { zone: timeZone })}
            type="datetime-local"
            value={clock}
            onChange={setClock}
            autoComplete="off"
            clearButton
            onClearButtonClick={() => setClock('')}
          />
        </BlockStack>
      </Box>
      <TitleBar title={t('publish.title')}>
        <button
          variant="primary"
          disabled={busy || changes.length === 0}
          {...(busy && { loading: '' })}
          onClick={() => onPublish(note, effectiveAt)}
        >
          {t(planned ? 'publish.plan' : 'publish.publish')}
        </button>
        <button onClick={onClose}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}

/** What publishing does to members at once, or how far the looking is. */
function WhoMoves({ trial }: { trial: BackTestState | null }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  if (trial === null || trial.state === 'failed') return null;
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <div aria-live="polite">
        {trial.state === 'running' ? (
          <BlockStack gap="200">
            <Text as="p" id="publish-progress">
              {t('publish.trying', {
                done: number(trial.membersDone),
                members: number(trial.members),
              })}
            </Text>
            <ProgressBar
              progress={Math.floor((trial.membersDone / Math.max(1, trial.members)) * 100)}
              size="small"
              ariaLabelledBy="publish-progress"
            />
          </BlockStack>
        ) : (
          <AtOnce test={trial} />
        )}
      </div>
    </Box>
  );
}
