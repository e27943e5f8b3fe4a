import { useFetcher } from '@remix-run/react';
import { Modal, TitleBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, FormLayout, Select, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useAnswer } from '../../components/use-answer.ts';

export const REASONS = ['goodwill', 'correction', 'promotion', 'misuse', 'other'] as const;
const MOST_NOTE = 500;

export interface Refused {
  readonly kind: string;
  /** Points that there are, where too few are the reason. */
  readonly available?: number;
}

type Answer = { readonly ok: true } | { readonly ok: false; readonly refusal: Refused };
type Json = Readonly<Record<string, string | number | boolean | null>>;

interface Wish {
  readonly id: string;
  readonly open: boolean;
  readonly title: string;
  readonly doIt: string;
  /** Where it is sent, and with what besides the reason, the note and the key. */
  readonly action: string;
  readonly wish: () => Json;
  readonly done: string;
  /** What a refusal means, by its kind. */
  readonly refused: (kind: string) => string;
  /** Kinds that are told at a field of `children`. */
  readonly placed?: readonly string[];
  /** Reasons to choose from; the usual ones where nothing is said. */
  readonly reasons?: readonly string[];
  /** A reason in their own words, instead of a chosen one with a note. */
  readonly written?: { readonly label: string; readonly help: string; readonly most: number };
  readonly children?: (refused: Refused | null, corrected: () => void) => ReactNode;
  /** What stands below the reason. */
  readonly after?: (corrected: () => void) => ReactNode;
  readonly onClose: () => void;
}

/**
 * What staff do, with a reason. Each opening is one wish with one key, so a click that is sent twice
 * is carried out once.
 */
export function ReasonedModal(props: Wish) {
  return <ReasonedForm key={useOpenings(props.open)} {...props} />;
}

/** How often it was opened: what was typed before is of another wish. */
export function useOpenings(open: boolean): number {
  const [openings, setOpenings] = useState(0);
  const [was, setWas] = useState(false);
  if (open !== was) {
    setWas(open);
    if (open) setOpenings(openings + 1);
  }
  return openings;
}

function ReasonedForm({ id, open, title, doIt, placed = [], children, after, ...about }: Wish) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<Answer>();
  const { data, state } = fetcher;
  const [requestKey, setRequestKey] = useState('');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  // A refusal is about what was sent; what is typed after it is new.
  const [isCorrected, setIsCorrected] = useState(true);
  const corrected = (): void => setIsCorrected(true);
  const refused = data && !data.ok && !isCorrected ? data.refusal : null;
  const busy = state !== 'idle';

  const send = (): void => {
    const key = requestKey === '' ? crypto.randomUUID() : requestKey;
    setRequestKey(key);
    setIsCorrected(false);
    fetcher.submit(
      { ...about.wish(), reason, note, requestKey: key },
      { method: 'post', encType: 'application/json', action: about.action },
    );
  };
  useAnswer(fetcher, ({ ok }) => {
    if (!ok) return;
    shopify.toast.show(about.done);
    about.onClose();
  });
  const isTop = refused !== null && refused.kind !== 'no-reason' && !placed.includes(refused.kind);
  // What else is wrong is told with it, and not only after that is put right.
  const lacksReason =
    refused?.kind === 'no-reason' ||
    (refused !== null && placed.includes(refused.kind) && reason.trim() === '');
  const error = lacksReason ? about.refused('no-reason') : undefined;
  const chosen = (value: string): void => {
    setReason(value);
    corrected();
  };

  return (
    <Modal id={id} open={open} onHide={about.onClose}>
      <Box padding="400">
        <FormLayout>
          {isTop && <Banner tone="critical">{about.refused(refused.kind)}</Banner>}
          {children?.(refused, corrected)}
          {about.written ? (
            <TextField
              label={about.written.label}
              helpText={about.written.help}
              value={reason}
              onChange={chosen}
              multiline={2}
              maxLength={about.written.most}
              autoComplete="off"
              {...given({ error })}
            />
          ) : (
            <BlockStack gap="400">
              <Select
                label={t('adjust.reason')}
                value={reason}
                placeholder={t('adjust.choose')}
                onChange={chosen}
                options={(about.reasons ?? REASONS).map((value) => ({
                  value,
                  label: t(`explain.reason.${value}`),
                }))}
                {...given({ error })}
              />
              <TextField
                label={t('adjust.note')}
                helpText={t('adjust.noteHelp')}
                value={note}
                onChange={setNote}
                multiline={2}
                maxLength={MOST_NOTE}
                autoComplete="off"
              />
            </BlockStack>
          )}
          {after?.(corrected)}
        </FormLayout>
      </Box>
      <TitleBar title={title}>
        <button variant="primary" onClick={send} disabled={busy} {...(busy && { loading: '' })}>
          {doIt}
        </button>
        <button onClick={about.onClose}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
