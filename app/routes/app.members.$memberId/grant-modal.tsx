import { useFetcher } from '@remix-run/react';
import { Modal, TitleBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, Box, FormLayout, Select, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useAnswer } from '../../components/use-answer.ts';
import type { PublishedNames } from '../../queries/published-names.ts';
import type { action } from '../app.members.$memberId_.tier.ts';

const REASONS = ['goodwill', 'correction', 'promotion', 'misuse', 'other'] as const;
const MOST_NOTE = 500;

/** A tier to be granted, or the grant that is to be revoked. */
export type GrantWish =
  | { readonly wish: 'grant' }
  | { readonly wish: 'revoke'; readonly grantId: string; readonly tierName: string };

interface GrantProps {
  readonly memberId: string;
  /** Null while the modal is closed. */
  readonly asked: GrantWish | null;
  readonly tiers: PublishedNames['tiers'];
  readonly onClose: () => void;
}

/** Each opening is one wish with one key, so a click that is sent twice is carried out once. */
export function GrantModal(props: GrantProps) {
  const [openings, setOpenings] = useState(0);
  const [was, setWas] = useState<GrantWish | null>(null);
  if (props.asked !== was) {
    setWas(props.asked);
    if (props.asked) setOpenings(openings + 1);
  }
  return <GrantForm key={openings} {...props} />;
}

function GrantForm({ memberId, asked, tiers, onClose }: GrantProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const { data, state } = fetcher;
  const [requestKey, setRequestKey] = useState('');
  const [tierKey, setTierKey] = useState('');
  const [lastDay, setLastDay] = useState('');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  // A refusal is about what was sent; what is typed after it is new.
  const [corrected, setCorrected] = useState(true);
  const refused = data && !data.ok && !corrected ? data.refusal.kind : null;
  const revoking = asked?.wish === 'revoke';
  const busy = state !== 'idle';

  const send = (): void => {
    if (!asked) return;
    const key = requestKey === '' ? crypto.randomUUID() : requestKey;
    setRequestKey(key);
    setCorrected(false);
    const common = { reason, note, requestKey: key };
    const wish =
      asked.wish === 'revoke'
        ? { wish: 'revoke', grantId: asked.grantId, ...common }
        : { wish: 'grant', tierKey, lastDay: lastDay === '' ? null : lastDay, ...common };
    fetcher.submit(wish, {
      method: 'post',
      encType: 'application/json',
      action: `/app/members/${memberId}/tier`,
    });
  };
  useAnswer(fetcher, ({ ok }) => {
    if (!ok) return;
    shopify.toast.show(t(revoking ? 'grant.revoked' : 'grant.done'));
    onClose();
  });
  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    setCorrected(true);
  };
  const errorOf = (...kinds: string[]): string | undefined =>
    refused !== null && kinds.includes(refused) ? t(`grant.refused.${refused}`) : undefined;
  const gone = errorOf('unknown-member', 'member-gone', 'unknown-grant');

  return (
    <Modal id="grant-tier" open={asked !== null} onHide={onClose}>
      <Box padding="400">
        <FormLayout>
          {gone !== undefined && <Banner tone="critical">{gone}</Banner>}
          {asked?.wish === 'revoke' ? (
            <Text as="p">{t('grant.revokeText', { tier: asked.tierName })}</Text>
          ) : (
            <FormLayout>
              <Select
                label={t('grant.tier')}
                value={tierKey}
                placeholder={t('grant.choose')}
                onChange={change(setTierKey)}
                options={tiers.map(({ key, name }) => ({ value: key, label: name }))}
                {...given({ error: errorOf('unknown-tier') })}
              />
              <TextField
                type="date"
                label={t('grant.lastDay')}
                value={lastDay}
                onChange={change(setLastDay)}
                autoComplete="off"
                helpText={t('grant.forGood')}
                {...given({ error: errorOf('bad-day') })}
              />
            </FormLayout>
          )}
          <Select
            label={t('adjust.reason')}
            value={reason}
            placeholder={t('adjust.choose')}
            onChange={change(setReason)}
            options={REASONS.map((value) => ({ value, label: t(`explain.reason.${value}`) }))}
            {...given({ error: errorOf('no-reason') })}
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
      <TitleBar title={t(revoking ? 'grant.revokeTitle' : 'grant.title')}>
        <button variant="primary" onClick={send} disabled={busy} {...(busy && { loading: '' })}>
          {t(revoking ? 'grant.revoke' : 'grant.grant')}
        </button>
        <button onClick={onClose}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
