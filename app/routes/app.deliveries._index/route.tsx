import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { Box, BlockStack, Card, InlineGrid, Page, Select } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { DataRequestsCard } from '../../components/data-request.tsx';
import { FlagsBanner } from '../../components/flags-banner.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useSearchChange } from '../../components/use-search-change.ts';
import { DELIVERY_STATES } from '../../domain/deliveries/delivery-state.ts';
import { replayDeliveries } from '../../operations/replay-deliveries.ts';
import { retryEffects } from '../../operations/retry-effects.ts';
import { dataRequestsOf } from '../../queries/data-requests.ts';
import { deliveryList, deliveryTopics } from '../../queries/delivery-list.ts';
import { inboxState } from '../../queries/set-up-state.ts';
import { orderFlags } from '../../queries/order-flags.ts';
import { outboxState } from '../../queries/outbox-state.ts';
import { requireStaff } from '../app/tenant.ts';
import { DeliveryRows } from './delivery-rows.tsx';
import { OutboxCard } from './outbox-card.tsx';
import { ReplayModal } from './replay-modal.tsx';
import { useReplay } from './use-replay.ts';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const { searchParams } = new URL(args.request.url);
  const after = searchParams.get('after') ?? '';
  const [page, topics, inbox, outbox, flagged, requests] = await Promise.all([
    deliveryList(world, shop.id, {
      state: DELIVERY_STATES.find((state) => state === searchParams.get('state')) ?? null,
      topic: searchParams.get('topic') || null,
      text: (searchParams.get('q') ?? '').slice(0, 200),
      before: /^\d{1,18}$/.test(after) ? after : null,
    }),
    deliveryTopics(world, shop.id),
    inboxState(world, shop.id),
    outboxState(world, shop.id),
    orderFlags(world, shop.id),
    dataRequestsOf(world, shop.id, null),
  ]);
  return json({ ...page, topics, inbox, outbox, flagged, requests });
}

const id = z.string().regex(/^\d{1,18}$/);
const wish = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('all-dead') }),
  z.object({ intent: z.literal('range'), fromId: id, toId: id }),
  z.object({ intent: z.literal('retry-effects') }),
]);

/** Who: signed-in staff of the shop, sending deliveries down the road again. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, count: 0 } as const, 400);
  if (asked.data.intent === 'retry-effects') {
    const { retried } = await retryEffects(world, { shopId: shop.id, actor });
    return json({ ok: true, count: retried } as const);
  }
  const which =
    asked.data.intent === 'all-dead'
      ? ({ kind: 'all-dead' } as const)
      : { kind: 'range' as const, fromId: asked.data.fromId, toId: asked.data.toId };
  const { replayed } = await replayDeliveries(world, { shopId: shop.id, actor, which });
  return json({ ok: true, count: replayed } as const);
}

export default function Deliveries() {
  const { deliveries, next, topics, inbox, outbox, flagged, requests } =
    useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const change = useSearchChange();
  const [asking, setAsking] = useState(false);
  const replay = useReplay();
  const filtered = ['q', 'state', 'topic', 'after'].some((name) => search.get(name));
  return (
    <Page
      title={t('deliveries.title')}
      subtitle={t('deliveries.counts', {
        ready: inbox.ready,
        waiting: inbox.waiting,
        dead: inbox.dead,
      })}
      primaryAction={{
        content: t('deliveries.replayDead'),
        disabled: inbox.dead === 0 || replay.busy,
        loading: replay.busy,
        onAction: () => replay.send({ intent: 'all-dead' }),
      }}
      secondaryActions={[{ content: t('deliveries.replayRange'), onAction: () => setAsking(true) }]}
    >
      <BlockStack gap="400">
        <FlagsBanner {...flagged} />
        <DataRequestsCard requests={requests} />
        {outbox.dead > 0 && (
          <OutboxCard
            outbox={outbox}
            busy={replay.busy}
            onRetry={() => replay.send({ intent: 'retry-effects' })}
          />
        )}
        <Card padding="0">
          <Box padding="300">
            <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="200">
              <SearchField
                label={t('deliveries.search')}
                placeholder={t('deliveries.searchHint')}
              />
              <InlineGrid columns={2} gap="200">
                <Select
                  label={t('deliveries.state')}
                  labelHidden
                  value={search.get('state') ?? ''}
                  onChange={(state) => change({ state })}
                  options={[
                    { value: '', label: t('deliveries.allStates') },
                    ...DELIVERY_STATES.map((state) => ({
                      value: state,
                      label: t(`deliveries.is.${state}`),
                    })),
                  ]}
                />
                <Select
                  label={t('deliveries.topic')}
                  labelHidden
                  value={search.get('topic') ?? ''}
                  onChange={(topic) => change({ topic })}
                  options={[
                    { value: '', label: t('deliveries.allTopics') },
                    ...topics.map((topic) => ({ value: topic, label: topic })),
                  ]}
                />
              </InlineGrid>
            </InlineGrid>
          </Box>
          <ListBody
            isEmpty={deliveries.length === 0}
            none={t(filtered ? 'deliveries.noneFound' : 'deliveries.none')}
            noneHelp={t(filtered ? 'deliveries.noneFoundHelp' : 'deliveries.noneHelp')}
            first={!search.has('after')}
            after={next}
          >
            <DeliveryRows deliveries={deliveries} />
          </ListBody>
        </Card>
      </BlockStack>
      <ReplayModal
        open={asking}
        busy={replay.busy}
        onClose={() => setAsking(false)}
        onReplay={(fromId, toId) => {
          replay.send({ intent: 'range', fromId, toId });
          setAsking(false);
        }}
      />
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
