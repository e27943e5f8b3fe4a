import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { freeKey } from '../../domain/programme/draft.ts';
import { WordField } from './field.tsx';
import { FigureField } from './figure-field.tsx';
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
    <BlockStack gap="300">
      <BlockStack gap="050">
        <Text as="span">{label}</Text>
        {help !== undefined && (
          <Text as="p" tone="subdued">
            {help}
          </Text>
        )}
      </BlockStack>
      {levels.map((level, index) => (
        <Box
          key={level.key}
          padding="300"
          borderWidth="025"
          borderColor="border"
          borderRadius="200"
          background="bg-surface"
        >
          <LevelFields {...{ level, form }} place={`${place}.${index}`} />
          <InlineStack align="end">
            <Button
              icon={DeleteIcon}
              variant="tertiary"
              accessibilityLabel={t('programme.remove', { name: level.name })}
              onClick={() => form.edit(place, levels.toSpliced(index, 1))}
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
              ...levels,
              {
                ...{ key: freeKey('level', levels), name: '', need: '' },
                ...{ bonusPoints: 0, bonusReward: null },
              },
            ])
          }
        >
          {t('programme.badges.addLevel')}
        </Button>
      </InlineStack>
    </BlockStack>
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
        <Select
          id={`${place}.bonusReward`}
          label={t('programme.badges.levelReward')}
          options={[
            { value: '', label: t('programme.noReward') },
            ...form.document.rewards.map(({ key, name }) => ({ value: key, label: name || key })),
          ]}
          value={level.bonusReward ?? ''}
          onChange={(next) => form.edit(`${place}.bonusReward`, next === '' ? null : next)}
          {...given({ error: form.errorAt(`${place}.bonusReward`) })}
        />
      </FormLayout.Group>
    </FormLayout>
  );
}
