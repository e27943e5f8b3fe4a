import { Badge, BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { useActor } from '../../components/use-words.ts';
import type { VersionLine } from '../../queries/programme-page.ts';

export function Versions({ versions }: { versions: readonly VersionLine[] }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const actor = useActor();
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('versions.title')}
        </Text>
      </Box>
      {versions.length === 0 && (
        <Box padding="400" paddingBlockStart="0">
          <Text as="p" tone="subdued">
            {t('versions.none')}
          </Text>
        </Box>
      )}
      {versions.map((version, index) => (
        <Box key={version.version} padding="400" borderBlockStartWidth="025" borderColor="border">
          <BlockStack gap="100">
            <InlineStack gap="200" blockAlign="center">
              <Text as="h3" variant="headingSm">
                {t('versions.version', { version: version.version })}
              </Text>
              {index === 0 && <Badge tone="success">{t('versions.inForce')}</Badge>}
            </InlineStack>
            <Text as="p" tone="subdued" variant="bodySm">
              {t('versions.published', {
                at: moment(version.publishedAt),
                who: actor(version.publishedBy),
              })}
            </Text>
            {version.note !== '' && <Text as="p">{version.note}</Text>}
          </BlockStack>
        </Box>
      ))}
    </Card>
  );
}
