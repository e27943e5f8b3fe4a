import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, Card, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CampaignBadge } from '../../components/campaign-parts.tsx';
import { Counted } from '../../components/counted.tsx';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { useDownload } from '../../components/use-download.ts';
import { usePlayDays } from '../../components/play-parts.tsx';
import { quizPage } from '../../queries/quizzes.ts';
import { requireStaff } from '../app/tenant.ts';
import { QuestionCard } from './question-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const found = await quizPage(args.context.world, shop.id, args.params['key'] ?? '');
  if (!found) throw new Response('No such quiz', { status: 404 });
  return json(found);
}

export default function Quiz() {
  const page = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const days = usePlayDays();
  const { download, trouble } = useDownload();
  const { key, tally, place } = page;
  const fetchFile = (what: 'counts' | 'members') => (): void =>
    void download(`/app/quizzes/${key}/results?of=${what}`, `${key}-${what}.csv`);
  return (
    <Page
      title={page.name}
      titleMetadata={<CampaignBadge state={page.state} />}
      subtitle={days(page)}
      backAction={{ url: '/app/quizzes', content: t('quizzes.title') }}
      {...(place !== null && {
        primaryAction: {
          content: t('quizzes.editOne'),
          url: `/app/programme#quizzes.${place}.name`,
        },
      })}
      secondaryActions={[
        { content: t('quizzes.export'), onAction: fetchFile('counts') },
        {
          content: t('quizzes.exportMembers'),
          helpText: t('quizzes.exportMembersHelp'),
          onAction: fetchFile('members'),
          disabled: !page.age.counting && tally.members === 0,
        },
      ]}
    >
      <Counted age={page.age}>
        <BlockStack gap="400">
          <FiguresAgeLine age={page.age} />
          <Card>
            <Text as="p" variant="headingMd">
              {page.age.counting ? '–' : t('quizzes.answered', { count: tally.members })}
            </Text>
          </Card>
          {trouble && <Banner tone="critical">{t('quizzes.trouble')}</Banner>}
          {page.weighted && <Banner tone="info">{t('quizzes.weighted')}</Banner>}
          {tally.questions.map((question) => (
            <QuestionCard
              key={question.key}
              {...{ quizKey: key, question }}
              weighted={page.weighted}
              published={page.published}
            />
          ))}
        </BlockStack>
      </Counted>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
