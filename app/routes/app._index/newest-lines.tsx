import { BlockStack, Box, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { gainOf, useLineTitle } from '../../components/ledger-words.ts';
import { PointsChange } from '../../components/points-change.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { NewestLine } from '../../queries/newest-entries.ts';

export function NewestLines({ lines }: { lines: readonly NewestLine[] }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const titleOf = useLineTitle();
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingSm">
          {t('home.newest')}
        </Text>
      </Box>
      {lines.length === 0 && (
        <Box padding="400" paddingBlockStart="0">
          <Text as="p" tone="subdued">
            {t('home.nothingYet')}
          </Text>
        </Box>
      )}
      {lines.map((line) => (
        <Box
          key={`${line.memberId} ${line.seq}`}
          padding="400"
          borderBlockStartWidth="025"
          borderColor="border"
        >
          <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
            <BlockStack gap="050">
              <Link url={`/app/members/${line.memberId}`} removeUnderline>
                <span className="laurel-unbroken">
                  {line.memberName ?? line.memberEmail ?? t('members.nameless')}
                </span>
              </Link>
              <Text as="span" tone="subdued" variant="bodySm">
                {titleOf(line)} · {moment(line.recordedAt)}
              </Text>
            </BlockStack>
            <PointsChange gain={gainOf(line)} />
          </InlineStack>
        </Box>
      ))}
    </Card>
  );
}
