import { useFetcher } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  FormLayout,
  InlineGrid,
  InlineStack,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExplanationView } from '../../components/explanation-view.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { Explanation } from '../../domain/points/explanation.ts';
import type { action } from './route.tsx';

/** One order, by name or pasted as Shopify sends it: what it would earn, and why. */
export function OneOrder() {
  const { t } = useTranslation();
  const { data, state, submit } = useFetcher<typeof action>();
  const [text, setText] = useState('');
  const tried = data?.intent === 'order' ? data : null;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('trial.order.title')}
        </Text>
        <FormLayout>
          <TextField
            label={t('trial.order.which')}
            helpText={t('trial.order.help')}
            value={text}
            onChange={setText}
            multiline={1}
            maxHeight="12rem"
            autoComplete="off"
          />
        </FormLayout>
        <InlineStack>
          <Button
            disabled={text.trim() === ''}
            loading={state !== 'idle'}
            onClick={() =>
              submit({ intent: 'order', text }, { method: 'post', encType: 'application/json' })
            }
          >
            {t('trial.order.ask')}
          </Button>
        </InlineStack>
        <div aria-live="polite">
          {tried && !tried.ok && (
            <Banner tone="warning">{t(`trial.refused.${tried.refusal.kind}`)}</Banner>
          )}
          {tried?.ok && (
            <BlockStack gap="300">
              <Text as="h3" variant="headingSm">
                {tried.order.name}
              </Text>
              <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
                <Earned title={t('trial.before')} found={tried.order.before} />
                <Earned title={t('trial.after')} found={tried.order.after} />
              </InlineGrid>
            </BlockStack>
          )}
        </div>
      </BlockStack>
    </Card>
  );
}

function Earned({ title, found }: { title: string; found: readonly Explanation[] | null }) {
  const { t } = useTranslation();
  const { points } = useFormat();
  return (
    <Box>
      <BlockStack gap="200">
        <Text as="h4" variant="headingSm" tone="subdued">
          {title}
        </Text>
        {found === null && <Text as="p">{t('trial.order.notThere')}</Text>}
        {found?.map((explanation, index) => (
          <ExplanationView key={index} explanation={explanation} />
        ))}
        {found && found.length > 1 && (
          <Text as="p" fontWeight="semibold">
            {t('trial.order.total', { points: points(pointsOf(found)) })}
          </Text>
        )}
      </BlockStack>
    </Box>
  );
}

function pointsOf(found: readonly Explanation[]): number {
  return found.reduce((sum, one) => sum + ('points' in one ? one.points : 0), 0);
}
