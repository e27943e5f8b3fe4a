import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { FigureBar } from '../../components/play-parts.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { PlayPartPage } from '../../queries/play.ts';

type Reach = NonNullable<PlayPartPage['reach']>;

/** From those who began to those who are through: each step a bar, and how many are lost before it. */
export function FunnelCard({ page, reach }: { page: PlayPartPage; reach: Reach }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const under = reach.underWay.reduce((sum, members) => sum + members, 0);
  const begun = under + reach.completed;
  const levels = page.levels.flatMap(({ key, name }) => {
    const members = reach.levels[key] ?? 0;
    return [{ name: t('play.level', { name }), members }];
  });
  const steps = [
    { name: t('play.begunAll'), members: begun },
    ...reach.steps.map((step) => ({
      name: t('play.step', { name: step.name }),
      members: step.done,
    })),
    ...(levels.length > 0 ? levels : [{ name: t('play.completed'), members: reach.completed }]),
  ];
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('play.funnel')}
          </Text>
          <Text as="p" tone="subdued">
            {t('play.funnelHelp')}
          </Text>
        </BlockStack>
        {steps.map(({ name, members }, index) => (
          <FigureBar
            key={`${index} ${name}`}
            label={name}
            percent={begun === 0 ? 0 : (members * 100) / begun}
            figure={t('quizzes.share', {
              number: number(members),
              percent: number(begun === 0 ? 0 : Math.round((members * 100) / begun)),
            })}
          />
        ))}
        <UnderWay tenths={reach.underWay} />
      </BlockStack>
    </Card>
  );
}

/** How far those are who are not through: where they stop. */
function UnderWay({ tenths }: { tenths: readonly number[] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const most = Math.max(1, ...tenths);
  if (tenths.every((members) => members === 0)) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('play.underWay')}
      </Text>
      {tenths.map((members, tenth) => (
        <FigureBar
          key={tenth}
          label={t('play.tenth', { from: tenth * 10, to: tenth * 10 + 10 })}
          percent={(members * 100) / most}
          figure={number(members)}
        />
      ))}
    </BlockStack>
  );
}
