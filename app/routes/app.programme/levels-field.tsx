import { FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { freeKey } from '../../domain/programme/draft.ts';
import { WordField } from './field.tsx';
import { FigureField } from './figure-field.tsx';
import { PartField } from './part-field.tsx';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface Level {
  readonly key: string;
  readonly name: string;
  readonly need: string;
  readonly bonusPoints: unknown;
  readonly bonusReward: string | null;
}

/** Bronze, silver, gold: each with what it needs in the place of what the goal asks for. */
export function LevelsField({
  label,
  help,
  place,
  levels,
  form,
}: {
  label: string;
  help?: string;
  place: string;
  levels: readonly Level[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  return (
    <RowList
      {...{ label, place, form, rows: levels, ...given({ help }) }}
      look="box"
      removeLabel={({ name }) => t('programme.remove', { name })}
      adding={{
        label: t('programme.badges.addLevel'),
        fresh: () => ({
          ...{ key: freeKey('level', levels), name: '', need: '' },
          ...{ bonusPoints: 0, bonusReward: null },
        }),
      }}
      draw={(level, at) => <LevelFields {...{ level, form, place: at }} />}
    />
  );
}

function LevelFields({ level, place, form }: { level: Level; place: string; form: ProgrammeForm }) {
  const { t } = useTranslation();
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <WordField
          label={t('programme.name')}
          place={`${place}.name`}
          value={level.name}
          form={form}
        />
        <FigureField
          label={t('programme.badges.levelNeed')}
          place={`${place}.need`}
          value={level.need}
          form={form}
          whole={false}
        />
      </FormLayout.Group>
      <FormLayout.Group condensed>
        <FigureField
          label={t('programme.badge.bonus')}
          place={`${place}.bonusPoints`}
          value={level.bonusPoints}
          form={form}
          whole
          suffix={t('units.points')}
        />
        <PartField
          label={t('programme.badges.levelReward')}
          none={t('programme.noReward')}
          place={`${place}.bonusReward`}
          value={level.bonusReward}
          among={form.document.rewards}
          form={form}
        />
      </FormLayout.Group>
    </FormLayout>
  );
}
