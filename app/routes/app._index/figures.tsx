import {
  BlockStack,
  Box,
  Card,
  InlineGrid,
  InlineStack,
  ProgressBar,
  SkeletonDisplayText,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { SkeletonCard } from '../../components/page-skeleton.tsx';
import type { ProgrammeFigures } from '../../queries/programme-figures.ts';
import { DailyPoints } from './daily-points.tsx';

const COLUMNS = { xs: 2, md: 4 } as const;

export function Figures({
  figures,
  tiers,
}: {
  figures: ProgrammeFigures;
  tiers: readonly { readonly key: string; readonly name: string }[];
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <BlockStack gap="400">
      <InlineGrid columns={COLUMNS} gap="400">
        <Figure label={t('home.members')} value={number(figures.members)} />
        <Figure
          label={t('home.available')}
          value={number(figures.available)}
          note={t('home.pending', { number: number(figures.pending) })}
        />
        <Figure
          label={t('home.earned')}
          value={number(figures.last30.earned)}
          note={useChange(figures.last30.earned, figures.before30.earned)}
        />
        <Figure
          label={t('home.takenBack')}
          value={number(figures.last30.takenBack)}
          note={useChange(figures.last30.takenBack, figures.before30.takenBack)}
        />
      </InlineGrid>
      <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400">
        <DailyPoints days={figures.days} />
        <MembersByTier figures={figures} tiers={tiers} />
      </InlineGrid>
    </BlockStack>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="bodySm" tone="subdued">
          {label}
        </Text>
        <Text as="p" variant="headingLg">
          {value}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {note ?? '\u00a0'}
        </Text>
      </BlockStack>
    </Card>
  );
}

/** A share of nothing says nothing, so a first month is called that. */
function useChange(now: number, before: number): string {
  const { t } = useTranslation();
  const { percent } = useFormat();
  if (before === 0) return t('home.noneBefore');
  return t('home.change', { percent: percent((now - before) / before) });
}

function MembersByTier({
  figures,
  tiers,
}: {
  figures: ProgrammeFigures;
  tiers: readonly { readonly key: string; readonly name: string }[];
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const known = new Set(tiers.map(({ key }) => key));
  const count = (is: (key: string | null) => boolean): number =>
    figures.byTier.reduce((sum, tier) => sum + (is(tier.tierKey) ? tier.members : 0), 0);
  const rows = [
    ...tiers
      .map(({ key, name }) => ({ key, name, members: count((tier) => tier === key) }))
      .reverse(),
    {
      key: '-',
      name: t('home.noTier'),
      members: count((tier) => tier === null || !known.has(tier)),
    },
  ].filter((row) => row.key !== '-' || row.members > 0 || tiers.length === 0);
  const most = Math.max(1, ...rows.map(({ members }) => members));
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          {t('home.byTier')}
        </Text>
        {rows.map((row) => (
          <BlockStack key={row.key} gap="100">
            <InlineStack align="space-between" gap="200">
              <Text as="span" id={`tier-${row.key}`}>
                {row.name}
              </Text>
              <Text as="span" tone="subdued">
                {number(row.members)}
              </Text>
            </InlineStack>
            <ProgressBar
              progress={(row.members / most) * 100}
              tone="primary"
              size="small"
              animated={false}
              ariaLabelledBy={`tier-${row.key}`}
            />
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

export function FiguresSkeleton() {
  return (
    <BlockStack gap="400">
      <InlineGrid columns={COLUMNS} gap="400">
        {['members', 'available', 'earned', 'back'].map((key) => (
          <Card key={key}>
            <Box minHeight="72px">
              <SkeletonDisplayText size="medium" />
            </Box>
          </Card>
        ))}
      </InlineGrid>
      <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400">
        <Card>
          <Box minHeight="300px">
            <SkeletonDisplayText size="small" />
          </Box>
        </Card>
        <SkeletonCard lines={6} />
      </InlineGrid>
    </BlockStack>
  );
}
