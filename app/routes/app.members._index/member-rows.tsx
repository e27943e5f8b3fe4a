import {
  Badge,
  BlockStack,
  Box,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { MemberRow } from '../../queries/member-list.ts';

interface RowsProps {
  readonly members: readonly MemberRow[];
  readonly tiers: readonly { readonly key: string; readonly name: string }[];
}

/** A table where there is room for one, and cards of lines on a phone. */
export function MemberRows(props: RowsProps) {
  const { mdDown } = useBreakpoints();
  return mdDown ? <Lines {...props} /> : <Table {...props} />;
}

function Table({ members, tiers }: RowsProps) {
  const { t } = useTranslation();
  const { number, date } = useFormat();
  return (
    <IndexTable
      itemCount={members.length}
      selectable={false}
      headings={[
        { title: t('members.member') },
        { title: t('members.tier') },
        { title: t('members.points'), alignment: 'end' },
        { title: t('members.pending'), alignment: 'end' },
        { title: t('members.earned'), alignment: 'end' },
        { title: t('members.since'), alignment: 'end' },
      ]}
    >
      {members.map((member, index) => (
        <IndexTable.Row key={member.id} id={member.id} position={index}>
          <IndexTable.Cell>
            <Who member={member} />
          </IndexTable.Cell>
          <IndexTable.Cell>
            <Tier member={member} tiers={tiers} />
          </IndexTable.Cell>
          <IndexTable.Cell>
            <Text as="span" alignment="end" numeric>
              {number(member.available - member.debt)}
            </Text>
          </IndexTable.Cell>
          <IndexTable.Cell>
            <Text as="span" alignment="end" numeric tone="subdued">
              {number(member.pending)}
            </Text>
          </IndexTable.Cell>
          <IndexTable.Cell>
            <Text as="span" alignment="end" numeric tone="subdued">
              {number(member.earnedTotal)}
            </Text>
          </IndexTable.Cell>
          <IndexTable.Cell>
            <Text as="span" alignment="end" numeric>
              {date(member.since)}
            </Text>
          </IndexTable.Cell>
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

function Lines({ members, tiers }: RowsProps) {
  const { points } = useFormat();
  return (
    <BlockStack>
      {members.map((member) => (
        <Box key={member.id} padding="300" borderBlockStartWidth="025" borderColor="border">
          <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
            <Who member={member} />
            <BlockStack gap="100" inlineAlign="end">
              <Text as="span" fontWeight="semibold">
                {points(member.available - member.debt)}
              </Text>
              <Tier member={member} tiers={tiers} />
            </BlockStack>
          </InlineStack>
        </Box>
      ))}
    </BlockStack>
  );
}

function Who({ member }: { member: MemberRow }) {
  const { t } = useTranslation();
  const title = member.name ?? member.email ?? t('members.nameless');
  return (
    <BlockStack gap="050">
      <Link url={`/app/members/${member.id}`} monochrome removeUnderline dataPrimaryLink>
        <Text as="span" fontWeight="semibold">
          <span className="laurel-unbroken">{title}</span>
        </Text>
      </Link>
      {member.name !== null && member.email !== null && (
        <Text as="span" tone="subdued" variant="bodySm">
          <span className="laurel-unbroken">{member.email}</span>
        </Text>
      )}
    </BlockStack>
  );
}

/** The tier; and of whom nothing can be earned, why. */
function Tier({ member, tiers }: { member: MemberRow; tiers: RowsProps['tiers'] }) {
  const { t } = useTranslation();
  if (member.membership !== 'joined') {
    return <Badge tone="attention">{t(`membership.state.${member.membership}`)}</Badge>;
  }
  if (member.tierKey === null) return null;
  return <Badge>{tiers.find(({ key }) => key === member.tierKey)?.name ?? member.tierKey}</Badge>;
}
