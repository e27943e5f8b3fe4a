import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  EmptySearchResult,
  Page,
} from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Counted } from '../../components/counted.tsx';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { given } from '../../components/given.ts';
import { NextPage } from '../../components/next-page.tsx';
import { ruleReferral } from '../../operations/rule-referral.ts';
import { REFERRAL_VIEWS, referralPage } from '../../queries/referral-page.ts';
import { requireStaff } from '../app/tenant.ts';
import { FiguresCard } from './figures-card.tsx';
import { ReferralRow } from './referral-line.tsx';
import { RuleModal } from './rule-modal.tsx';
import type { Asked } from './rule-modal.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { searchParams } = new URL(args.request.url);
  const asked = { view: searchParams.get('show'), after: searchParams.get('after') };
  return json({
    ...(await referralPage(args.context.world, shop.id, asked)),
    views: REFERRAL_VIEWS,
  });
}

const wish = z.object({
  id: z.string().max(40),
  approve: z.boolean(),
  reason: z.string().max(300),
});

/** Who: signed-in staff of the shop, approving or refusing a referral. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) {
    return json({ ok: false, refusal: { kind: 'unknown-referral' } } as const, 400);
  }
  return json(await ruleReferral(args.context.world, { ...asked.data, shopId: shop.id, actor }));
}

export default function Referrals() {
  const page = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asked | null>(null);
  const { flagged } = page;
  return (
    <Page
      title={t('referrals.title')}
      {...given({
        subtitle: flagged > 0 ? t('referrals.toDecide', { count: flagged }) : undefined,
      })}
    >
      <Counted age={page.age}>
        <BlockStack gap="400">
          <Notices offered={page.offered} shadow={page.shadow} />
          <FiguresAgeLine age={page.age} />
          <FiguresCard figures={page.figures} />
          <Lines page={page} onRule={(line, approve) => setAsking({ line, approve })} />
        </BlockStack>
        <RuleModal asked={asking} onClose={() => setAsking(null)} />
      </Counted>
    </Page>
  );
}

function Notices({ offered, shadow }: { offered: boolean; shadow: boolean }) {
  const { t } = useTranslation();
  if (!offered) {
    return (
      <Banner
        tone="info"
        title={t('referrals.off')}
        action={{ content: t('referrals.toProgramme'), url: '/app/programme#part-referrals' }}
      >
        {t('referrals.offHelp')}
      </Banner>
    );
  }
  return shadow ? <Banner tone="info">{t('referrals.watching')}</Banner> : null;
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

function Lines({
  page,
  onRule,
}: {
  page: Loaded;
  onRule: (line: Asked['line'], approve: boolean) => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  return (
    <Card padding="0">
      <Box padding="400">
        <ButtonGroup variant="segmented">
          {page.views.map((view) => (
            <Button
              key={view}
              pressed={view === page.view}
              onClick={() => setSearch({ show: view })}
            >
              {t(`referrals.show.${view}`)}
            </Button>
          ))}
        </ButtonGroup>
      </Box>
      {page.lines.length === 0 ? (
        <Box padding="800">
          <EmptySearchResult
            title={t('referrals.none')}
            description={t('referrals.noneHelp')}
            withIllustration={false}
          />
        </Box>
      ) : (
        <BlockStack>
          {page.lines.map((line) => (
            <ReferralRow key={line.id} line={line} onRule={onRule} />
          ))}
          <NextPage first={!search.has('after')} after={page.next} />
        </BlockStack>
      )}
    </Card>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
