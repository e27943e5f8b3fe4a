import { BlockStack, Box, Checkbox, InlineStack, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { valueAt } from '../../domain/programme/value-at.ts';
import { quizDefinitions } from '../../domain/quizzes/registry.ts';
import { MOST_CHOICES, MOST_QUESTIONS } from '../../domain/quizzes/settings.ts';
import { newKey } from './new-key.ts';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface Choice {
  readonly key: string;
  readonly text: string;
}

interface Question extends Choice {
  readonly choices: readonly Choice[];
  readonly several: boolean;
  readonly required: boolean;
  readonly right: readonly string[];
}

/** Questions of a quiz or a vote, each with the answers to choose from. */
export function QuestionsField({
  label,
  place,
  questions,
  form,
}: {
  label: string;
  place: string;
  questions: readonly Question[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const kind = valueAt(form.document, place.replace(/\.questions$/, '.kind'));
  const withRight = quizDefinitions.find(String(kind))?.hasRightAnswers ?? false;
  return (
    <RowList
      {...{ label, place, form, rows: questions }}
      look="box"
      least={1}
      most={MOST_QUESTIONS}
      nameOf={(_, index) => t('quiz.question', { number: index + 1 })}
      removeLabel={(_, index) => t('quiz.removeQuestion', { number: index + 1 })}
      removeWords={(_, index) => t('quiz.removeQuestion', { number: index + 1 })}
      adding={{ label: t('quiz.addQuestion'), fresh: newQuestion }}
      draw={(question, at, index) => (
        <QuestionFields {...{ question, form, withRight, place: at }} number={index + 1} />
      )}
    />
  );
}

function QuestionFields({
  question,
  number,
  place,
  form,
  withRight,
}: {
  question: Question;
  number: number;
  place: string;
  form: ProgrammeForm;
  withRight: boolean;
}) {
  const { t } = useTranslation();
  const { choices, several, required, right } = question;
  const set = (part: Partial<Question>): void => form.edit(place, { ...question, ...part });
  const rightError = form.errorAt(`${place}.right`);
  return (
    <BlockStack gap="300">
      <TextLine
        label={t('quiz.question', { number })}
        place={`${place}.text`}
        text={question.text}
        form={form}
      />
      <RowList
        {...{ form, place: `${place}.choices`, rows: choices }}
        look="line"
        least={2}
        most={MOST_CHOICES}
        nameOf={(_, at) => t('quiz.choice', { number: at + 1 })}
        removeLabel={(_, at) => t('quiz.removeChoice', { number: at + 1 })}
        adding={{ label: t('quiz.addChoice'), fresh: () => ({ key: newKey('a'), text: '' }) }}
        onRows={(next) =>
          set({ choices: next, right: next.map(keyOf).filter((key) => right.includes(key)) })
        }
        draw={(choice, at, index) => (
          <InlineStack gap="300" blockAlign="end" wrap={false}>
            <Box width="100%">
              <TextLine
                label={t('quiz.choice', { number: index + 1 })}
                place={`${at}.text`}
                text={choice.text}
                form={form}
              />
            </Box>
            {withRight && (
              <Box minWidth="max-content" paddingBlockEnd="100">
                <Checkbox
                  label={t('quiz.right')}
                  checked={right.includes(choice.key)}
                  onChange={(isRight) =>
                    set({
                      right: choices
                        .map(keyOf)
                        .filter((key) => (key === choice.key ? isRight : right.includes(key))),
                    })
                  }
                />
              </Box>
            )}
          </InlineStack>
        )}
      />
      {rightError !== undefined && (
        <Text as="p" tone="critical">
          {rightError}
        </Text>
      )}
      <Checkbox
        label={t('quiz.several')}
        checked={several}
        onChange={(next) => set({ several: next })}
      />
      <Checkbox
        label={t('quiz.required')}
        checked={required}
        onChange={(next) => set({ required: next })}
      />
    </BlockStack>
  );
}

const keyOf = ({ key }: Choice): string => key;

function TextLine({
  label,
  place,
  text,
  form,
}: {
  label: string;
  place: string;
  text: string;
  form: ProgrammeForm;
}) {
  return (
    <TextField
      id={place}
      label={label}
      value={text}
      onChange={(next) => form.edit(place, next)}
      onBlur={() => form.left(place)}
      maxLength={200}
      autoComplete="off"
      {...given({ error: form.errorAt(place) })}
    />
  );
}

export function newQuestion(): Question {
  const choices = ['', ''].map((text) => ({ key: newKey('a'), text }));
  return { key: newKey('q'), text: '', choices, several: false, required: true, right: [] };
}
