import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { VersionLine } from '../../queries/programme-page.ts';

/** What can be done with a version that is shown: put it in force again, or take a planned one back. */
export function GoBack({
  version: { version, state, effectiveAt, note },
  inForce,
  busy,
  onRollBack,
  onWithdraw,
}: {
  version: VersionLine;
  inForce: number | null;
  busy: boolean;
  onRollBack: () => void;
  onWithdraw: () => void;
}) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const [asking, setAsking] = useState(false);
  const planned = state === 'scheduled';
  if (version === inForce && note === '') return null;
  return (
    <Card>
      <BlockStack gap="300">
        {note !== '' && <Text as="p">{note}</Text>}
        {planned && <Text as="p">{t('versions.scheduledFor', { at: moment(effectiveAt) })}</Text>}
        {version !== inForce && (
          <InlineStack>
            <Button onClick={() => setAsking(true)} disabled={busy}>
              {t(planned ? 'versions.withdraw' : 'versions.rollBack', { version })}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
      <Modal id="go-back" open={asking} onHide={() => setAsking(false)}>
        <Box padding="400">
          <Text as="p">{t(planned ? 'versions.withdrawText' : 'versions.rollBackText')}</Text>
        </Box>
        <TitleBar title={t(planned ? 'versions.withdraw' : 'versions.rollBack', { version })}>
          <button
            variant="primary"
            disabled={busy}
            onClick={() => {
              setAsking(false);
              if (planned) onWithdraw();
              else onRollBack();
            }}
          >
            {t(planned ? 'versions.withdraw' : 'versions.rollBack', { version })}
          </button>
          <button onClick={() => setAsking(false)}>{t('cancel')}</button>
        </TitleBar>
      </Modal>
    </Card>
  );
}
