import { useFetcher } from '@remix-run/react';
import { Modal, TitleBar, useAppBridge } from '@shopify/app-bridge-react';
import { Box, FormLayout, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { textOf } from '../../components/read-text.ts';
import { useAnswer } from '../../components/use-answer.ts';
import type { UploadedCodes } from '../../operations/upload-partner-codes.ts';

type Unreadable = { readonly ok: false; readonly refusal: { readonly kind: 'unreadable' } };

export interface CodesWish {
  readonly rewardKey: string;
  readonly name: string;
}

/** A partner's codes, pasted or from a file. */
export function CodesModal({ asked, onClose }: { asked: CodesWish | null; onClose: () => void }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<UploadedCodes | Unreadable>();
  const [text, setText] = useState('');
  const busy = fetcher.state !== 'idle';
  const refusal = fetcher.data && !fetcher.data.ok && !busy ? fetcher.data.refusal : null;
  const close = (): void => {
    setText('');
    onClose();
  };
  useAnswer(fetcher, (answer) => {
    if (!answer.ok) return;
    shopify.toast.show(t('rewards.uploaded', { count: answer.added }));
    close();
  });
  const error = refusal
    ? t(`rewards.uploadRefused.${refusal.kind}`, {
        line: 'line' in refusal ? refusal.line : '',
      })
    : undefined;
  return (
    <Modal id="partner-codes" open={asked !== null} onHide={close}>
      <Box padding="400">
        <FormLayout>
          <Text as="p">{t('rewards.uploadHelp')}</Text>
          <input
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            aria-label={t('rewards.file')}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) void textOf(file).then(setText);
            }}
          />
          <TextField
            label={t('rewards.pasted')}
            value={text}
            onChange={setText}
            multiline={6}
            maxHeight="12rem"
            autoComplete="off"
            {...given({ error })}
          />
        </FormLayout>
      </Box>
      <TitleBar title={t('rewards.uploadTitle', { name: asked?.name ?? '' })}>
        <button
          variant="primary"
          disabled={busy}
          onClick={() =>
            fetcher.submit(
              { wish: 'codes', rewardKey: asked?.rewardKey ?? '', text },
              { method: 'post', encType: 'application/json', action: '/app/rewards' },
            )
          }
        >
          {t('rewards.upload')}
        </button>
        <button onClick={close}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
