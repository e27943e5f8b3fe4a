import {
  BlockStack,
  Box,
  Card,
  IndexTable,
  InlineGrid,
  InlineStack,
  Link,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { AtOnce, useTierName } from '../../components/at-once.tsx';
import { FigureBar } from '../../components/play-parts.tsx';
import { ShareBar } from '../../components/share-bar.tsx';
import { useCost } from '../../components/use-cost.ts';
import { useFormat } from '../../components/use-format.ts';
import type { BackTestState } from '../../queries/back-tests.ts';

/** What the draft would have meant: cost, liability, tiers, who moves, who changes most. */
export function BackTestReport({ test }: { test: BackTestState }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { before, after } = test.tally;
  const cost = useCost(test.worthOf100);
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
        <Figure
          label={t('trial.earned')}
          help={t('trial.earnedHelp', { orders: number(test.tally.orders) })}
          before={before.earned}
          after={after.earned}
          cost={cost}
        />
        <Figure
          label={t('trial.outstanding')}
          help={t('trial.outstandingHelp')}
          before={before.outstanding}
          after={after.outstanding}
          cost={cost}
        />
      </InlineGrid>
      <Tiers test={test} />
      <Card>
        <AtOnce test={test} />
      </Card>
      <MostChanged test={test} />
    </BlockStack>
  );
}

function Figure({
  label,
  help,
  before,
  after,
  cost,
}: {
  label: string;
  help: string;
  before: number;
  after: number;
  cost: (points: number) => string;
}) {
  const { t } = useTranslation();
  const { points } = useFormat();
  const most = Math.max(1, before, after);
  const change = after - before;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {label}
          </Text>
          <Text as="p" tone="subdued">
            {help}
          </Text>
        </BlockStack>
        {[[t('trial.before'), before] as const, [t('trial.after'), after] as const].map(
          ([name, count]) => (
            <FigureBar
              key={name}
              label={name}
              percent={(count * 100) / most}
              figure={`${points(count)} · ${cost(count)}`}
            />
          ),
        )}
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="span">{t('trial.change')}</Text>
          <Text as="span" variant="headingLg" numeric>
            {`${change > 0 ? '+' : ''}${points(change)}`}
          </Text>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

/** Members by tier, drawn beside each other. */
function Tiers({ test }: { test: BackTestState }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const nameOf = useTierName(test);
  const { before, after, members } = test.tally;
  const keys = [
    ...new Set(['', ...test.tiers.map(({ key }) => key), ...Object.keys(before.tiers)]),
  ].filter((key) => (before.tiers[key] ?? 0) + (after.tiers[key] ?? 0) > 0);
  if (keys.length < 2) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('trial.tiers')}
        </Text>
        {keys.map((key) => (
          <BlockStack key={key} gap="100">
            <Text as="span">{nameOf(key)}</Text>
            {[
              [t('trial.before'), before.tiers[key] ?? 0] as const,
              [t('trial.after'), after.tiers[key] ?? 0] as const,
            ].map(([name, count]) => (
              <ShareBar key={name} name={name} value={number(count)} share={count / members} />
            ))}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function MostChanged({ test }: { test: BackTestState }) {
  const { t } = useTranslation();
  const { number, signed } = useFormat();
  const { most } = test.tally;
  if (most.length === 0) return null;
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('trial.most')}
        </Text>
      </Box>
      <IndexTable
        itemCount={most.length}
        selectable={false}
        headings={[
          { title: t('members.member') },
          { title: t('trial.before'), alignment: 'end' },
          { title: t('trial.after'), alignment: 'end' },
          { title: t('trial.change'), alignment: 'end' },
        ]}
      >
        {most.map(({ memberId, before, after }, index) => (
          <IndexTable.Row key={memberId} id={memberId} position={index}>
            <IndexTable.Cell>
              <Link url={`/app/members/${memberId}`}>
                {test.names[memberId] || t('members.nameless')}
              </Link>
            </IndexTable.Cell>
            {[number(before), number(after), signed(after - before)].map((text, column) => (
              <IndexTable.Cell key={column}>
                <Text as="span" alignment="end" numeric>
                  {text}
                </Text>
              </IndexTable.Cell>
            ))}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
}
