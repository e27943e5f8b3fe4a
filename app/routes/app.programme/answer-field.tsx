import { Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { answerRefs } from '../../domain/quizzes/answer-ref.ts';
import type { ProgrammeForm } from './use-programme-form.ts';

/** A quiz or a vote of the programme, or one of the answers in it. */
export function AnswerField({
  label,
  help,
  place,
  value,
  optional,
  form,
}: {
  label: string;
  help?: string;
  place: string;
  value: unknown;
  /** Whether it may be any. */
  optional: boolean;
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  return (
    <Select
      id={place}
      label={label}
      options={[
        { value: '', label: t(optional ? 'quiz.any' : 'quiz.choose') },
        ...answerRefs(form.document.quizzes).map(({ ref, words }) => ({
          value: ref,
          label: words.join(': '),
        })),
      ]}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => form.edit(place, next)}
      {...given({ helpText: help, error: form.errorAt(place) })}
    />
  );
}
