import { BlockStack, Checkbox, FormLayout, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useShop } from '../../components/shop-context.tsx';
import { dayEnd, dayStart, shopDay } from '../../domain/time/shop-time.ts';
import { FigureField } from './field.tsx';
import { ChoiceField, Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

const CLAWBACKS = ['unlimited', 'within-balance', 'only-pending'] as const;

/** What holds for all points. */
export function RulesSection({ form }: { form: ProgrammeForm }) {
  const { t } = useTranslation();
  const { document } = form;
  return (
    <Section title={t('programme.rules.title')}>
      <FormLayout>
        <FigureField
          label={t('programme.rules.maturity')}
          place="maturityDays"
          value={document.maturityDays}
          form={form}
          whole
          suffix={t('units.days')}
          help={t('programme.rules.maturityHelp')}
        />
        <ChoiceField
          label={t('programme.rules.clawback')}
          place="clawback"
          value={document.clawback}
          form={form}
          choices={CLAWBACKS.map((value) => ({ value, label: t(`programme.clawback.${value}`) }))}
          help={t('programme.rules.clawbackHelp')}
        />
        <BlockStack gap="200">
          <Checkbox
            id="pastOrdersEarn"
            label={t('programme.rules.past')}
            helpText={t('programme.rules.pastHelp')}
            checked={document.pastOrdersEarn}
            onChange={(on) => form.edit('pastOrdersEarn', on)}
          />
          <Checkbox
            id="testOrdersEarn"
            label={t('programme.rules.test')}
            helpText={t('programme.rules.testHelp')}
            checked={document.testOrdersEarn}
            onChange={(on) => form.edit('testOrdersEarn', on)}
          />
        </BlockStack>
      </FormLayout>
    </Section>
  );
}

/** A challenge's first and last day, by the shop's calendar; the last day counts in full. */
export function WindowFields({ form, index }: { form: ProgrammeForm; index: number }) {
  const { t } = useTranslation();
  const { timeZone } = useShop();
  const challenge = form.document.challenges[index];
  if (!challenge) return null;
  const place = `challenges.${index}`;
  const instant = (at: number): string => new Date(at).toISOString();
  const dayOf = (text: string | null, last: boolean): string => {
    const at = text === null ? Number.NaN : Date.parse(text);
    return Number.isFinite(at) ? shopDay(last ? at - 1 : at, timeZone) : '';
  };
  return (
    <FormLayout.Group>
      <TextField
        id={`${place}.startsAt`}
        type="date"
        label={t('programme.challenge.starts')}
        helpText={t('programme.challenge.startsHelp')}
        value={dayOf(challenge.startsAt, false)}
        onChange={(day) =>
          form.edit(`${place}.startsAt`, day === '' ? null : instant(dayStart(day, timeZone)))
        }
        onBlur={() => form.left(`${place}.startsAt`)}
        autoComplete="off"
        {...given({ error: form.errorAt(`${place}.startsAt`) })}
      />
      <TextField
        id={`${place}.endsAt`}
        type="date"
        label={t('programme.challenge.ends')}
        helpText={t('programme.challenge.endsHelp')}
        value={dayOf(challenge.endsAt, true)}
        onChange={(day) =>
          form.edit(`${place}.endsAt`, day === '' ? null : instant(dayEnd(day, timeZone)))
        }
        onBlur={() => form.left(`${place}.endsAt`)}
        autoComplete="off"
        {...given({ error: form.errorAt(`${place}.endsAt`) })}
      />
    </FormLayout.Group>
  );
}
