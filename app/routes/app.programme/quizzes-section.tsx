import { InlineStack, Link } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { audienceFields } from '../../domain/programme/item-fields.ts';
import { quizFields } from '../../domain/quizzes/fields.ts';
import { quizDefinitions } from '../../domain/quizzes/registry.ts';
import { newQuestion } from './questions-field.tsx';
import { DefinitionList, Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

const NEW_QUIZ = {
  words: '',
  prize: { points: 0, reward: null, badge: null },
  startsAt: null,
  endsAt: null,
  audience: { tiers: [], tags: [], withoutTags: [] },
  changeable: false,
  resultsShown: 'never',
};

/** What members are asked, and what they decide together. */
export function QuizzesSection({
  form,
  titles,
}: {
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const { quizzes } = form.document;
  return (
    <Section part="quizzes" title={t('programme.quizzes.title')} help={t('programme.quizzes.help')}>
      <DefinitionList
        list="quizzes"
        registry={quizDefinitions}
        form={form}
        titles={titles}
        summary={(_, index) =>
          t('quiz.questions', { count: quizzes[index]?.questions.length ?? 0 })
        }
        added={{ ...NEW_QUIZ, questions: [newQuestion()] }}
        lasting
        also={(place, index) => [
          {
            ...{ fields: quizFields, place, settings: quizzes[index] },
            ...{ defaults: NEW_QUIZ, words: 'programme.quiz' },
          },
          {
            ...{ fields: audienceFields, place, settings: quizzes[index] },
            ...{ defaults: NEW_QUIZ, words: 'programme' },
          },
        ]}
      />
      {quizzes.length > 0 && (
        <InlineStack>
          <Link url="/app/quizzes">{t('quiz.toResults')}</Link>
        </InlineStack>
      )}
    </Section>
  );
}
