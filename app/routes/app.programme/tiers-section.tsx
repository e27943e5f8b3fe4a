import { FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../../components/use-words.ts';
import { useShop } from '../../components/shop-context.tsx';
import { levelFields } from '../../domain/programme/item-fields.ts';
import { freeKey } from '../../domain/programme/draft.ts';
import type { TierDraft } from '../../domain/programme/draft.ts';
import { tierMetrics } from '../../domain/tiers/metric.ts';
import { ChoiceField } from './choice-field.tsx';
import { DefinitionFields } from './definition-fields.tsx';
import { WordField } from './field.tsx';
import { FigureField } from './figure-field.tsx';
import { RowList } from './row-list.tsx';
import { DocumentFields } from './rules-section.tsx';
import { Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

const WINDOWS = ['lifetime', 'rolling', 'calendar-year', 'anniversary'] as const;
const YEAR_OF_DAYS = 365;
const NEW_LEVEL: Omit<TierDraft, 'key'> = {
  name: '',
  need: '',
  multiplier: '1',
  entryPoints: 0,
  entryReward: null,
  grantedOnly: false,
};

export function TiersSection({
  form,
  titles,
}: {
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const { tiers } = form.document;
  const metric = tierMetrics.find(tiers.metric);
  const metricWords = `tierMetrics.${tiers.metric}`;
  return (
    <Section part="tiers" title={t('programme.tiers.title')} help={t('programme.tiers.help')}>
      <FormLayout>
        <ChoiceField
          label={t('programme.tiers.metric')}
          place="tiers.metric"
          value={tiers.metric}
          form={form}
          choices={tierMetrics.all.map(({ kind, words }) => ({
            value: kind,
            label: labelOf({ key: `tierMetrics.${kind}.label`, text: words.label }),
          }))}
          {...(metric && {
            help: labelOf({ key: `${metricWords}.help`, text: metric.words.help }),
          })}
        />
        <FormLayout.Group>
          <ChoiceField
            label={t('programme.tiers.window')}
            place="tiers.window.kind"
            value={tiers.window.kind}
            form={windowForm(form)}
            choices={WINDOWS.map((kind) => ({ value: kind, label: t(`programme.window.${kind}`) }))}
          />
          {tiers.window.kind === 'rolling' && (
            <FigureField
              label={t('programme.tiers.days')}
              place="tiers.window.days"
              value={tiers.window.days}
              form={form}
              whole
              suffix={t('units.days')}
            />
          )}
        </FormLayout.Group>
        <DocumentFields section="tiers" form={form} />
      </FormLayout>
      <RowList
        place="tiers.levels"
        rows={tiers.levels}
        form={form}
        look="part"
        isTitled
        isSorted
        empty={t('programme.tiers.none')}
        nameOf={({ name }) => name || t('programme.nameless')}
        removeLabel={({ name }) => t('programme.remove', { name: name || t('programme.nameless') })}
        adding={{
          label: t('programme.tiers.add'),
          fresh: (): TierDraft => ({ key: freeKey('tier', tiers.levels), ...NEW_LEVEL }),
        }}
        draw={(level, place) => (
          <LevelFields {...{ level, place, form, titles }} unit={metric?.words.unit ?? 'points'} />
        )}
      />
    </Section>
  );
}

/** A window of days has days and the others have none, so the kind brings its whole window. */
function windowForm(form: ProgrammeForm): ProgrammeForm {
  return {
    ...form,
    edit: (_place, kind) =>
      form.edit('tiers.window', kind === 'rolling' ? { kind, days: YEAR_OF_DAYS } : { kind }),
  };
}

function LevelFields({
  level,
  place,
  unit,
  form,
  titles,
}: {
  level: TierDraft;
  place: string;
  unit: string;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const { currency } = useShop();
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
          label={t('programme.tiers.need')}
          place={`${place}.need`}
          value={level.need}
          form={form}
          whole={false}
          suffix={unit === 'money' ? currency : t(`units.${unit}`)}
        />
        <FigureField
          label={t('programme.tiers.multiplier')}
          place={`${place}.multiplier`}
          value={level.multiplier}
          form={form}
          whole={false}
          suffix="×"
        />
      </FormLayout.Group>
      <DefinitionFields
        sets={[
          {
            fields: levelFields,
            place,
            settings: level,
            defaults: NEW_LEVEL,
            words: 'programme.level',
          },
        ]}
        form={form}
        titles={titles}
      />
    </FormLayout>
  );
}
