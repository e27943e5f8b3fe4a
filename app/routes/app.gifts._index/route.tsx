import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import {
  Badge,
  BlockStack,
  Box,
  Card,
  EmptySearchResult,
  InlineStack,
  Link,
  Page,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { giftList } from '../../queries/gifts.ts';
import type { GiftLine } from '../../queries/gifts.ts';
import { publishedNames } from '../../queries/published-names.ts';
import type { PublishedNames } from '../../queries/published-names.ts';
import { requireStaff } from '../app/tenant.ts';
import { GIFT_TONES, useGiftWords } from '../app.gifts.$giftId/gift-words.ts';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const [gifts, names] = await Promise.all([
    giftList(world, shop.id),
    publishedNames(world, shop.id),
  ]);
  return json({ gifts, names });
}

export default function Gifts() {
  const { gifts, names } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Page
      title={t('gifts.title')}
      subtitle={t('gifts.subtitle')}
      primaryAction={{
        content: t('gifts.new'),
        url: '/app/gifts/new',
        disabled: names.programme === null,
      }}
    >
      <Card padding="0">
        {gifts.length === 0 ? (
          <Box padding="800">
            <EmptySearchResult
              title={t('gifts.none')}
              description={t(names.programme === null ? 'gifts.noProgramme' : 'gifts.noneHelp')}
              withIllustration={false}
            />
          </Box>
        ) : (
          gifts.map((gift, index) => (
            <GiftRow key={gift.id} gift={gift} names={names} first={index === 0} />
          ))
        )}
      </Card>
    </Page>
  );
}

function GiftRow({
  gift,
  names,
  first,
}: {
  gift: GiftLine;
  names: PublishedNames;
  first: boolean;
}) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const words = useGiftWords(names);
  const { counts, state } = gift;
  const to = counts.planned + counts.given + counts.kept + counts.undone;
  return (
    <Box padding="400" borderBlockStartWidth={first ? '0' : '025'} borderColor="border">
      <InlineStack align="space-between" blockAlign="start" gap="300">
        <BlockStack gap="100">
          <Link url={`/app/gifts/${gift.id}`} removeUnderline>
            <Text as="h2" variant="headingSm">
              {gift.reason}
            </Text>
          </Link>
          <Text as="p">
            {words.what(gift.content)} · {t('gifts.members', { count: to })}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {t('gifts.madeAt', { at: moment(gift.madeAt) })}
          </Text>
        </BlockStack>
        <Badge {...GIFT_TONES[state]}>{t(`gifts.state.${state}`)}</Badge>
      </InlineStack>
    </Box>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
