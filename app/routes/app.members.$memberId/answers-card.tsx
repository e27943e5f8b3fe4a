import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { WordedAnswers } from '../../domain/quizzes/answers-in-words.ts';

/** What the member said of themselves, and how they voted. */
export function AnswersCard({ answers }: { answers: readonly WordedAnswers[] }) {
  const { t } = useTranslation();
  const { list, moment, number } = useFormat();
  if (answers.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {t('member.answers')}
        </Text>
        {answers.map((one) => (
          <BlockStack key={one.key} gap="050">
            <Link url={`/app/quizzes/${one.key}`} removeUnderline>
              <Text as="h3" fontWeight="semibold">
                {one.name}
              </Text>
            </Link>
            {one.answers.map(({ question, chosen }) => (
              <Text as="p" key={question}>
                {t('member.answer', { question, answer: list(chosen) })}
              </Text>
            ))}
            <Text as="p" tone="subdued" variant="bodySm">
              {one.weight === 1
                ? moment(one.at)
                : t('member.voice', { at: moment(one.at), weight: number(one.weight) })}
            </Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
