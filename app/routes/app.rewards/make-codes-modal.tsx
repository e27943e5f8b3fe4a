import { useFetcher } from '@remix-run/react';
import { Modal, TitleBar, useAppBridge } from '@shopify/app-bridge-react';
import { Box, FormLayout, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useAnswer } from '../../components/use-answer.ts';
import type { AskedForCodes } from '../../operations/ask-for-codes.ts';
import type { CodesWish } from './codes-modal.tsx';

/** How many codes, for whom, and until when. Each opening is one wish with one key. */
export function MakeCodesModal({
  asked,
  onClose,
}: {
  asked: CodesWish | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<AskedForCodes>();
  const [requestKey, setRequestKey] = useState('');
  const [name, setName] = useState('');
  const [count, setCount] = useState('100');
  const [lastDay, setLastDay] = useState('');
  const busy = fetcher.state !== 'idle';
  const refused = fetcher.data && !fetcher.data.ok && !busy ? fetcher.data.refusal.kind : null;
  const errorOf = (...kinds: string[]): string | undefined =>
    refused !== null && kinds.includes(refused) ? t(`codes.refused.${refused}`) : undefined;
  const close = (): void => {
    setRequestKey('');
    setName('');
    onClose();
  };
  const send = (): void => {
    const key = requestKey === '' ? crypto.randomUUID() : requestKey;
    setRequestKey(key);
    fetcher.submit(
      {
        ...{ wish: 'make', rewardKey: asked?.rewardKey ?? '', name, requestKey: key },
        count: Number(count),
        lastDay: lastDay === '' ? null : lastDay,
      },
      { method: 'post', encType: 'application/json', action: '/app/rewards' },
    );
  };
  useAnswer(fetcher, ({ ok }) => {
    if (!ok) return;
    shopify.toast.show(t('codes.asked'));
    close();
  });
  return (
    <Modal id="make-codes" open={asked !== null} onHide={close}>
      <Box padding="400">
        <FormLayout>
          <Text as="p">{t('codes.help', { name: asked?.name ?? '' })}</Text>
          <TextField
            label={t('codes.name')}
            value={name}
            onChange={setName}
            maxLength={60}
            autoComplete="off"
            {...given({ error: errorOf('no-name', 'unknown-reward', 'no-codes') })}
          />
          <TextField
            label={t('codes.count')}
            value={count}
            onChange={setCount}
            inputMode="numeric"
            autoComplete="off"
            {...given({ error: errorOf('bad-count', 'unreadable') })}
          />
          <TextField
            type="date"
            label={t('codes.lastDay')}
            helpText={t('codes.forGood')}
            value={lastDay}
            onChange={setLastDay}
            autoComplete="off"
            {...given({ error: errorOf('bad-day') })}
          />
        </FormLayout>
      </Box>
      <TitleBar title={t('codes.title')}>
        <button variant="primary" onClick={send} disabled={busy} {...(busy && { loading: '' })}>
          {t('codes.make')}
        </button>
        <button onClick={close}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
