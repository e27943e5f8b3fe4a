import { BlockStack, Box, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { useActor } from '../../components/use-words.ts';
import type { AuditLine } from '../../queries/member-page.ts';

/** Who did what to this member. */
export function AuditCard({ lines }: { lines: readonly AuditLine[] }) {
  const { t } = useTranslation();
  const { moment, signed } = useFormat();
  const actor = useActor();
  if (lines.length === 0) return null;
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingSm">
          {t('audit.heading')}
        </Text>
      </Box>
      {lines.map((line) => {
        const action = t(`audit.${line.action}`, { defaultValue: line.action });
        return (
          <Box
            key={line.id}
            paddingBlock="200"
            paddingInline="400"
            borderBlockStartWidth="025"
            borderColor="border"
          >
            <BlockStack gap="050">
              <Text as="span">
                {line.points === null ? action : `${action}: ${signed(line.points)}`}
              </Text>
              {line.words !== null && <Text as="span">{line.words}</Text>}
              <Text as="span" tone="subdued" variant="bodySm">
                {t('audit.by', { who: actor(line.actor), at: moment(line.at) })}
              </Text>
            </BlockStack>
          </Box>
        );
      })}
    </Card>
  );
}
