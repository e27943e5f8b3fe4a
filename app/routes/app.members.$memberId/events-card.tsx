import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { EventLine } from '../../queries/member-standing.ts';
import type { PublishedNames } from '../../queries/published-names.ts';

/** What happened to the member, the newest first. */
export function EventsCard({
  events,
  names,
}: {
  events: readonly EventLine[];
  names: PublishedNames;
}) {
  const { t } = useTranslation();
  const { moment, points } = useFormat();
  if (events.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          {t('events.heading')}
        </Text>
        {events.map((event) => {
          const tier = names.tiers.find(({ key }) => key === event.tier)?.name ?? event.tier;
          const moved = event.points === null ? null : points(event.points);
          // What is called like the tier is the tier itself.
          const about = [...new Set([tier, event.name, moved])];
          return (
            <BlockStack key={event.key}>
              <Text as="p">
                {[t(`events.${event.kind}`), about.filter(Boolean).join(', ')]
                  .filter(Boolean)
                  .join(': ')}
              </Text>
              <Text as="p" tone="subdued" variant="bodySm">
                {moment(event.at)}
              </Text>
            </BlockStack>
          );
        })}
      </BlockStack>
    </Card>
  );
}
