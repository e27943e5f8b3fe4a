import { BlockStack, Box, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { useActor } from '../../components/use-words.ts';
import type { GiftCost } from '../../domain/gifts/cost.ts';
import type { GiftLine, GiftPage } from '../../queries/gifts.ts';

/** What it costs, and what of it was taken back. */
export function CostCard({ gift, cost }: { gift: GiftLine; cost: GiftCost }) {
  const { t } = useTranslation();
  const { points, money } = useFormat();
  const { counts } = gift;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          {t('gifts.cost.heading')}
        </Text>
        {cost.points > 0 && <Text as="p">{points(cost.points)}</Text>}
        <Text as="p">
          {cost.minor === null
            ? t('gifts.cost.unknown')
            : t('gifts.cost.worth', { amount: money(cost.minor) })}
        </Text>
        {counts.givenPoints > 0 && (
          <Text as="p" tone="subdued">
            {t('gifts.cost.given', { points: points(counts.givenPoints) })}
          </Text>
        )}
        {gift.content.kind === 'points' && counts.takenPoints > 0 && (
          <Text as="p" tone="subdued">
            {t('gifts.cost.taken', { points: points(counts.takenPoints) })}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

export function FirstMembersCard({ gift }: { gift: GiftPage }) {
  const { t } = useTranslation();
  const { points } = useFormat();
  if (gift.members.length === 0) return null;
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingSm">
          {t('gifts.first', { count: gift.members.length })}
        </Text>
      </Box>
      {gift.members.map((member) => (
        <Box
          key={member.memberId}
          paddingInline="400"
          paddingBlock="200"
          borderBlockStartWidth="025"
          borderColor="border"
        >
          <InlineStack align="space-between" gap="300">
            <Link url={`/app/members/${member.memberId}`}>
              {member.name ?? t('members.nameless')}
            </Link>
            <InlineStack gap="300">
              {member.points !== null && <Text as="span">{points(member.points)}</Text>}
              <Text as="span" tone="subdued">
                {t(`gifts.line.${member.state}`)}
              </Text>
            </InlineStack>
          </InlineStack>
        </Box>
      ))}
    </Card>
  );
}

/** Who gets nothing, and why; all of them as a file. */
export function RefusedCard({ gift }: { gift: GiftPage }) {
  const { t } = useTranslation();
  const [trouble, setTrouble] = useState(false);
  const fromFile = gift.audience.kind === 'file';
  if (gift.counts.refused === 0) return null;
  // App Bridge signs what is fetched, and nothing that is only linked to.
  const download = async (): Promise<void> => {
    const answer = await fetch(`/app/gifts/${gift.id}/refused`);
    setTrouble(!answer.ok);
    if (!answer.ok) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = 'refused.csv';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            {t('gifts.refusedLines', { count: gift.counts.refused })}
          </Text>
          <Button onClick={() => void download()}>{t('gifts.download')}</Button>
        </InlineStack>
        {trouble && (
          <Text as="p" tone="critical">
            {t('gifts.downloadTrouble')}
          </Text>
        )}
        {gift.why.map(({ refusal, lines }) => (
          <Text as="p" key={refusal}>
            {t('gifts.whyLine', { count: lines, why: t(`gifts.why.${refusal}`) })}
          </Text>
        ))}
        {fromFile &&
          gift.refused.map((line) => (
            <Text as="p" tone="subdued" key={line.line} breakWord>
              {t('gifts.fileLine', {
                ...{ line: line.line, written: line.written ?? t('gifts.forgotten') },
                why: t(`gifts.why.${line.refusal}`),
              })}
            </Text>
          ))}
      </BlockStack>
    </Card>
  );
}

/** Who did what, and when. */
export function StepsCard({ gift }: { gift: GiftPage }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const actorOf = useActor();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          {t('gifts.history')}
        </Text>
        {gift.steps.map(({ action, actor, at }) => (
          <BlockStack key={`${action} ${at}`}>
            <Text as="p">{t(`gifts.did.${action}`)}</Text>
            <Text as="p" tone="subdued" variant="bodySm">
              {t('audit.by', { who: actorOf(actor), at: moment(at) })}
            </Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
