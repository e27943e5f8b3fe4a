import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import {
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
import { CampaignBadge } from '../../components/campaign-parts.tsx';
import { Counted } from '../../components/counted.tsx';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { usePlayDays } from '../../components/play-parts.tsx';
import { quizLines } from '../../queries/quizzes.ts';
import { requireStaff } from '../app/tenant.ts';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  return json(await quizLines(args.context.world, shop.id));
}

export default function Quizzes() {
  const { quizzes, age } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const days = usePlayDays();
  return (
    <Page
      title={t('quizzes.title')}
      subtitle={t('quizzes.subtitle')}
      backAction={{ url: '/app/play', content: t('play.title') }}
      primaryAction={{ content: t('quizzes.edit'), url: '/app/programme#quizzes' }}
    >
      <Counted age={age}>
        <BlockStack gap="400">
          <FiguresAgeLine age={age} />
          <Card padding="0">
            {quizzes.length === 0 && (
              <Box padding="800">
                <EmptySearchResult
                  title={t('quizzes.none')}
                  description={t('quizzes.noneHelp')}
                  withIllustration={false}
                />
              </Box>
            )}
            {quizzes.map((quiz, index) => (
              <Box
                key={quiz.key}
                padding="400"
                borderBlockStartWidth={index === 0 ? '0' : '025'}
                borderColor="border"
              >
                <InlineStack align="space-between" blockAlign="center" gap="300">
                  <BlockStack gap="100">
                    <Link url={`/app/quizzes/${quiz.key}`} removeUnderline>
                      <Text as="h2" variant="headingSm">
                        {quiz.name}
                      </Text>
                    </Link>
                    <Text as="p" variant="bodySm" tone="subdued">
                      {days(quiz)}
                    </Text>
                  </BlockStack>
                  <InlineStack gap="300" blockAlign="center">
                    <Text as="span">
                      {age.counting ? '–' : t('quizzes.answered', { count: quiz.members })}
                    </Text>
                    <CampaignBadge state={quiz.state} />
                  </InlineStack>
                </InlineStack>
              </Box>
            ))}
          </Card>
        </BlockStack>
      </Counted>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
