import { FormLayout, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useLabel } from '../../components/use-words.ts';
import { MODES } from '../../domain/games/fields.ts';
import { LEGAL_MODES, TICKET_PERIODS } from '../../domain/games/settings.ts';
import type { GameDraft } from '../../domain/programme/draft.ts';
import { ChoiceField } from './choice-field.tsx';
import { FigureField } from './figure-field.tsx';
import { PartField } from './part-field.tsx';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

type TierTickets = GameDraft['entry']['tiers'][number];
type CountryRule = GameDraft['countries'][number];

interface Rows<Row> {
  readonly label: string;
  readonly help?: string;
  readonly place: string;
  readonly rows: readonly Row[];
  readonly form: ProgrammeForm;
}

/** "Members in Gold have 2 tickets a week". */
export function TierTicketsField({ rows, place, form, ...about }: Rows<TierTickets>) {
  const { t } = useTranslation();
  const levels = form.document.tiers.levels;
  const free = levels.find(({ key }) => !rows.some(({ tier }) => tier === key));
  return (
    <RowList
      {...{ ...about, place, rows, form }}
      look="line"
      {...(levels.length === 0 && { empty: t('programme.tiers.none') })}
      removeLabel={(_, index) => `${t('games.removeTier')} ${index + 1}`}
      adding={
        free
          ? {
              label: t('games.addTier'),
              fresh: (): TierTickets => ({ tier: free.key, tickets: 1, per: 'week' }),
            }
          : null
      }
      draw={(row, at) => (
        <FormLayout>
          <FormLayout.Group condensed>
            <PartField
              label={t('games.tier')}
              place={`${at}.tier`}
              value={row.tier}
              among={levels}
              form={form}
            />
            <FigureField
              label={t('games.tickets')}
              place={`${at}.tickets`}
              value={row.tickets}
              form={form}
              whole
            />
            <ChoiceField
              label={t('games.per')}
              place={`${at}.per`}
              value={row.per}
              choices={TICKET_PERIODS.map((per) => ({
                value: per,
                label: t(`games.periods.${per}`),
              }))}
              form={form}
            />
          </FormLayout.Group>
        </FormLayout>
      )}
    />
  );
}

/** "In Germany only from 18 on". */
export function CountryRulesField({ rows, place, form, ...about }: Rows<CountryRule>) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  return (
    <RowList
      {...{ ...about, place, rows, form }}
      look="line"
      removeLabel={(_, index) => `${t('games.removeCountry')} ${index + 1}`}
      adding={{
        label: t('games.addCountry'),
        fresh: (): CountryRule => ({ country: '', mode: 'free-only', age: 18 }),
      }}
      draw={(row, at) => (
        <FormLayout>
          <FormLayout.Group condensed>
            <TextField
              id={`${at}.country`}
              label={t('games.country')}
              value={row.country}
              onChange={(next) => form.edit(`${at}.country`, next.trim().toUpperCase())}
              onBlur={() => form.left(`${at}.country`)}
              maxLength={2}
              autoComplete="off"
              {...given({ error: form.errorAt(`${at}.country`) })}
            />
            <ChoiceField
              label={t('games.mode')}
              place={`${at}.mode`}
              value={row.mode}
              choices={LEGAL_MODES.map((mode) => ({
                value: mode,
                label: labelOf({
                  key: `programme.game.fields.otherwise-mode.choices.${mode}`,
                  text: MODES.find(({ value }) => value === mode)?.label ?? mode,
                }),
              }))}
              form={form}
            />
            {row.mode === 'age-gate' && (
              <FigureField
                label={t('games.age')}
                place={`${at}.age`}
                value={row.age}
                form={form}
                whole
              />
            )}
          </FormLayout.Group>
        </FormLayout>
      )}
    />
  );
}
