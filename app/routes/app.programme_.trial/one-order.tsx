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
import type { NewestOrder } from '../../queries/newest-orders.ts';
import type { action } from './route.tsx';

/** One order, picked, by name, or pasted as Shopify sends it: what it would earn, and why. */
export function OneOrder({ orders }: { orders: readonly NewestOrder[] }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const { data, state, submit } = useFetcher<typeof action>();
  const [text, setText] = useState('');
  const tried = data?.intent === 'order' ? data : null;
  const unreadable = data?.intent === 'none';
  const ask = (order: string): void =>
    submit({ intent: 'order', text: order }, { method: 'post', encType: 'application/json' });
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
            onClick={() => ask(text)}
          >
            {t('trial.order.ask')}
          </Button>
        </InlineStack>
        {orders.length > 0 && (
          <InlineStack gap="200" blockAlign="center">
            <Text as="span" tone="subdued">
              {t('trial.order.newest')}
            </Text>
            {orders.map(({ name, placedAt }, index) => (
              <Button
                key={`${index} ${name}`}
                size="slim"
                disabled={state !== 'idle'}
                accessibilityLabel={t('trial.order.pick', { name, at: moment(placedAt) })}
                onClick={() => {
                  setText(name);
                  ask(name);
                }}
              >
                {name}
              </Button>
            ))}
          </InlineStack>
        )}
        <div aria-live="polite">
          {unreadable && <Banner tone="critical">{t('trial.refused.bad-form')}</Banner>}
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
                <Earned title={t('trial.after')} found={tried.order.after} isDraft />
              </InlineGrid>
            </BlockStack>
          )}
        </div>
      </BlockStack>
    </Card>
  );
}

function Earned({
  title,
  found,
  isDraft = false,
}: {
  title: string;
  found: readonly Explanation[] | null;
  isDraft?: boolean;
}) {
  const { t } = useTranslation();
  const { points } = useFormat();
  return (
    <Box>
      <BlockStack gap="200">
        <Text as="h4" variant="headingSm" tone="subdued">
          {title}
        </Text>
        {found === null && (
          <Text as="p">{t(isDraft ? 'trial.order.notReady' : 'trial.order.notThere')}</Text>
        )}
        {found?.map((explanation, index) => (
          <ExplanationView key={index} {...{ explanation, isDraft }} />
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
