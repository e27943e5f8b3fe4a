import { BlockStack, Box, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { WaitingForStaff } from '../../queries/waiting-for-staff.ts';

/** Where each kind is decided, what is most pressing first. */
const PLACES = {
  flags: '/app/deliveries',
  rewards: '/app/rewards',
  claims: '/app/claims',
  referrals: '/app/referrals?show=flagged',
  names: '/app/leaderboards',
  effects: '/app/deliveries',
  deliveries: '/app/deliveries?state=dead',
} as const satisfies Partial<Record<keyof WaitingForStaff, string>>;

const KINDS = Object.keys(PLACES) as readonly (keyof typeof PLACES)[];

/** What waits for a person, on whichever page it is decided; nothing where nothing waits. */
export function WaitingCard({ waiting }: { waiting: WaitingForStaff }) {
  const { t } = useTranslation();
  const { date, number } = useFormat();
  const kinds = KINDS.filter((kind) => waiting[kind] > 0);
  if (kinds.length === 0 && waiting.requests.length === 0) return null;
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('waiting.title')}
        </Text>
      </Box>
      {waiting.requests.map(({ requestId, memberId, member, dueAt }) => (
        <Row
          key={requestId}
          url={memberId === null ? '/app/deliveries' : `/app/members/${memberId}#data-requests`}
          what={t('waiting.request', {
            who: member ?? t(memberId === null ? 'waiting.noMember' : 'members.nameless'),
          })}
          help={t('waiting.requestHelp', { due: date(dueAt) })}
        />
      ))}
      {kinds.map((kind) => (
        <Row
          key={kind}
          url={PLACES[kind]}
          what={t(`waiting.${kind}`, { count: waiting[kind], number: number(waiting[kind]) })}
          help={t(`waiting.${kind}Help`)}
        />
      ))}
    </Card>
  );
}

function Row({ url, what, help }: { url: string; what: string; help: string }) {
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <InlineStack gap="200">
        <BlockStack gap="050">
          <Link url={url} removeUnderline>
            {what}
          </Link>
          <Text as="p" tone="subdued" variant="bodySm">
            {help}
          </Text>
        </BlockStack>
      </InlineStack>
    </Box>
  );
}
