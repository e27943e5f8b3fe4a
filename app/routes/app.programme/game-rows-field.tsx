import {
  BlockStack,
  Button,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useLabel } from '../../components/use-words.ts';
import { MODES } from '../../domain/games/fields.ts';
import { LEGAL_MODES, TICKET_PERIODS } from '../../domain/games/settings.ts';
import type { GameDraft } from '../../domain/programme/draft.ts';
import { FigureField } from './figure-field.tsx';
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
  const [first] = levels.filter(({ key }) => !rows.some(({ tier }) => tier === key));
  const fresh = { tier: first?.key ?? '', tickets: 1, per: 'week' };
  return (
    <RowList
      {...{ ...about, place, rows, form }}
      add={first ? () => form.edit(place, [...rows, fresh]) : null}
      addLabel={t('games.addTier')}
      removeLabel={t('games.removeTier')}
      draw={(row, at) => (
        <FormLayout.Group condensed>
          <Select
            id={`${at}.tier`}
            label={t('games.tier')}
            options={levels.map(({ key, name }) => ({ value: key, label: name || key }))}
            value={row.tier}
            onChange={(next) => form.edit(`${at}.tier`, next)}
            {...given({ error: form.errorAt(`${at}.tier`) })}
          />
          <FigureField
            label={t('games.tickets')}
            place={`${at}.tickets`}
            value={row.tickets}
            form={form}
            whole
          />
          <Select
            id={`${at}.per`}
            label={t('games.per')}
            options={TICKET_PERIODS.map((per) => ({
              value: per,
              label: t(`games.periods.${per}`),
            }))}
            value={row.per}
            onChange={(next) => form.edit(`${at}.per`, next)}
          />
        </FormLayout.Group>
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
      add={() => form.edit(place, [...rows, { country: '', mode: 'free-only', age: 18 }])}
      addLabel={t('games.addCountry')}
      removeLabel={t('games.removeCountry')}
      draw={(row, at) => (
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
          <Select
            id={`${at}.mode`}
            label={t('games.mode')}
            options={LEGAL_MODES.map((mode) => ({
              value: mode,
              label: labelOf({
                key: `programme.game.fields.otherwise-mode.choices.${mode}`,
                text: MODES.find(({ value }) => value === mode)?.label ?? mode,
              }),
            }))}
            value={row.mode}
            onChange={(next) => form.edit(`${at}.mode`, next)}
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
      )}
    />
  );
}

function RowList<Row>({
  label,
  help,
  place,
  rows,
  form,
  add,
  addLabel,
  removeLabel,
  draw,
}: Rows<Row> & {
  /** Null where there is nothing more to add. */
  add: (() => void) | null;
  addLabel: string;
  removeLabel: string;
  draw: (row: Row, place: string) => ReactNode;
}) {
  return (
    <BlockStack gap="200">
      <BlockStack gap="050">
        <Text as="span">{label}</Text>
        {help !== undefined && (
          <Text as="p" tone="subdued">
            {help}
          </Text>
        )}
      </BlockStack>
      {rows.map((row, index) => (
        <InlineStack key={index} gap="200" blockAlign="end" wrap={false}>
          <FormLayout>{draw(row, `${place}.${index}`)}</FormLayout>
          <Button
            icon={DeleteIcon}
            variant="tertiary"
            accessibilityLabel={`${removeLabel} ${index + 1}`}
            onClick={() => form.edit(place, rows.toSpliced(index, 1))}
          />
        </InlineStack>
      ))}
      <InlineStack>
        <Button id={place} size="slim" disabled={add === null} onClick={() => add?.()}>
          {addLabel}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
