import { FormLayout, Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { FigureField } from './figure-field.tsx';
import { PartField } from './part-field.tsx';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface RankPrize {
  readonly from: unknown;
  readonly to: unknown;
  readonly percent: unknown;
  readonly points: unknown;
  readonly reward: unknown;
  readonly badge: unknown;
}

const NEXT = { percent: null, points: 100, reward: null, badge: null };

/** Who is given what at the end of a season: ranks, or the first so many percent. */
export function RankPrizesField({
  label,
  help,
  place,
  prizes,
  form,
}: {
  label: string;
  help?: string;
  place: string;
  prizes: readonly RankPrize[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const next = prizes.reduce((last, { to }) => Math.max(last, Number(to ?? 0) || 0), 0) + 1;
  return (
    <RowList
      {...{ label, place, form, rows: prizes, ...given({ help }) }}
      look="box"
      removeLabel={(_, index) => t('rankPrize.remove', { number: index + 1 })}
      adding={{ label: t('rankPrize.add'), fresh: () => ({ from: next, to: next, ...NEXT }) }}
      draw={(prize, at) => <PrizeRow {...{ prize, form, place: at }} />}
    />
  );
}

function PrizeRow({
  place,
  prize,
  form,
}: {
  place: string;
  prize: RankPrize;
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const byShare = prize.percent !== null;
  const choose = (kind: string): void =>
    form.edit(
      place,
      kind === 'share'
        ? { ...prize, from: null, to: null, percent: 10 }
        : { ...prize, from: 1, to: 1, percent: null },
    );
  const figure = (name: 'from' | 'to' | 'percent' | 'points', suffix?: string) => (
    <FigureField
      label={t(`rankPrize.${name}`)}
      place={`${place}.${name}`}
      value={prize[name]}
      form={form}
      whole
      {...given({ suffix })}
    />
  );
  return (
    <FormLayout>
      <Select
        label={t('rankPrize.who')}
        options={[
          { value: 'ranks', label: t('rankPrize.ranks') },
          { value: 'share', label: t('rankPrize.share') },
        ]}
        value={byShare ? 'share' : 'ranks'}
        onChange={choose}
      />
      <FormLayout.Group condensed>
        {byShare ? figure('percent', '%') : figure('from')}
        {!byShare && figure('to')}
        {figure('points', t('units.points'))}
      </FormLayout.Group>
      <FormLayout.Group condensed>
        {(['reward', 'badge'] as const).map((name) => (
          <PartField
            key={name}
            label={t(`rankPrize.${name}`)}
            none={t(`rankPrize.no-${name}`)}
            place={`${place}.${name}`}
            value={prize[name]}
            among={form.document[`${name}s`]}
            form={form}
          />
        ))}
      </FormLayout.Group>
    </FormLayout>
  );
}
