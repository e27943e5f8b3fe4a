import { useFetcher } from '@remix-run/react';
import { Modal, TitleBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, Box, FormLayout, Select, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useAnswer } from '../../components/use-answer.ts';

export const REASONS = ['goodwill', 'correction', 'promotion', 'misuse', 'other'] as const;
const MOST_NOTE = 500;

type Answer = { readonly ok: true } | { readonly ok: false; readonly refusal: { kind: string } };
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
  readonly children?: (refused: string | null, corrected: () => void) => ReactNode;
  readonly onClose: () => void;
}

/**
 * What staff do to a member, with a reason and a note. Each opening is one wish with one key, so a
 * click that is sent twice is carried out once.
 */
export function ReasonedModal(props: Wish) {
  const [openings, setOpenings] = useState(0);
  const [was, setWas] = useState(false);
  if (props.open !== was) {
    setWas(props.open);
    if (props.open) setOpenings(openings + 1);
  }
  return <ReasonedForm key={openings} {...props} />;
}

function ReasonedForm({ id, open, title, doIt, placed = [], children, ...about }: Wish) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<Answer>();
  const { data, state } = fetcher;
  const [requestKey, setRequestKey] = useState('');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  // A refusal is about what was sent; what is typed after it is new.
  const [corrected, setCorrected] = useState(true);
  const refused = data && !data.ok && !corrected ? data.refusal.kind : null;
  const busy = state !== 'idle';

  const send = (): void => {
    const key = requestKey === '' ? crypto.randomUUID() : requestKey;
    setRequestKey(key);
    setCorrected(false);
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
  const isTop = refused !== null && refused !== 'no-reason' && !placed.includes(refused);

  return (
    <Modal id={id} open={open} onHide={about.onClose}>
      <Box padding="400">
        <FormLayout>
          {isTop && <Banner tone="critical">{about.refused(refused)}</Banner>}
          {children?.(refused, () => setCorrected(true))}
          <Select
            label={t('adjust.reason')}
            value={reason}
            placeholder={t('adjust.choose')}
            onChange={(value) => {
              setReason(value);
              setCorrected(true);
            }}
            options={REASONS.map((value) => ({ value, label: t(`explain.reason.${value}`) }))}
            {...given({
              error: refused === 'no-reason' ? about.refused('no-reason') : undefined,
            })}
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
