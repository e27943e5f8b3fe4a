import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { FigureField } from './figure-field.tsx';
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
    <BlockStack gap="300">
      <Text as="span">{label}</Text>
      {milestones.map((milestone, index) => (
        <Box
          key={index}
          padding="300"
          borderWidth="025"
          borderColor="border"
          borderRadius="200"
          background="bg-surface"
        >
          <MilestoneFields {...{ milestone, form }} place={`${place}.${index}`} />
          <InlineStack align="end">
            <Button
              icon={DeleteIcon}
              variant="tertiary"
              accessibilityLabel={t('programme.milestone.remove')}
              onClick={() => form.edit(place, milestones.toSpliced(index, 1))}
            />
          </InlineStack>
        </Box>
      ))}
      <InlineStack>
        <Button
          id={place}
          size="slim"
          onClick={() =>
            form.edit(place, [
              ...milestones,
              { at: next, points: 50, reward: null, badge: null, multiplier: '', days: 7 },
            ])
          }
        >
          {t('programme.milestone.add')}
        </Button>
      </InlineStack>
    </BlockStack>
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
    <Select
      id={`${place}.${name}`}
      label={t(`programme.milestone.${name}`)}
      options={[
        { value: '', label: t(`programme.milestone.no-${name}`) },
        ...form.document[`${name}s`].map((one) => ({ value: one.key, label: one.name || one.key })),
      ]}
      value={milestone[name] ?? ''}
      onChange={(chosen) => form.edit(`${place}.${name}`, chosen === '' ? null : chosen)}
      {...given({ error: form.errorAt(`${place}.${name}`) })}
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
