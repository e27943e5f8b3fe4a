import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Badge, Banner, BlockStack, Layout, Page } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLookAgain } from '../../components/use-look-again.ts';
import { z } from 'zod';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormat } from '../../components/use-format.ts';
import { giftCost } from '../../domain/gifts/cost.ts';
import { GIFT_STEPS, stateAfter } from '../../domain/gifts/gift.ts';
import type { GiftStep } from '../../domain/gifts/gift.ts';
import { programmeDocument } from '../../domain/programme/document.ts';
import { inPresentShape } from '../../domain/programme/present-shape.ts';
import { steerGift } from '../../operations/steer-gift.ts';
import { giftPage } from '../../queries/gifts.ts';
import { publishedDocument } from '../../queries/programme-page.ts';
import { publishedNames } from '../../queries/published-names.ts';
import { requireStaff } from '../app/tenant.ts';
import { ConfirmGiftModal } from './confirm-gift-modal.tsx';
import { GIFT_TONES, useGiftWords } from './gift-words.ts';
import { CostCard, FirstMembersCard, RefusedCard, StepsCard } from './report-cards.tsx';
import { ProgressCard } from './progress-card.tsx';

const ASK_AGAIN_MS = 1_500;
const MOVING: readonly string[] = ['preparing', 'running', 'undoing'];

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const gift = await giftPage(world, shop.id, args.params['giftId'] ?? '');
  if (!gift) throw new Response('There is no such gift.', { status: 404 });
  const [names, published] = await Promise.all([
    publishedNames(world, shop.id),
    publishedDocument(world, shop.id),
  ]);
  const { counts, content } = gift;
  const members = counts.planned + counts.given + counts.kept + counts.undone;
  const document = programmeDocument.safeParse(inPresentShape(published));
  const given = { members, points: counts.points };
  const cost = document.success ? giftCost(content, given, document.data, shop.currency) : null;
  return json({ gift, names, cost });
}

const wish = z.object({ step: z.enum(GIFT_STEPS) });

/** Who: signed-in staff of the shop, starting, stopping or undoing a gift. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, refusal: { kind: 'not-now' } } as const, 400);
  const giftId = args.params['giftId'] ?? '';
  return json(
    await steerGift(args.context.world, {
      ...{ shopId: shop.id, giftId, actor },
      step: asked.data.step,
    }),
  );
}

export default function Gift() {
  const { gift, names, cost } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { moment } = useFormat();
  const shopify = useAppBridge();
  const words = useGiftWords(names);
  const fetcher = useFetcher<typeof action>();
  const [asking, setAsking] = useState<GiftStep | null>(null);
  const { state, counts } = gift;
  const moving = MOVING.includes(state);
  useLookAgain(moving, ASK_AGAIN_MS);
  const busy = fetcher.state !== 'idle';
  const send = (step: GiftStep): void => {
    setAsking(null);
    fetcher.submit({ step }, { method: 'post', encType: 'application/json' });
  };
  useAnswer(fetcher, (answer) => {
    if (answer.ok) shopify.toast.show(t(`gifts.became.${answer.state}`));
  });
  const refused = fetcher.data && !fetcher.data.ok && !busy;
  const can = (step: GiftStep): boolean => !busy && stateAfter(state, step) !== null;
  const anybody = counts.planned > 0;
  const offered = (['pause', 'resume', 'undo', 'cancel'] as const).filter(
    (step) => stateAfter(state, step) !== null,
  );
  return (
    <Page
      backAction={{ url: '/app/gifts', content: t('gifts.title') }}
      title={gift.reason}
      titleMetadata={<Badge {...GIFT_TONES[state]}>{t(`gifts.state.${state}`)}</Badge>}
      subtitle={`${words.what(gift.content)} · ${t('gifts.madeAt', { at: moment(gift.madeAt) })}`}
      {...(state === 'ready' && {
        primaryAction: {
          content: t('gifts.step.start', { count: counts.planned }),
          onAction: () => setAsking('start'),
          disabled: !can('start') || !anybody,
        },
      })}
      secondaryActions={offered.map((step) => ({
        content: t(`gifts.step.${step}`),
        onAction: () => (step === 'undo' || step === 'cancel' ? setAsking(step) : send(step)),
        disabled: busy,
        ...((step === 'undo' || step === 'cancel') && { destructive: true }),
      }))}
    >
      <BlockStack gap="400">
        {refused && <Banner tone="warning">{t('gifts.notNow')}</Banner>}
        {gift.detail !== null && (
          <Banner tone={state === 'failed' ? 'critical' : 'warning'} title={t('gifts.trouble')}>
            {gift.detail}
          </Banner>
        )}
        {state === 'ready' && !anybody && <Banner tone="info">{t('gifts.nobody')}</Banner>}
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <ProgressCard gift={gift} />
              {cost && <CostCard gift={gift} cost={cost} />}
              <FirstMembersCard gift={gift} />
              <RefusedCard gift={gift} />
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <BlockStack gap="400">
              <StepsCard gift={gift} />
            </BlockStack>
          </Layout.Section>
        </Layout>
      </BlockStack>
      <ConfirmGiftModal
        step={asking}
        count={asking === 'undo' ? counts.given : counts.planned}
        busy={busy}
        onClose={() => setAsking(null)}
        onConfirm={send}
      />
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
