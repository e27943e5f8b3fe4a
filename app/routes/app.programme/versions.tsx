import { Badge, BlockStack, Box, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { BadgeProps } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { useActor, useVersionNote } from '../../components/use-words.ts';
import type { VersionLine } from '../../queries/programme-page.ts';
import { partId } from './contents.tsx';

const TONES: Partial<Record<VersionLine['state'], NonNullable<BadgeProps['tone']>>> = {
  'in-force': 'success',
  scheduled: 'info',
};

export function Versions({ versions }: { versions: readonly VersionLine[] }) {
  const { t } = useTranslation();
  return (
    <div id={partId('versions')} tabIndex={-1} className="laurel-part">
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
        {versions.map((version) => (
          <Version key={version.version} version={version} />
        ))}
      </Card>
    </div>
  );
}

function Version({ version }: { version: VersionLine }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const actor = useActor();
  const noteOf = useVersionNote();
  const { state } = version;
  const tone = TONES[state];
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {t('versions.version', { version: version.version })}
          </Text>
          {state !== 'past' && (
            <Badge {...(tone && { tone })}>{t(`versions.state.${state}`)}</Badge>
          )}
          <Link url={`/app/programme/versions?to=${version.version}`}>{t('versions.compare')}</Link>
        </InlineStack>
        <Text as="p" tone="subdued" variant="bodySm">
          {t('versions.published', {
            at: moment(version.publishedAt),
            who: actor(version.publishedBy),
          })}
        </Text>
        {state === 'scheduled' && (
          <Text as="p">{t('versions.scheduledFor', { at: moment(version.effectiveAt) })}</Text>
        )}
        {version.note !== '' && <Text as="p">{noteOf(version.note)}</Text>}
      </BlockStack>
    </Box>
  );
}
