import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useCounted } from '../../components/counted.tsx';
import { FigureBar } from '../../components/play-parts.tsx';
import { useFormat } from '../../components/use-format.ts';
import { percentOf } from '../../domain/quizzes/tally.ts';
import type { QuizTally } from '../../domain/quizzes/tally.ts';

/** One question: a bar for each answer, of heads and, where voices weigh differently, of what they weigh. */
export function QuestionCard({
  quizKey,
  question,
  weighted,
  published,
}: {
  quizKey: string;
  question: QuizTally['questions'][number];
  weighted: boolean;
  published: boolean;
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const counted = useCounted();
  const { key, text, members, weight, choices, goneMembers } = question;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="050">
          <Text as="h2" variant="headingMd">
            {text}
          </Text>
          <Text as="p" tone="subdued">
            {counted(t('quizzes.answered', { count: members }))}
          </Text>
        </BlockStack>
        {choices.map((choice) => {
          const percent = percentOf(choice.members, members);
          const heavy = percentOf(choice.weight, weight);
          const share = { number: number(choice.members), percent: number(percent) };
          return (
            <BlockStack key={choice.key} gap="100">
              <FigureBar
                label={choice.text}
                percent={percent}
                figure={t('quizzes.share', share)}
                {...(weighted && {
                  second: {
                    percent: heavy,
                    figure: t('quizzes.shareByWeight', {
                      ...{ number: number(choice.weight), percent: number(heavy) },
                    }),
                  },
                })}
              />
              {published && choice.members > 0 && (
                <InlineStack>
                  <Link url={`/app/gifts/new?answer=${quizKey}/${key}/${choice.key}`}>
                    {t('quizzes.gift', { answer: choice.text })}
                  </Link>
                </InlineStack>
              )}
            </BlockStack>
          );
        })}
        {goneMembers > 0 && (
          <Text as="p" tone="subdued">
            {t('quizzes.gone', { count: goneMembers })}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
