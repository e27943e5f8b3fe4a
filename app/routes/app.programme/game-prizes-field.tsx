import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useFormat } from '../../components/use-format.ts';
import { WHOLE } from '../../domain/games/draw.ts';
import { expectedPoints } from '../../domain/games/odds.ts';
import { gameDefinitions } from '../../domain/games/registry.ts';
import type { GameDraft } from '../../domain/programme/draft.ts';
import { valueAt } from '../../domain/programme/value-at.ts';
import { FigureField } from './figure-field.tsx';
import { newKey } from './new-key.ts';
import { WordField } from './field.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

type Prize = GameDraft['prizes'][number];
type Named = { readonly key: string; readonly name: string };

/** Prizes with their odds; below them what the odds come to, and what a play costs on average. */
export function GamePrizesField({
  label,
  help,
  place,
  prizes,
  form,
}: {
  label: string;
  help?: string;
  place: string;
  prizes: readonly Prize[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const kind = String(valueAt(form.document, place.replace(/prizes$/, 'kind')));
  const atOnce = gameDefinitions.find(kind)?.draws !== 'at-the-end';
  const add = (): void => {
    const fresh: Prize = {
      ...{ key: newKey('prize'), name: '', chance: atOnce ? 10_000 : 0 },
      prize: { points: 100, reward: null, badge: null },
      ...{ stock: atOnce ? null : 1, instead: null },
    };
    form.edit(place, [...prizes, fresh]);
  };
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
      {prizes.map((prize, index) => (
        <Box
          key={prize.key}
          padding="300"
          borderWidth="025"
          borderColor="border"
          borderRadius="200"
          background="bg-surface"
        >
          <PrizeFields
            {...{ prize, prizes, form, atOnce, place: `${place}.${index}` }}
            remove={() =>
              form.edit(
                place,
                prizes.filter((one) => one !== prize),
              )
            }
          />
        </Box>
      ))}
      {atOnce && <OddsSum prizes={prizes} />}
      <InlineStack>
        <Button id={place} size="slim" onClick={add}>
          {t('games.addPrize')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

function PrizeFields({
  prize,
  prizes,
  place,
  form,
  atOnce,
  remove,
}: {
  prize: Prize;
  prizes: readonly Prize[];
  place: string;
  form: ProgrammeForm;
  atOnce: boolean;
  remove: () => void;
}) {
  const { t } = useTranslation();
  const others = prizes.filter(({ key }) => key !== prize.key);
  return (
    <BlockStack gap="300">
      <FormLayout>
        <FormLayout.Group condensed>
          <WordField
            label={t('games.prize')}
            place={`${place}.name`}
            value={prize.name}
            form={form}
          />
          {atOnce && (
            <FigureField
              label={t('games.chance')}
              place={`${place}.chance`}
              value={prize.chance}
              form={form}
              whole
              suffix={t('games.ofWhole')}
            />
          )}
          <FigureField
            label={t(atOnce ? 'games.stock' : 'games.winners')}
            place={`${place}.stock`}
            value={prize.stock}
            form={form}
            whole
            optional
          />
        </FormLayout.Group>
        <FormLayout.Group condensed>
          <FigureField
            label={t('games.points')}
            place={`${place}.prize.points`}
            value={prize.prize.points}
            form={form}
            whole
            suffix={t('units.points')}
          />
          <KeySelect
            label={t('games.reward')}
            place={`${place}.prize.reward`}
            value={prize.prize.reward}
            among={form.document.rewards}
            form={form}
          />
          <KeySelect
            label={t('games.badge')}
            place={`${place}.prize.badge`}
            value={prize.prize.badge}
            among={form.document.badges}
            form={form}
          />
        </FormLayout.Group>
        {atOnce && (
          <KeySelect
            label={t('games.instead')}
            place={`${place}.instead`}
            value={prize.instead}
            among={others}
            form={form}
          />
        )}
      </FormLayout>
      <InlineStack align="end">
        <Button
          icon={DeleteIcon}
          variant="tertiary"
          accessibilityLabel={t('games.removePrize', { prize: prize.name })}
          onClick={remove}
        />
      </InlineStack>
    </BlockStack>
  );
}

function KeySelect({
  label,
  place,
  value,
  among,
  form,
}: {
  label: string;
  place: string;
  value: string | null;
  among: readonly Named[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  return (
    <Select
      id={place}
      label={label}
      options={[
        { value: '', label: t('games.nothing') },
        ...among.map(({ key, name }) => ({ value: key, label: name || key })),
      ]}
      value={value ?? ''}
      onChange={(next) => form.edit(place, next === '' ? null : next)}
      {...given({ error: form.errorAt(place) })}
    />
  );
}

function OddsSum({ prizes }: { prizes: readonly Prize[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const odds = prizes.map(({ chance, prize }) => ({
    chance: Number(chance),
    points: Number(prize.points),
  }));
  const sum = odds.reduce((all, { chance }) => all + chance, 0);
  if (!Number.isSafeInteger(sum)) return null;
  const share = (chance: number): string => format.decimal(((chance / WHOLE) * 100).toFixed(3));
  return (
    <BlockStack gap="050">
      <Text as="p" {...(sum > WHOLE && { tone: 'critical' })}>
        {t('games.sum', {
          wins: share(sum),
          blanks: share(Math.max(0, WHOLE - sum)),
        })}
      </Text>
      <Text as="p" tone="subdued">
        {t('games.expected', { points: format.decimal(expectedPoints(odds).toFixed(2)) })}
      </Text>
    </BlockStack>
  );
}
