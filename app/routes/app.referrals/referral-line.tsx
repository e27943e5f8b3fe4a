import { Badge, BlockStack, Box, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { ReferralStateBadge } from '../../components/referral-state.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useActor, useLabel } from '../../components/use-words.ts';
import { referralSignals } from '../../domain/referrals/signals.ts';
import type { ReferralLine } from '../../queries/referral-page.ts';

/** One referral: who brought whom, how it stands and why, and the two answers. */
export function ReferralRow({
  line,
  onRule,
}: {
  line: ReferralLine;
  onRule: (line: ReferralLine, approve: boolean) => void;
}) {
  const { t } = useTranslation();
  const advocate = line.advocate ?? t('referrals.nobody');
  const friend = line.friend ?? t('referrals.nobody');
  const approvable = line.because !== 'same-person' && line.because !== 'came-before';
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <InlineStack align="space-between" blockAlign="start" gap="300">
        <BlockStack gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingSm">
              <Link url={`/app/members/${line.advocateId}`}>{advocate}</Link>
              {' → '}
              <Link url={`/app/members/${line.friendId}`}>{friend}</Link>
            </Text>
            <ReferralStateBadge state={line.state} />
            {line.score > 0 && <Badge>{t('referrals.score', { score: String(line.score) })}</Badge>}
          </InlineStack>
          <Told line={line} />
        </BlockStack>
        <InlineStack gap="200">
          {line.state !== 'refused' && (
            <Button
              onClick={() => onRule(line, false)}
              accessibilityLabel={t('referrals.refuseOne', { advocate, friend })}
            >
              {t('referrals.refuse')}
            </Button>
          )}
          {(line.state === 'flagged' || line.state === 'refused') && approvable && (
            <Button
              {...(line.state === 'flagged' && { variant: 'primary' as const })}
              onClick={() => onRule(line, true)}
              accessibilityLabel={t('referrals.approveOne', { advocate, friend })}
            >
              {t('referrals.approve')}
            </Button>
          )}
        </InlineStack>
      </InlineStack>
    </Box>
  );
}

/** What happened, and what speaks against it, in words. */
function Told({ line }: { line: ReferralLine }) {
  const { t } = useTranslation();
  const { moment, date } = useFormat();
  const actorOf = useActor();
  const { claimedAt, code, because, signals, dueAt, ruling } = line;
  const at = claimedAt === null ? '' : moment(claimedAt);
  return (
    <>
      {because !== null && because !== 'score' && (
        <Text as="p">{t(`referrals.because.${because}`)}</Text>
      )}
      {signals.length > 0 && <Signals kinds={signals} />}
      {ruling && (
        <Text as="p">
          {t(`referrals.ruled.${ruling.says}`, {
            by: actorOf(ruling.by),
            reason: ruling.reason,
          })}
        </Text>
      )}
      {line.state === 'ordered' && dueAt !== null && (
        <Text as="p">{t('referrals.due', { at: date(dueAt) })}</Text>
      )}
      <Text as="p" tone="subdued" variant="bodySm">
        {code === '' ? t('referrals.claimedWithout', { at }) : t('referrals.claimed', { at, code })}
      </Text>
    </>
  );
}

function Signals({ kinds }: { kinds: readonly string[] }) {
  const labelOf = useLabel();
  const known = kinds.flatMap((kind) => referralSignals.find(kind) ?? []);
  return (
    <InlineStack gap="150">
      {known.map(({ kind, words, weight }) => (
        <Badge key={kind} tone="warning">
          {`${labelOf({ key: `definitions.signals.${kind}.label`, text: words.label })} +${weight}`}
        </Badge>
      ))}
    </InlineStack>
  );
}
