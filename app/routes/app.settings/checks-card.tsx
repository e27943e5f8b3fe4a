import { useFetcher } from '@remix-run/react';
import { Badge, Banner, BlockStack, Box, Button, Card } from '@shopify/polaris';
import { InlineStack, List, Select, Spinner, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLookAgain } from '../../components/use-look-again.ts';
import { useFormat } from '../../components/use-format.ts';
import { useActor } from '../../components/use-words.ts';
import type { Checks, ProofReport, SweepReport } from '../../queries/checks.ts';
import type { action } from './route.tsx';

const ASK_AGAIN_MS = 4_000;
const DAYS_BACK = ['', '7', '30', '60'] as const;

/** Comparisons with Shopify, which heal what a lost webhook left open, and the proofs of the books. */
export function ChecksCard({ checks: { sweeps, proofs } }: { checks: Checks }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { state, data, submit } = useFetcher<typeof action>();
  const [daysBack, setDaysBack] = useState('');
  const running = sweeps.find((sweep) => sweep.state === 'running');
  const isRunning = running !== undefined;
  useLookAgain(isRunning, ASK_AGAIN_MS);
  const check = (): void =>
    submit(
      { intent: 'start-sweep', daysBack: daysBack === '' ? null : Number(daysBack) },
      { method: 'post', encType: 'application/json' },
    );
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="400">
          {data && !data.ok && (
            <Banner tone="info">{t(`settings.refused.${data.refusal.kind}`)}</Banner>
          )}
          <Select
            label={t('settings.checks.back')}
            options={DAYS_BACK.map((value) => ({
              value,
              label:
                value === ''
                  ? t('settings.checks.backToLast')
                  : t('settings.checks.backDays', { days: value }),
            }))}
            value={daysBack}
            onChange={setDaysBack}
            disabled={isRunning}
          />
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <div role="status">
              {running && (
                <InlineStack gap="200" blockAlign="center">
                  <Spinner size="small" />
                  <Text as="span" tone="subdued">
                    {t(`settings.checks.running.${running.subject}`, {
                      number: number(running.lookedAt),
                    })}
                  </Text>
                </InlineStack>
              )}
            </div>
            <Button disabled={isRunning} loading={state !== 'idle'} onClick={check}>
              {t('settings.checks.now')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Box>
      <Proof proof={proofs[0]} />
      {sweeps.length === 0 && (
        <Row>
          <Text as="p" tone="subdued">
            {t('settings.checks.none')}
          </Text>
        </Row>
      )}
      {sweeps.map((sweep) => (
        <Report key={sweep.id} sweep={sweep} />
      ))}
    </Card>
  );
}

function Row({ children }: { children: React.ReactNode }) {
  return (
    <Box paddingBlock="300" paddingInline="400" borderBlockStartWidth="025" borderColor="border">
      {children}
    </Box>
  );
}

function Report({ sweep }: { sweep: SweepReport }) {
  const { t } = useTranslation();
  const { moment, number, points } = useFormat();
  const actor = useActor();
  const healed = sweep.repaired + sweep.missed;
  const by = { who: actor(sweep.askedBy), at: moment(sweep.startedAt) };
  return (
    <Row>
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200">
          <Text as="span">
            {t('settings.checks.lookedAt', {
              number: number(sweep.lookedAt),
              since: moment(sweep.sinceAt),
            })}
          </Text>
          <Badge {...toneOf(sweep, healed)}>
            {t(`settings.checks.is.${outcomeOf(sweep, healed)}`)}
          </Badge>
        </InlineStack>
        {healed > 0 && (
          <Text as="span">
            {t('settings.checks.healed', {
              repaired: number(sweep.repaired),
              missed: number(sweep.missed),
              given: points(sweep.pointsGiven),
              taken: points(sweep.pointsTaken),
            })}
          </Text>
        )}
        {sweep.rewardsEnded > 0 && (
          <Text as="span">
            {t('settings.checks.rewardsEnded', {
              ...{ count: sweep.rewardsEnded, number: number(sweep.rewardsEnded) },
            })}
          </Text>
        )}
        {sweep.failures > 0 && (
          <Text as="span" tone="critical">
            {t('settings.checks.failures', { number: number(sweep.failures) })}
          </Text>
        )}
        {sweep.detail !== null && (
          <Text as="span" tone={sweep.state === 'running' ? 'subdued' : 'critical'}>
            {sweep.detail}
          </Text>
        )}
        <Text as="span" tone="subdued" variant="bodySm">
          {t('audit.by', by)}
        </Text>
      </BlockStack>
    </Row>
  );
}

function outcomeOf(sweep: SweepReport, healed: number): string {
  if (sweep.state !== 'finished') return sweep.state;
  if (sweep.failures > 0) return 'incomplete';
  return healed > 0 ? 'healed' : 'right';
}

function toneOf(sweep: SweepReport, healed: number) {
  if (sweep.state === 'running') return { tone: 'info' } as const;
  if (sweep.state === 'failed' || sweep.failures > 0) return { tone: 'critical' } as const;
  return { tone: healed > 0 ? 'attention' : 'success' } as const;
}

/** The books, worked out again from every entry and fact. */
function Proof({ proof }: { proof: ProofReport | undefined }) {
  const { t } = useTranslation();
  const { moment, number } = useFormat();
  if (!proof) return null;
  const right = proof.differences === 0;
  return (
    <Row>
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200">
          <Text as="span">
            {t('settings.checks.proved', {
              members: number(proof.members),
              entries: number(proof.entries),
            })}
          </Text>
          <Badge tone={right ? 'success' : 'critical'}>
            {right
              ? t('settings.checks.is.right')
              : t('settings.checks.different', {
                  count: proof.differences,
                  number: number(proof.differences),
                })}
          </Badge>
        </InlineStack>
        {!right && (
          <>
            <Text as="p" tone="critical">
              {t('settings.checks.differentHelp')}
            </Text>
            <List>
              {proof.found.slice(0, 5).map(({ law, memberId, figure, kept, proved }) => (
                <List.Item key={`${law} ${memberId} ${figure}`}>
                  {t('settings.checks.difference', { law, figure, kept, proved })}
                </List.Item>
              ))}
            </List>
          </>
        )}
        <Text as="span" tone="subdued" variant="bodySm">
          {moment(proof.finishedAt)}
        </Text>
      </BlockStack>
    </Row>
  );
}
