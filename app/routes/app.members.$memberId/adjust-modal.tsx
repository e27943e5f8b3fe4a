import { useFetcher } from '@remix-run/react';
import { Modal, TitleBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, Box, Checkbox, FormLayout, Select, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormat } from '../../components/use-format.ts';
import type { action } from './route.tsx';

const REASONS = [
  'goodwill',
  'missing-points',
  'correction',
  'promotion',
  'misuse',
  'other',
] as const;
const MOST_NOTE = 500;

interface AdjustProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly available: number;
  readonly debt: number;
}

/** Each opening is one wish with one key, so a click that is sent twice is booked once. */
export function AdjustModal(props: AdjustProps) {
  const [openings, setOpenings] = useState(0);
  const [wasOpen, setWasOpen] = useState(false);
  if (props.open !== wasOpen) {
    setWasOpen(props.open);
    if (props.open) setOpenings(openings + 1);
  }
  return <AdjustForm key={openings} {...props} />;
}

function AdjustForm({ open, onClose, available, debt }: AdjustProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const { data, state } = fetcher;
  const [requestKey, setRequestKey] = useState('');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [allowDebt, setAllowDebt] = useState(false);
  const [countsForTier, setCountsForTier] = useState(false);
  // A refusal is about what was sent; what is typed after it is new.
  const [corrected, setCorrected] = useState(true);
  const refusal = data && !data.ok && !corrected ? data.refusal : null;
  const points = /^[+-]?\d{1,8}$/.test(text.trim()) ? Number(text) : null;
  const balance = available - debt;
  const busy = state !== 'idle';

  const send = (): void => {
    const key = requestKey === '' ? crypto.randomUUID() : requestKey;
    setRequestKey(key);
    setCorrected(false);
    const wish = { points: points ?? 0, reason, note, allowDebt, countsForTier, requestKey: key };
    fetcher.submit(wish, { method: 'post', encType: 'application/json' });
  };
  useAnswer(fetcher, ({ ok }) => {
    if (!ok) return;
    shopify.toast.show(t('adjust.done'));
    onClose();
  });

  const pointsError =
    refusal?.kind === 'bad-points'
      ? t('adjust.refused.bad-points')
      : refusal?.kind === 'not-enough'
        ? t('adjust.refused.not-enough', { available: number(refusal.available) })
        : undefined;
  const gone = refusal?.kind === 'unknown-member' || refusal?.kind === 'member-gone';
  return (
    <Modal id="adjust-points" open={open} onHide={onClose}>
      <Box padding="400">
        <FormLayout>
          {gone && <Banner tone="critical">{t('adjust.refused.gone')}</Banner>}
          {refusal?.kind === 'not-joined' && (
            <Banner tone="critical">{t('adjust.refused.not-joined')}</Banner>
          )}
          <TextField
            label={t('adjust.points')}
            value={text}
            onChange={(next) => {
              setText(next.replace('−', '-'));
              setCorrected(true);
            }}
            autoComplete="off"
            inputMode="text"
            suffix={t('units.points')}
            helpText={
              points === null
                ? t('adjust.pointsHelp')
                : t('adjust.after', { points: number(balance + points) })
            }
            {...given({ error: pointsError })}
          />
          <Select
            label={t('adjust.reason')}
            value={reason}
            placeholder={t('adjust.choose')}
            onChange={(next) => {
              setReason(next);
              setCorrected(true);
            }}
            options={REASONS.map((value) => ({ value, label: t(`explain.reason.${value}`) }))}
            {...given({
              error: refusal?.kind === 'no-reason' ? t('adjust.refused.no-reason') : undefined,
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
          {points !== null && points < 0 && (
            <Checkbox
              label={t('adjust.allowDebt')}
              helpText={t('adjust.allowDebtHelp')}
              checked={allowDebt}
              onChange={(on) => {
                setAllowDebt(on);
                setCorrected(true);
              }}
            />
          )}
          <Checkbox
            label={t('adjust.countsForTier')}
            helpText={t('adjust.countsForTierHelp')}
            checked={countsForTier}
            onChange={setCountsForTier}
          />
        </FormLayout>
      </Box>
      <TitleBar title={t('adjust.title')}>
        <button variant="primary" onClick={send} disabled={busy} {...(busy && { loading: '' })}>
          {t('adjust.book')}
        </button>
        <button onClick={onClose}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
