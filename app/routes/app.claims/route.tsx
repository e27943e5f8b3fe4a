import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, Card, EmptySearchResult, Page } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { given } from '../../components/given.ts';
import { NextPage } from '../../components/next-page.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import { decideClaim } from '../../operations/decide-claim.ts';
import { claims } from '../../queries/claims.ts';
import type { ClaimRow } from '../../queries/claims.ts';
import { requireStaff } from '../app/tenant.ts';
import { ClaimLine } from './claim-line.tsx';
import { RefuseModal } from './refuse-modal.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { searchParams } = new URL(args.request.url);
  return json(await claims(args.context.world, shop.id, searchParams.get('after')));
}

const wish = z.object({
  memberId: z.string().max(40),
  kind: z.enum(['custom', 'receipt']),
  id: z.string().max(200),
  toldAt: z.int(),
  approve: z.boolean(),
  reason: z.string().max(300),
});

/** Who: signed-in staff of the shop, approving or refusing a claim. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, refusal: { kind: 'unknown-claim' } } as const, 400);
  return json(await decideClaim(args.context.world, { ...asked.data, shopId: shop.id, actor }));
}

export default function Claims() {
  const page = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const [refusing, setRefusing] = useState<ClaimRow | null>(null);
  const busy = fetcher.state !== 'idle';
  const refusal = fetcher.data && !fetcher.data.ok && !busy ? fetcher.data.refusal.kind : null;
  useAnswer(fetcher, ({ ok }) => {
    if (ok) shopify.toast.show(t('claims.decided'));
  });
  const approve = ({ memberId, kind, id, toldAt }: ClaimRow): void =>
    fetcher.submit(
      { memberId, kind, id, toldAt, approve: true, reason: '' },
      { method: 'post', encType: 'application/json' },
    );
  return (
    <Page
      title={t('claims.title')}
      {...given({
        subtitle: page.waiting > 0 ? t('claims.waiting', { count: page.waiting }) : undefined,
      })}
    >
      <BlockStack gap="400">
        {refusal !== null && (
          <Banner tone="critical" title={t('claims.notDecided')}>
            {t(`claims.refused.${refusal}`)}
          </Banner>
        )}
        <Card padding="0">
          {page.claims.length === 0 ? (
            <Box padding="800">
              <EmptySearchResult
                title={t('claims.none')}
                description={t('claims.noneHelp')}
                withIllustration={false}
              />
            </Box>
          ) : (
            <BlockStack>
              {page.claims.map((claim, index) => (
                <ClaimLine
                  key={`${claim.memberId} ${claim.kind} ${claim.id}`}
                  claim={claim}
                  first={index === 0}
                  busy={busy}
                  onApprove={() => approve(claim)}
                  onRefuse={() => setRefusing(claim)}
                />
              ))}
              <NextPage first={!search.has('after')} after={page.next} />
            </BlockStack>
          )}
        </Card>
      </BlockStack>
      <RefuseModal claim={refusing} onClose={() => setRefusing(null)} />
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
