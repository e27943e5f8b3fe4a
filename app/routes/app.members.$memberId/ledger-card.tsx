import { useSearchParams } from '@remix-run/react';
import {
  BlockStack,
  Box,
  Button,
  Card,
  Collapsible,
  Icon,
  InlineStack,
  Text,
} from '@shopify/polaris';
import { ChevronDownIcon, ChevronUpIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExplanationView } from '../../components/explanation-view.tsx';
import { gainOf, useLineTitle } from '../../components/ledger-words.ts';
import { PointsChange } from '../../components/points-change.tsx';
import { useFormat } from '../../components/use-format.ts';
import { usePhrases } from '../../components/use-words.ts';
import { stepLine } from '../../domain/points/explain.ts';
import type { LedgerPage } from '../../queries/member-ledger.ts';
import type { LedgerLine } from '../../queries/newest-entries.ts';

export function LedgerCard({ ledger }: { ledger: LedgerPage }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            {t('ledger.heading')}
          </Text>
          <Text as="p" tone="subdued">
            {t(ledger.lines.length === 0 ? 'ledger.none' : 'ledger.help')}
          </Text>
        </BlockStack>
      </Box>
      {ledger.lines.map((line) => (
        <Line key={line.seq} line={line} />
      ))}
      {(ledger.next !== null || search.has('before')) && (
        <Box padding="300" borderBlockStartWidth="025" borderColor="border">
          <InlineStack gap="200" align="center">
            {search.has('before') && <Button url="?">{t('ledger.newest')}</Button>}
            {ledger.next !== null && (
              <Button url={`?before=${ledger.next}`}>{t('ledger.older')}</Button>
            )}
          </InlineStack>
        </Box>
      )}
    </Card>
  );
}

function Line({ line }: { line: LedgerLine }) {
  const { t } = useTranslation();
  const { moment, points } = useFormat();
  const phrases = usePhrases();
  const titleOf = useLineTitle();
  const [open, setOpen] = useState(false);
  const contentId = `entry-${line.seq}`;
  const waived = line.said?.rule === 'step' ? (line.said.waived ?? 0) : 0;
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <button
        type="button"
        className="laurel-plain-button"
        aria-expanded={open}
        aria-controls={contentId}
        onClick={() => setOpen(!open)}
      >
        <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
          <BlockStack gap="050">
            <Text as="span" fontWeight="medium">
              {titleOf(line)}
            </Text>
            <Text as="span" tone="subdued" variant="bodySm">
              {moment(line.occurredAt)}
            </Text>
          </BlockStack>
          <InlineStack gap="200" blockAlign="center" wrap={false}>
            <PointsChange gain={gainOf(line)} />
            <Icon source={open ? ChevronUpIcon : ChevronDownIcon} tone="subdued" />
          </InlineStack>
        </InlineStack>
      </button>
      <Collapsible id={contentId} open={open} transition={false}>
        <Box paddingBlockStart="300">
          <BlockStack gap="300">
            {line.said?.rule === 'step' && line.said.step !== 'earn' && (
              <Text as="p">{stepLine(line.said, line.points, phrases, line.spentOn)}</Text>
            )}
            {waived > 0 && <Text as="p">{t('ledger.waived', { points: points(waived) })}</Text>}
            {line.because && <ExplanationView explanation={line.because} />}
            {line.unreadable && (
              <Text as="p" tone="subdued">
                {t('ledger.unexplained')}
              </Text>
            )}
            <Text as="p" tone="subdued" variant="bodySm">
              {[
                t('ledger.number', { number: line.seq }),
                t('ledger.moved', {
                  from: t(`account.${line.from}`),
                  to: t(`account.${line.to}`),
                }),
                t('ledger.recorded', { at: moment(line.recordedAt) }),
                ...(line.programmeVersion === null
                  ? []
                  : [t('ledger.version', { version: line.programmeVersion })]),
              ].join(' · ')}
            </Text>
          </BlockStack>
        </Box>
      </Collapsible>
    </Box>
  );
}
