import { BlockStack, Box, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { ClaimRow } from '../../queries/claims.ts';

/** One claim: who, what, with what to show for it, and the two answers. */
export function ClaimLine({
  claim,
  first,
  busy,
  onApprove,
  onRefuse,
}: {
  claim: ClaimRow;
  first: boolean;
  busy: boolean;
  onApprove: () => void;
  onRefuse: () => void;
}) {
  const { t } = useTranslation();
  const { amount, day, moment } = useFormat();
  const who = claim.member ?? t('members.nameless');
  const what =
    claim.kind === 'receipt'
      ? t('claims.receipt', { number: claim.title })
      : t('claims.custom', { action: claim.title });
  return (
    <Box padding="400" borderBlockStartWidth={first ? '0' : '025'} borderColor="border">
      <InlineStack align="space-between" blockAlign="start" gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            <span className="laurel-unbroken">{what}</span>
          </Text>
          <Link url={`/app/members/${claim.memberId}`}>{who}</Link>
          {claim.amount !== null && claim.purchasedOn !== null && (
            <Text as="p">
              {t('claims.bought', { amount: amount(claim.amount), day: day(claim.purchasedOn) })}
            </Text>
          )}
          {claim.note !== null && <Text as="p">{claim.note}</Text>}
          {claim.attachment !== null && (
            <Link url={claim.attachment} target="_blank" removeUnderline={false}>
              {t('claims.attachment')}
            </Link>
          )}
          <Text as="p" tone="subdued" variant="bodySm">
            {t('claims.told', { at: moment(claim.toldAt) })}
          </Text>
        </BlockStack>
        <InlineStack gap="200">
          <Button
            disabled={busy}
            onClick={onRefuse}
            accessibilityLabel={t('claims.refuseOne', { what, who })}
          >
            {t('claims.refuse')}
          </Button>
          <Button
            variant="primary"
            disabled={busy}
            onClick={onApprove}
            accessibilityLabel={t('claims.approveOne', { what, who })}
          >
            {t('claims.approve')}
          </Button>
        </InlineStack>
      </InlineStack>
    </Box>
  );
}
