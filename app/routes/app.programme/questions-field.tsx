import { BlockStack, Box, Button, Checkbox, InlineStack, Text, TextField } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { valueAt } from '../../domain/programme/value-at.ts';
import { quizDefinitions } from '../../domain/quizzes/registry.ts';
import { MOST_CHOICES, MOST_QUESTIONS } from '../../domain/quizzes/settings.ts';
import { newKey } from './new-key.ts';
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
  const error = form.errorAt(place);
  return (
    <BlockStack gap="300">
      <Text as="span">{label}</Text>
      {error !== undefined && (
        <Text as="p" tone="critical">
          {error}
        </Text>
      )}
      {questions.map((question, index) => (
        <Box
          key={question.key}
          padding="300"
          borderWidth="025"
          borderColor="border"
          borderRadius="200"
          background="bg-surface"
        >
          <BlockStack gap="300">
            <QuestionFields
              {...{ question, form, withRight }}
              number={index + 1}
              place={`${place}.${index}`}
            />
            {questions.length > 1 && (
              <InlineStack>
                <Button
                  variant="plain"
                  tone="critical"
                  onClick={() => form.edit(place, questions.toSpliced(index, 1))}
                >
                  {t('quiz.removeQuestion', { number: index + 1 })}
                </Button>
              </InlineStack>
            )}
          </BlockStack>
        </Box>
      ))}
      {questions.length < MOST_QUESTIONS && (
        <InlineStack>
          <Button
            id={place}
            size="slim"
            onClick={() => form.edit(place, [...questions, newQuestion()])}
          >
            {t('quiz.addQuestion')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
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
  const choicesError = form.errorAt(`${place}.choices`);
  return (
    <BlockStack gap="300">
      <TextLine
        label={t('quiz.question', { number })}
        place={`${place}.text`}
        text={question.text}
        form={form}
      />
      {choices.map((choice, at) => (
        <InlineStack key={choice.key} gap="300" blockAlign="end" wrap={false}>
          <Box width="100%">
            <TextLine
              label={t('quiz.choice', { number: at + 1 })}
              place={`${place}.choices.${at}.text`}
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
                      .map(({ key }) => key)
                      .filter((key) => (key === choice.key ? isRight : right.includes(key))),
                  })
                }
              />
            </Box>
          )}
          {choices.length > 2 && (
            <Button
              icon={DeleteIcon}
              variant="tertiary"
              accessibilityLabel={t('quiz.removeChoice', { number: at + 1 })}
              onClick={() =>
                set({
                  choices: choices.toSpliced(at, 1),
                  right: right.filter((key) => key !== choice.key),
                })
              }
            />
          )}
        </InlineStack>
      ))}
      {[rightError, choicesError].map(
        (error) =>
          error !== undefined && (
            <Text key={error} as="p" tone="critical">
              {error}
            </Text>
          ),
      )}
      {choices.length < MOST_CHOICES && (
        <InlineStack>
          <Button
            size="slim"
            onClick={() => set({ choices: [...choices, { key: newKey('a'), text: '' }] })}
          >
            {t('quiz.addChoice')}
          </Button>
        </InlineStack>
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
