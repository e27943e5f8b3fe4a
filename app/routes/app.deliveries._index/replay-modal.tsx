import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { Box, FormLayout, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';

const NUMBER = /^\d{1,18}$/;

export function ReplayModal({
  open,
  busy,
  onClose,
  onReplay,
}: {
  open: boolean;
  busy: boolean;
  onClose: () => void;
  onReplay: (fromId: string, toId: string) => void;
}) {
  const { t } = useTranslation();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [tried, setTried] = useState(false);
  const errorOf = (text: string): string | undefined =>
    tried && !NUMBER.test(text.trim()) ? t('deliveries.numberWanted') : undefined;
  const replay = (): void => {
    setTried(true);
    if (NUMBER.test(from.trim()) && NUMBER.test(to.trim())) onReplay(from.trim(), to.trim());
  };
  return (
    <Modal id="replay-range" open={open} onHide={onClose}>
      <Box padding="400">
        <FormLayout>
          <Text as="p">{t('deliveries.rangeHelp')}</Text>
          <FormLayout.Group>
            <TextField
              label={t('deliveries.from')}
              value={from}
              onChange={setFrom}
              inputMode="numeric"
              autoComplete="off"
              {...given({ error: errorOf(from) })}
            />
            <TextField
              label={t('deliveries.to')}
              value={to}
              onChange={setTo}
              inputMode="numeric"
              autoComplete="off"
              {...given({ error: errorOf(to) })}
            />
          </FormLayout.Group>
        </FormLayout>
      </Box>
      <TitleBar title={t('deliveries.replayRange')}>
        <button variant="primary" onClick={replay} disabled={busy}>
          {t('deliveries.replay')}
        </button>
        <button onClick={onClose}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
