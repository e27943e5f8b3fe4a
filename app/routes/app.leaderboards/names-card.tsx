import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import {
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  Link,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormat } from '../../components/use-format.ts';
import type { NameRuling } from '../../operations/rule-name.ts';
import type { NameLine } from '../../queries/board-names.ts';
import type { action } from './route.tsx';

/** Nicknames that members reported, and those that a person hid or refused. */
export function NamesCard({ names }: { names: readonly NameLine[] }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const busy = fetcher.state !== 'idle';
  const refused = fetcher.data?.ok === false && !busy;
  useAnswer(fetcher, (answer) => {
    if (answer.ok) shopify.toast.show(t(`leaderboards.ruled.${answer.ruling}`));
  });
  if (names.length === 0) return null;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            {t('leaderboards.names')}
          </Text>
          <Text as="p" tone="subdued">
            {t('leaderboards.namesHelp')}
          </Text>
        </BlockStack>
      </Box>
      {refused && <Banner tone="critical">{t('leaderboards.unknownName')}</Banner>}
      {names.map((line) => (
        <NameRow
          key={line.memberId}
          line={line}
          busy={busy}
          onRule={(ruling) =>
            fetcher.submit(
              { memberId: line.memberId, ruling },
              { method: 'post', encType: 'application/json' },
            )
          }
        />
      ))}
    </Card>
  );
}

const OFFERED: Readonly<Record<NameLine['state'], readonly NameRuling[]>> = {
  listed: [],
  reported: ['approve', 'hide', 'refuse'],
  hidden: ['approve', 'refuse'],
  refused: ['approve'],
};

function NameRow({
  line,
  busy,
  onRule,
}: {
  line: NameLine;
  busy: boolean;
  onRule: (ruling: NameRuling) => void;
}) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const { nickname, person, state, reports, reportedAt } = line;
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <BlockStack gap="050">
          <InlineStack gap="200" blockAlign="center">
            <Link url={`/app/members/${line.memberId}`} removeUnderline>
              <Text as="span" variant="headingSm">
                {nickname}
              </Text>
            </Link>
            <Badge {...(state === 'reported' && { tone: 'attention' })}>
              {t(`leaderboards.nameState.${state}`)}
            </Badge>
          </InlineStack>
          <Text as="p" tone="subdued" variant="bodySm">
            {[
              person,
              reports > 0 ? t('leaderboards.reports', { count: reports }) : null,
              reportedAt === null ? null : moment(reportedAt),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </Text>
        </BlockStack>
        <ButtonGroup>
          {OFFERED[state].map((ruling) => (
            <Button
              key={ruling}
              disabled={busy}
              onClick={() => onRule(ruling)}
              accessibilityLabel={t(`leaderboards.ruleOne.${ruling}`, { name: nickname })}
            >
              {t(`leaderboards.rule.${ruling}`)}
            </Button>
          ))}
        </ButtonGroup>
      </InlineStack>
    </Box>
  );
}
