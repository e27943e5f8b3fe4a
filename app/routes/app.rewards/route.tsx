import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Card, EmptyState, Page } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { ReasonedModal } from '../app/reasoned-modal.tsx';
import { Counted } from '../../components/counted.tsx';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import { askForCodes } from '../../operations/ask-for-codes.ts';
import { firstColumn } from '../../operations/first-column.ts';
import { fulfilByHand, takeBackByHand } from '../../operations/staff-rewards.ts';
import { uploadPartnerCodes } from '../../operations/upload-partner-codes.ts';
import { codeBatches } from '../../queries/code-batches.ts';
import { rewardsPage } from '../../queries/rewards.ts';
import type { WaitingReward } from '../../queries/rewards.ts';
import { requireStaff } from '../app/tenant.ts';

import { BatchesCard } from './batches-card.tsx';
import { CodesModal } from './codes-modal.tsx';
import type { CodesWish } from './codes-modal.tsx';
import { MakeCodesModal } from './make-codes-modal.tsx';
import { ProblemsCard } from './problems-card.tsx';
import { RewardCard } from './reward-card.tsx';
import { WaitingCard } from './waiting-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const [page, batches] = await Promise.all([
    rewardsPage(world, shop),
    codeBatches(world, shop.id),
  ]);
  return json({ ...page, batches });
}

const wish = z.discriminatedUnion('wish', [
  z.object({ wish: z.literal('fulfil'), redemptionId: z.uuid() }),
  z.object({
    wish: z.literal('refuse'),
    redemptionId: z.uuid(),
    reason: z.string().max(100),
    note: z.string().max(500),
  }),
  z.object({
    wish: z.literal('codes'),
    rewardKey: z.string().min(1).max(60),
    text: z.string().max(3_000_000),
  }),
  z.object({
    wish: z.literal('make'),
    rewardKey: z.string().min(1).max(60),
    name: z.string().max(200),
    count: z.int(),
    lastDay: z.string().max(10).nullable(),
    requestKey: z.uuid(),
  }),
]);

/** Who: signed-in staff of the shop, fulfilling or refusing what waits, or uploading a partner's codes. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const read = wish.safeParse(await args.request.json().catch(() => null));
  if (!read.success) return json({ ok: false, refusal: { kind: 'unreadable' } } as const, 400);
  const shopId = shop.id;
  switch (read.data.wish) {
    case 'fulfil': {
      const done = await fulfilByHand(world, { ...read.data, shopId, actor, note: '' });
      return json(done.ok ? ({ ok: true } as const) : done);
    }
    case 'refuse': {
      const done = await takeBackByHand(world, { ...read.data, shopId, actor });
      return json(done.ok ? ({ ok: true } as const) : done);
    }
    case 'make':
      return json(await askForCodes(world, { ...read.data, shopId, actor }));
    case 'codes': {
      const { rewardKey, text } = read.data;
      const codes = firstColumn(text);
      if (codes === null) return json({ ok: false, refusal: { kind: 'unreadable' } } as const);
      return json(await uploadPartnerCodes(world, { shopId, rewardKey, codes }));
    }
  }
}

export default function Rewards() {
  const page = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const [refusing, setRefusing] = useState<WaitingReward | null>(null);
  const [making, setMaking] = useState<CodesWish | null>(null);
  const [uploading, setUploading] = useState<CodesWish | null>(null);
  const busy = fetcher.state !== 'idle';
  const refused = fetcher.data && !fetcher.data.ok && !busy ? fetcher.data.refusal.kind : null;
  useAnswer(fetcher, ({ ok }) => {
    if (ok) shopify.toast.show(t('rewards.fulfilled'));
  });
  const most = Math.max(1, ...page.rewards.map(({ given }) => given));
  return (
    <Page
      title={t('rewards.title')}
      primaryAction={{ content: t('rewards.edit'), url: '/app/programme#rewards' }}
    >
      <Counted age={page.age}>
        <BlockStack gap="400">
          {refused !== null && (
            <Banner tone="critical">{t(`memberReward.refused.${refused}`)}</Banner>
          )}
          <FiguresAgeLine age={page.age} />
          <WaitingCard
            waiting={page.waiting}
            more={page.moreWaiting}
            busy={busy}
            onFulfil={({ id }) =>
              fetcher.submit(
                { wish: 'fulfil', redemptionId: id },
                { method: 'post', encType: 'application/json' },
              )
            }
            onRefuse={setRefusing}
          />
          <ProblemsCard problems={page.problems} />
          {page.rewards.length === 0 ? (
            <Card>
              <EmptyState
                heading={t('rewards.none')}
                action={{ content: t('rewards.add'), url: '/app/programme#rewards' }}
                image=""
              >
                <p>{t(page.published ? 'rewards.noneHelp' : 'rewards.unpublishedHelp')}</p>
              </EmptyState>
            </Card>
          ) : (
            page.rewards.map((reward) => (
              <RewardCard
                key={reward.key}
                reward={reward}
                most={most}
                onUpload={setUploading}
                onMake={setMaking}
              />
            ))
          )}
          <BatchesCard batches={page.batches} />
        </BlockStack>
        <ReasonedModal
          id="refuse-reward"
          open={refusing !== null}
          title={t('rewards.refuseTitle')}
          doIt={t('rewards.refuse')}
          done={t('memberReward.takenBack')}
          action="/app/rewards"
          wish={() => ({ wish: 'refuse', redemptionId: refusing?.id ?? '' })}
          refused={(kind) => t(`memberReward.refused.${kind}`)}
          onClose={() => setRefusing(null)}
        >
          {() => <p>{t('rewards.refuseText', { name: refusing?.name ?? '' })}</p>}
        </ReasonedModal>
        <MakeCodesModal asked={making} onClose={() => setMaking(null)} />
        <CodesModal asked={uploading} onClose={() => setUploading(null)} />
      </Counted>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
