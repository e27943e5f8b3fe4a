import { BlockStack, Card, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useLookAgain } from '../../components/use-look-again.ts';
import { useFormat } from '../../components/use-format.ts';
import type { LookingAgain } from '../../queries/programme-page.ts';

const ASK_AGAIN_MS = 3_000;

/** After a publication everybody is looked at again, in the background; the page may be left. */
export function LookingAgainCard({ again: { left, members } }: { again: LookingAgain }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  useLookAgain(true, ASK_AGAIN_MS);
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
