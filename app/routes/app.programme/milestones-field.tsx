import { FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { FigureField } from './figure-field.tsx';
import { PartField } from './part-field.tsx';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface Milestone {
  readonly at: unknown;
  readonly points: unknown;
  readonly reward: string | null;
  readonly badge: string | null;
  readonly multiplier: unknown;
  readonly days: unknown;
}

/** What a streak gives after so many in a row: points, a reward, a badge, a multiplier for some days. */
export function MilestonesField({
  label,
  place,
  milestones,
  form,
}: {
  label: string;
  place: string;
  milestones: readonly Milestone[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const next = 7 + Math.max(0, ...milestones.map(({ at }) => Number(at) || 0));
  return (
    <RowList
      {...{ label, place, form, rows: milestones }}
      look="box"
      removeLabel={() => t('programme.milestone.remove')}
      adding={{
        label: t('programme.milestone.add'),
        fresh: () => ({
          ...{ at: next, points: 50, reward: null, badge: null },
          ...{ multiplier: '', days: 7 },
        }),
      }}
      draw={(milestone, at) => <MilestoneFields {...{ milestone, form, place: at }} />}
    />
  );
}

function MilestoneFields({
  milestone,
  place,
  form,
}: {
  milestone: Milestone;
  place: string;
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const figure = (name: 'at' | 'points' | 'days', suffix?: string) => (
    <FigureField
      label={t(`programme.milestone.${name}`)}
      place={`${place}.${name}`}
      value={milestone[name]}
      form={form}
      whole
      suffix={suffix}
    />
  );
  const named = (name: 'reward' | 'badge') => (
    <PartField
      label={t(`programme.milestone.${name}`)}
      none={t(`programme.milestone.no-${name}`)}
      place={`${place}.${name}`}
      value={milestone[name]}
      among={form.document[`${name}s`]}
      form={form}
    />
  );
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        {figure('at')}
        {figure('points', t('units.points'))}
      </FormLayout.Group>
      <FormLayout.Group condensed>
        {named('reward')}
        {named('badge')}
      </FormLayout.Group>
      <FormLayout.Group condensed>
        <FigureField
          label={t('programme.milestone.multiplier')}
          help={t('programme.milestone.multiplierHelp')}
          place={`${place}.multiplier`}
          value={milestone.multiplier}
          form={form}
          whole={false}
          suffix="×"
        />
        {figure('days', t('units.days'))}
      </FormLayout.Group>
    </FormLayout>
  );
}
