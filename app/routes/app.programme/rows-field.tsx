/** A setting that is made of rows, each with a few inputs, such as limits, goals or prizes. */
import { given } from '../../components/given.ts';
import type { Field, FieldInput } from '../../domain/fields.ts';
import { GamePrizesField } from './game-prizes-field.tsx';
import { CountryRulesField, TierTicketsField } from './game-rows-field.tsx';
import { GoalsField } from './goals-field.tsx';
import { LevelsField } from './levels-field.tsx';
import { LimitsField } from './limits-field.tsx';
import { MilestonesField } from './milestones-field.tsx';
import { PlansField } from './plans-field.tsx';
import { QuestionsField } from './questions-field.tsx';
import { RankPrizesField } from './rank-prizes-field.tsx';
import { RatesField } from './rates-field.tsx';
import { SegmentFields } from './segment-fields.tsx';
import { WeightsField } from './weights-field.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

type RowsInput = Extract<
  FieldInput,
  | 'limits'
  | 'rates'
  | 'market-amounts'
  | 'goals'
  | 'levels'
  | 'questions'
  | 'weights'
  | 'milestones'
  | 'rank-prizes'
  | 'plans'
  | 'segment'
  | 'game-prizes'
  | 'tier-tickets'
  | 'country-rules'
>;

export function RowsField({
  field,
  input,
  label,
  help,
  place,
  value,
  form,
  titles,
}: {
  field: Field;
  input: RowsInput;
  label: string;
  help?: string;
  place: string;
  value: unknown;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  switch (input) {
    case 'limits': {
      const of = field.choices?.map((choice) => choice.value);
      return (
        <LimitsField
          label={label}
          place={place}
          limits={rowsOf(value)}
          form={form}
          {...given({ of })}
        />
      );
    }
    case 'rates':
    case 'market-amounts':
      return (
        <RatesField
          label={label}
          place={place}
          rows={rowsOf(value)}
          columns={input === 'rates' ? ['points', 'per'] : ['amount']}
          form={form}
        />
      );
    case 'goals':
      return <GoalsField {...{ label, place, form, titles }} steps={rowsOf(value)} />;
    case 'levels':
      return (
        <LevelsField {...{ label, place, form }} {...given({ help })} levels={rowsOf(value)} />
      );
    case 'questions':
      return <QuestionsField {...{ label, place, form }} questions={rowsOf(value)} />;
    case 'weights':
      return <WeightsField {...{ label, place, form }} {...given({ help })} rows={rowsOf(value)} />;
    case 'milestones':
      return <MilestonesField {...{ label, place, form }} milestones={rowsOf(value)} />;
    case 'rank-prizes':
      return (
        <RankPrizesField
          label={label}
          place={place}
          prizes={rowsOf(value)}
          form={form}
          {...given({ help })}
        />
      );
    case 'plans':
      return (
        <PlansField
          label={label}
          place={place}
          plans={rowsOf(value)}
          form={form}
          titles={titles}
          {...given({ help })}
        />
      );
    case 'segment':
      return (
        <SegmentFields {...{ label, place, form, titles }} {...given({ help })} segment={value} />
      );
    case 'game-prizes':
      return (
        <GamePrizesField {...{ label, place, form, ...given({ help }) }} prizes={rowsOf(value)} />
      );
    case 'tier-tickets':
      return (
        <TierTicketsField {...{ label, place, form, ...given({ help }) }} rows={rowsOf(value)} />
      );
    case 'country-rules':
      return (
        <CountryRulesField {...{ label, place, form, ...given({ help }) }} rows={rowsOf(value)} />
      );
  }
}

function rowsOf<Row>(value: unknown): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : [];
}
