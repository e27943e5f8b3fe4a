import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, List, ProgressBar, Text, TextField } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AtOnce } from '../../components/at-once.tsx';
import { given } from '../../components/given.ts';
import { ProgrammeChanges } from '../../components/programme-changes.tsx';
import { useShop } from '../../components/shop-context.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useFaultWords } from '../../components/use-words.ts';
import type { Change } from '../../domain/programme/diff-programme.ts';
import type { Fault } from '../../domain/programme/validate-programme.ts';
import { clockMoment } from '../../domain/time/shop-time.ts';
import type { BackTestState } from '../../queries/back-tests.ts';
import { useOpenings } from '../app/reasoned-modal.tsx';
import { NeededScopes } from '../app/allow-scopes.tsx';
import { useTrial } from './use-trial.ts';

const MOST_NOTE = 500;

interface PublishProps {
  readonly open: boolean;
  readonly changes: readonly Change[];
  /** Of products and collections, by id. */
  readonly titles: Readonly<Record<string, string>>;
  /** Permissions that its rewards need. */
  readonly scopes: readonly string[];
  readonly first: boolean;
  readonly warnings: readonly Fault[];
  readonly busy: boolean;
  readonly problem: string | null;
  /** What is wrong with the moment that was chosen. */
  readonly momentProblem: string | null;
  /** Of the draft that would be published. */
  readonly revision: number;
  /** `effectiveAt` is null for at once. */
  readonly onPublish: (note: string, effectiveAt: number | null) => void;
  readonly onClose: () => void;
}

/** What publishing changes, before it does. */
export function PublishModal(props: PublishProps) {
  return <PublishForm key={useOpenings(props.open)} {...props} />;
}

function PublishForm({
  open,
  changes,
  titles,
  scopes,
  first,
  warnings,
  busy,
  problem,
  momentProblem,
  revision,
  onPublish,
  onClose,
}: PublishProps) {
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
          {problem !== null && <Problem words={problem} />}
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
          <ProgrammeChanges changes={changes} titles={titles} />
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
            {...given({ error: momentProblem ?? undefined })}
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

/** The button that asked is below: what was refused is brought into sight. */
function Problem({ words }: { words: string }) {
  const place = useRef<HTMLDivElement>(null);
  // In braces: newer browsers answer with a promise, which React would take for a clean-up.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [words]);
  return (
    <div ref={place} role="alert">
      <Banner tone="critical">{words}</Banner>
    </div>
  );
}

/** What publishing does to members at once, or how far the looking is. */
function WhoMoves({ trial }: { trial: BackTestState | null }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  if (trial === null) return null;
  if (trial.state === 'failed') {
    return (
      <Text as="p" tone="subdued">
        {t('publish.notTried')}
      </Text>
    );
  }
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
