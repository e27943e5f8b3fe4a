import { BlockStack, FormLayout, Text } from '@shopify/polaris';
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
import { PartField } from './part-field.tsx';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

type Prize = GameDraft['prizes'][number];

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
  return (
    <RowList
      {...{ label, place, form, rows: prizes, ...given({ help }) }}
      look="box"
      removeLabel={({ name }) => t('games.removePrize', { prize: name })}
      adding={{
        label: t('games.addPrize'),
        fresh: (): Prize => ({
          ...{ key: newKey('prize'), name: '', chance: atOnce ? 10_000 : 0 },
          prize: { points: 100, reward: null, badge: null },
          ...{ stock: atOnce ? null : 1, instead: null },
        }),
      }}
      draw={(prize, at) => <PrizeFields {...{ prize, prizes, form, atOnce, place: at }} />}
      below={atOnce && <OddsSum prizes={prizes} />}
    />
  );
}

function PrizeFields({
  prize,
  prizes,
  place,
  form,
  atOnce,
}: {
  prize: Prize;
  prizes: readonly Prize[];
  place: string;
  form: ProgrammeForm;
  atOnce: boolean;
}) {
  const { t } = useTranslation();
  const others = prizes.filter(({ key }) => key !== prize.key);
  return (
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
        <PartField
          none={t('games.nothing')}
          label={t('games.reward')}
          place={`${place}.prize.reward`}
          value={prize.prize.reward}
          among={form.document.rewards}
          form={form}
        />
        <PartField
          none={t('games.nothing')}
          label={t('games.badge')}
          place={`${place}.prize.badge`}
          value={prize.prize.badge}
          among={form.document.badges}
          form={form}
        />
      </FormLayout.Group>
      {atOnce && (
        <PartField
          none={t('games.nothing')}
          label={t('games.instead')}
          place={`${place}.instead`}
          value={prize.instead}
          among={others}
          form={form}
        />
      )}
    </FormLayout>
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
