import { Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { BackTestState } from '../../queries/back-tests.ts';

/** How far it is, or when it was; and whether it was about another draft than the present one. */
export function BackTestProgress({
  test,
  outdated,
  onCancel,
}: {
  test: BackTestState;
  outdated: boolean;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { moment, number } = useFormat();
  const share = test.members === 0 ? 100 : Math.floor((test.membersDone / test.members) * 100);
  if (test.state === 'failed') {
    return <Banner tone="critical">{t('trial.failed', { why: test.detail ?? '' })}</Banner>;
  }
  return (
    <BlockStack gap="400">
      {outdated && <Banner tone="warning">{t('trial.outdated')}</Banner>}
      {test.state === 'cancelled' && <Banner tone="info">{t('trial.cancelled')}</Banner>}
      <Card>
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="span" id="trial-progress">
              {t(test.state === 'running' ? 'trial.running' : 'trial.done', {
                done: number(test.membersDone),
                members: number(test.members),
                at: moment(test.finishedAt ?? test.askedAt),
              })}
            </Text>
            {test.state === 'running' && <Button onClick={onCancel}>{t('cancel')}</Button>}
          </InlineStack>
          {test.state === 'running' && (
            <ProgressBar progress={share} size="small" ariaLabelledBy="trial-progress" />
          )}
        </BlockStack>
      </Card>
    </BlockStack>
  );
}
