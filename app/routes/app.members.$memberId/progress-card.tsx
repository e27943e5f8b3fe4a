import { BlockStack, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { MemberPage, ProgressLine } from '../../queries/member-page.ts';
import type { PublishedNames } from '../../queries/published-names.ts';
import type { GrantWish } from './grant-modal.tsx';
import { GrantsList } from './grants-list.tsx';

/** The tier with the way to the next one, then challenges and badges. */
export function ProgressCard({
  member,
  names,
  now,
  onRevoke,
}: {
  member: MemberPage;
  names: PublishedNames;
  now: number;
  onRevoke: (wish: GrantWish) => void;
}) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const tier = names.tiers.find(({ key }) => key === member.tierKey);
  const ladder = member.progress.find(({ key }) => key === 'tier');
  const keeping = member.progress.find(({ key }) => key === 'tier-kept');
  const others = member.progress.flatMap((line) => {
    const [kind = '', known = ''] = line.key.split(':');
    const [key, season] = known.split('@');
    const list = kind === 'badge' ? names.badges : kind === 'challenge' ? names.challenges : [];
    const found = list.find((one) => one.key === key);
    if (!found) return [];
    const level = found.levels.findLast((one) => line.levels.includes(one.key));
    const name = [found.name, level?.name, season].filter((part) => part !== undefined);
    return [{ line, name: name.join(' · '), isMoney: found.money }];
  });
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            {t('progress.tier', { tier: tier?.name ?? t('home.noTier') })}
          </Text>
          {member.tierSince !== null && (
            <Text as="p" tone="subdued">
              {t('progress.since', { date: date(member.tierSince) })}
            </Text>
          )}
          {member.tierDueAt !== null && member.tierDueAt > now && (
            <Text as="p" tone="subdued">
              {t('progress.until', { date: date(member.tierDueAt) })}
            </Text>
          )}
        </BlockStack>
        {ladder && <NextTier ladder={ladder} names={names} />}
        {keeping && <Keeping line={keeping} names={names} />}
        <GrantsList grants={member.grants} names={names} now={now} onRevoke={onRevoke} />
        {others.map(({ line, name, isMoney }) => (
          <Reach key={line.key} {...{ line, name, isMoney }} />
        ))}
      </BlockStack>
    </Card>
  );
}

function NextTier({ ladder, names }: { ladder: ProgressLine; names: PublishedNames }) {
  const { t } = useTranslation();
  const format = useFormat();
  const next = names.tiers.find(({ key }) => key === ladder.counted[0]);
  if (!next) {
    return names.tiers.length === 0 ? null : (
      <Text as="p" tone="subdued">
        {t('progress.top')}
      </Text>
    );
  }
  const show = (amount: number): string => amountOf(amount, names, format);
  const left = show(Math.max(0, ladder.need - ladder.have));
  return (
    <BlockStack gap="100">
      <Bar
        id="next-tier"
        label={t('preview.nextTier', { tier: next.name })}
        value={t('progress.of', { have: show(ladder.have), need: show(ladder.need) })}
        share={ladder.have / Math.max(1, ladder.need)}
      />
      <Text as="p" tone="subdued" variant="bodySm">
        {ladder.until === null
          ? t('progress.missing', { left, tier: next.name })
          : t('progress.missingBy', {
              ...{ left, tier: next.name },
              date: format.date(ladder.until - 1),
            })}
      </Text>
    </BlockStack>
  );
}

/** What keeping the tier takes, and where the member will be without it. */
function Keeping({ line, names }: { line: ProgressLine; names: PublishedNames }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [key, toKey] = line.counted;
  const tier = names.tiers.find((one) => one.key === key);
  if (!tier || toKey === key || line.until === null) return null;
  const to = names.tiers.find((one) => one.key === toKey)?.name ?? t('home.noTier');
  const missing = Math.max(0, line.need - line.have);
  const date = format.date(line.until - 1);
  return (
    <Text as="p" tone="subdued" variant="bodySm">
      {missing > 0 &&
        `${t('progress.keep', { left: amountOf(missing, names, format), tier: tier.name, date })} `}
      {t('progress.projected', { tier: to, date })}
    </Text>
  );
}

function amountOf(
  amount: number,
  { tierUnit }: PublishedNames,
  { money, number, points }: ReturnType<typeof useFormat>,
): string {
  if (tierUnit === 'money') return money(amount);
  return tierUnit === 'points' ? points(amount) : number(amount);
}

function Reach({ line, name, isMoney }: { line: ProgressLine; name: string; isMoney: boolean }) {
  const { t } = useTranslation();
  const { date, number, money, list } = useFormat();
  const amount = isMoney ? money : number;
  const value =
    line.completedAt === null
      ? t('progress.of', { have: amount(line.have), need: amount(line.need) })
      : t('progress.done', { date: date(line.completedAt) });
  return (
    <BlockStack gap="100">
      <Bar
        id={`reach-${line.key.replaceAll(/[:@]/g, '-')}`}
        label={name}
        value={value}
        share={line.have / Math.max(1, line.need)}
      />
      {line.counted.length > 0 && (
        <Text as="p" tone="subdued" variant="bodySm">
          {t('progress.counted', { list: list(line.counted) })}
        </Text>
      )}
    </BlockStack>
  );
}

function Bar({
  id,
  label,
  value,
  share,
}: {
  id: string;
  label: string;
  value: string;
  share: number;
}) {
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="span" id={id}>
          {label}
        </Text>
        <Text as="span" tone="subdued">
          {value}
        </Text>
      </InlineStack>
      <ProgressBar
        progress={Math.max(0, Math.min(100, Math.floor(share * 100)))}
        size="small"
        tone="primary"
        animated={false}
        ariaLabelledBy={id}
      />
    </BlockStack>
  );
}
