import { useFetcher } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Button,
  Card,
  DataTable,
  InlineStack,
  Link,
  ProgressBar,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useLookAgain } from '../../components/use-look-again.ts';
import { useCost } from '../../components/use-cost.ts';
import { useFormat } from '../../components/use-format.ts';
import { TRIED_DAYS } from '../../domain/campaigns/campaign-tally.ts';
import type { CampaignPage, CampaignTrialState } from '../../queries/campaigns.ts';
import type { action } from './route.tsx';

const ASK_AGAIN_MS = 1_500;

/** Whom it would reach today, and what it would have cost in the last days: asked for, worked out by the worker. */
export function TrialCard({ page }: { page: CampaignPage }) {
  const { t } = useTranslation();
  const { trial, revision } = page;
  const { data, state, submit } = useFetcher<typeof action>();
  const running = trial?.state === 'running';
  useLookAgain(running, ASK_AGAIN_MS);
  const send = (intent: 'run' | 'cancel'): void =>
    submit({ intent }, { method: 'post', encType: 'application/json' });
  const refused = data && !data.ok ? data.refusal.kind : null;
  const outdated = trial !== null && trial.revision !== revision;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t('campaigns.trial')}
          </Text>
          <Button onClick={() => send(running ? 'cancel' : 'run')} disabled={state !== 'idle'}>
            {t(running ? 'cancel' : 'campaigns.run')}
          </Button>
        </InlineStack>
        <Text as="p" tone="subdued">
          {t('campaigns.trialHelp')}
        </Text>
        {refused !== null && (
          <Banner tone="critical">
            {t(`campaigns.refused.${refused}`)}{' '}
            {refused === 'invalid' && (
              <Link url="/app/programme">{t('campaigns.openProgramme')}</Link>
            )}
          </Banner>
        )}
        {trial?.state === 'failed' && (
          <Banner tone="critical">{t('trial.failed', { why: trial.detail ?? '' })}</Banner>
        )}
        {outdated && !running && <Banner tone="warning">{t('trial.outdated')}</Banner>}
        {trial && <Found trial={trial} worthOf100={page.document.worthOf100} />}
      </BlockStack>
    </Card>
  );
}

function Found({ trial, worthOf100 }: { trial: CampaignTrialState; worthOf100: string }) {
  const { t } = useTranslation();
  const { number, moment } = useFormat();
  const costOf = useCost(worthOf100);
  const { tally, members, membersDone } = trial;
  const done = members === 0 ? 100 : Math.floor((membersDone / members) * 100);
  return (
    <BlockStack gap="300">
      {trial.state === 'running' && (
        <ProgressBar progress={done} size="small" ariaLabelledBy="campaign-trial" />
      )}
      <Text as="p" id="campaign-trial">
        {t(trial.state === 'running' ? 'trial.running' : 'trial.done', {
          ...{ done: number(membersDone), members: number(members) },
          at: moment(trial.finishedAt ?? trial.askedAt),
        })}
      </Text>
      <Text as="p">
        {t('campaigns.audience', {
          ...{ audience: number(tally.audience), members: number(tally.members) },
        })}
      </Text>
      <DataTable
        columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'numeric']}
        headings={[
          t('campaigns.lastDays'),
          t('campaigns.points'),
          t('campaigns.cost'),
          t('campaigns.orders'),
          t('campaigns.members'),
        ]}
        rows={TRIED_DAYS.map((days) => {
          const { points, orders, members: touched } = tally.spans[days];
          return [
            t('campaigns.lastSoMany', { days }),
            number(points),
            costOf(points),
            number(orders),
            number(touched),
          ];
        })}
      />
    </BlockStack>
  );
}
