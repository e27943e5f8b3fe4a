import { useRevalidator } from '@remix-run/react';
import { BlockStack, Card, ProgressBar, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { LookingAgain } from '../../queries/programme-page.ts';

const ASK_AGAIN_MS = 3_000;

/** After a publication everybody is looked at again, in the background; the page may be left. */
export function LookingAgainCard({ again: { left, members } }: { again: LookingAgain }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') revalidate();
    }, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [revalidate]);
  const done = Math.max(0, members - left);
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="p" id="looking-again">
          {t('programme.lookingAgain', { done: number(done), members: number(members) })}
        </Text>
        <ProgressBar
          progress={members === 0 ? 100 : Math.floor((done / members) * 100)}
          size="small"
          ariaLabelledBy="looking-again"
        />
      </BlockStack>
    </Card>
  );
}
