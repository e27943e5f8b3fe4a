import { Card, InlineGrid } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Figure } from '../../components/figure.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { SeasonFigures } from '../../queries/leaderboard-page.ts';
import { useScoreWords } from './score-words.ts';

/** How many take part, the best score, and what the prizes came to. */
export function FiguresCard({ figures, unit }: { figures: SeasonFigures; unit: string }) {
  const { t } = useTranslation();
  const { number, points, money } = useFormat();
  const scoreOf = useScoreWords();
  const { ranked, best, prizes, rewards } = figures;
  return (
    <Card>
      <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
        <Figure label={t('leaderboards.figures.ranked')} value={number(ranked)} />
        <Figure
          label={t('leaderboards.figures.best')}
          value={ranked === 0 ? '–' : scoreOf(best, unit)}
        />
        <Figure label={t('leaderboards.figures.prizes')} value={number(prizes)} />
        <Figure
          label={t('leaderboards.figures.cost')}
          value={
            rewards === 0
              ? `${points(figures.points)} (${money(figures.costMinor)})`
              : t('leaderboards.figures.withRewards', {
                  count: rewards,
                  points: points(figures.points),
                  money: money(figures.costMinor),
                })
          }
        />
      </InlineGrid>
    </Card>
  );
}
