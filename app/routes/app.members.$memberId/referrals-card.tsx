import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { ReferralStateBadge } from '../../components/referral-state.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { MembersReferralLines, ReferralLine } from '../../queries/referral-page.ts';

/** Whom the member brought, and by whom they came. Nothing is drawn where there is neither. */
export function ReferralsCard({ referrals }: { referrals: MembersReferralLines }) {
  const { t } = useTranslation();
  const { made, came, codes, more } = referrals;
  if (made.length + came.length + codes.length === 0) return null;
  const [code] = codes;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="050">
          <Text as="h2" variant="headingSm">
            {t('referrals.member.title')}
          </Text>
          {code !== undefined && (
            <Text as="p" tone="subdued">
              {t('referrals.member.code', { code })}
            </Text>
          )}
        </BlockStack>
        {made.length === 0 && codes.length > 0 && <Text as="p">{t('referrals.member.none')}</Text>}
        {made.map((line) => (
          <Line key={line.id} line={line} memberId={line.friendId} name={line.friend} />
        ))}
        {more > 0 && (
          <Text as="p" tone="subdued">
            {t('referrals.member.more', { count: more })}
          </Text>
        )}
        {came.map((line) => (
          <Line key={line.id} line={line} memberId={line.advocateId} name={line.advocate} came />
        ))}
      </BlockStack>
    </Card>
  );
}

function Line({
  line,
  memberId,
  name,
  came = false,
}: {
  line: ReferralLine;
  memberId: string;
  name: string | null;
  came?: boolean;
}) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const shown = name ?? t('referrals.nobody');
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <BlockStack>
        <Link url={`/app/members/${memberId}`}>
          {came ? t('referrals.member.came', { name: shown }) : shown}
        </Link>
        {line.claimedAt !== null && (
          <Text as="span" tone="subdued" variant="bodySm">
            {date(line.claimedAt)}
          </Text>
        )}
      </BlockStack>
      <ReferralStateBadge state={line.state} />
    </InlineStack>
  );
}
