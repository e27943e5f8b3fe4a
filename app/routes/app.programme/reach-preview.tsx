import { Banner, BlockStack, Box, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { FigureBar } from '../../components/play-parts.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useFaultWords } from '../../components/use-words.ts';
import { SHARES } from '../../domain/back-test/reach-tally.ts';
import type { ReachTally } from '../../domain/back-test/reach-tally.ts';
import type { ProgrammeForm } from './use-programme-form.ts';
import { useReachPreview } from './use-reach-preview.ts';

/** Who would have it today, as it is typed: how far members are, and some who are there. */
export function ReachPreview({
  list,
  itemKey,
  form,
}: {
  list: 'badges' | 'challenges';
  itemKey: string;
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const preview = useReachPreview();
  const { state, tally, refusal, asked, start, stop } = preview;
  const running = state === 'running';
  const outdated = asked !== null && asked !== JSON.stringify(form.document);
  return (
    <Box padding="300" borderRadius="200" background="bg-surface-secondary">
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h4" variant="headingSm">
            {t('reach.title')}
          </Text>
          <Button
            size="slim"
            onClick={() => (running ? stop() : start(list, itemKey, form.document))}
          >
            {t(running ? 'cancel' : asked === null ? 'reach.run' : 'reach.again')}
          </Button>
        </InlineStack>
        <Text as="p" tone="subdued" variant="bodySm">
          {t(`reach.help.${list}`)}
        </Text>
        {refusal && (
          <Banner tone="warning">
            {refusal.kind === 'invalid'
              ? refusal.faults.map((fault) => faultWords(fault)).join(' ')
              : t(`reach.refused.${refusal.kind}`)}
          </Banner>
        )}
        {state === 'failed' && !refusal && <Banner tone="critical">{t('reach.failed')}</Banner>}
        {asked !== null && !refusal && <Found tally={tally} state={state} />}
        {outdated && !running && (
          <Text as="p" tone="caution">
            {t('reach.outdated')}
          </Text>
        )}
      </BlockStack>
    </Box>
  );
}

function Found({ tally, state }: { tally: ReachTally; state: string }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { members, shares, examples } = tally;
  const words = { members: number(members), done: number(shares.done) };
  return (
    <BlockStack gap="300">
      <div aria-live="polite">
        <Text as="p" fontWeight="semibold">
          {t(
            `reach.is.${state === 'stopped' ? 'stopped' : state === 'done' ? 'done' : 'running'}`,
            words,
          )}
        </Text>
      </div>
      {SHARES.toReversed().map((share) => (
        <FigureBar
          key={share}
          label={t(`reach.share.${share}`)}
          percent={members === 0 ? 0 : (shares[share] * 100) / members}
          figure={number(shares[share])}
        />
      ))}
      {examples.length > 0 && (
        <BlockStack gap="100">
          <Text as="h5" variant="headingXs">
            {t('reach.examples')}
          </Text>
          <InlineStack gap="300">
            {examples.map(({ memberId, name, email }) => (
              <Link key={memberId} url={`/app/members/${memberId}`}>
                {name ?? email ?? t('members.nameless')}
              </Link>
            ))}
          </InlineStack>
        </BlockStack>
      )}
    </BlockStack>
  );
}
