import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Badge, Banner, BlockStack, Layout, Page } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { DataRequestsCard } from '../../components/data-request.tsx';
import { FlagsBanner } from '../../components/flags-banner.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useShop } from '../../components/shop-context.tsx';
import { adjustPoints } from '../../operations/adjust-points.ts';
import { memberAnswers } from '../../queries/member-answers.ts';
import { memberDrawLines } from '../../queries/member-draws.ts';
import { memberBirthday } from '../../queries/member-birthday.ts';
import { memberLedger } from '../../queries/member-ledger.ts';
import { memberPage } from '../../queries/member-page.ts';
import { memberRewards } from '../../queries/member-rewards.ts';
import { memberBoards } from '../../queries/member-boards.ts';
import { memberReferrals } from '../../queries/referral-page.ts';
import { memberStanding } from '../../queries/member-standing.ts';
import { orderFlags } from '../../queries/order-flags.ts';
import { publishedNames } from '../../queries/published-names.ts';
import { requireStaff } from '../app/tenant.ts';
import { AdjustModal } from './adjust-modal.tsx';
import { AnswersCard } from './answers-card.tsx';
import { AuditCard } from './audit-card.tsx';
import { BalanceCard } from './balance-card.tsx';
import { BirthdayCard } from './birthday-card.tsx';
import { GrantModal } from './grant-modal.tsx';
import type { GrantWish } from './grant-modal.tsx';
import { DrawsCard } from './draws-card.tsx';
import { EventsCard } from './events-card.tsx';
import { LedgerCard } from './ledger-card.tsx';
import { LotsCard } from './lots-card.tsx';
import { MembershipsCard } from './memberships-card.tsx';
import { MembershipCard } from './membership-card.tsx';
import { MergeModal } from './merge-modal.tsx';
import { MergesCard } from './merges-card.tsx';
import { OrdersCard } from './orders-card.tsx';
import { ProgressCard } from './progress-card.tsx';
import { BoardsCard } from './boards-card.tsx';
import { ReferralsCard } from './referrals-card.tsx';
import { RewardModal } from './reward-modal.tsx';
import type { RewardWish } from './reward-modal.tsx';
import { RewardsCard } from './rewards-card.tsx';
import { FreezeModal } from './freeze-modal.tsx';
import { StreaksCard } from './streaks-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const member = await memberPage(world, shop.id, args.params['memberId'] ?? '');
  if (!member) throw new Response('There is no such member.', { status: 404 });
  const before = new URL(args.request.url).searchParams.get('before');
  const [ledger, names, flagged, birthday, standing, rewards, referrals, answers, boards, draws] =
    await Promise.all([
      memberLedger(world, shop.id, member.id, before),
      publishedNames(world, shop.id),
      orderFlags(world, shop.id, member.id),
      memberBirthday(world, shop.id, member.id),
      memberStanding(world, shop, member.id),
      memberRewards(world, shop.id, member.id),
      memberReferrals(world, shop.id, member.id),
      memberAnswers(world, shop.id, member.id),
      memberBoards(world, shop.id, member.id),
      memberDrawLines(world, shop.id, member.id),
    ]);
  return json({
    ...{ member, ledger, names, flagged, birthday, standing, rewards, referrals, answers, draws },
    boards,
    now: world.now(),
  });
}

const wish = z.object({
  points: z.number(),
  reason: z.string().max(100),
  note: z.string().max(500),
  allowDebt: z.boolean(),
  countsForTier: z.boolean(),
  requestKey: z.uuid(),
});

/** Who: signed-in staff of the shop, giving or taking points by hand. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, refusal: { kind: 'bad-points' } } as const, 400);
  return json(
    await adjustPoints(args.context.world, {
      ...asked.data,
      shopId: shop.id,
      memberId: args.params['memberId'] ?? '',
      actor,
    }),
  );
}

export default function Member() {
  const page = useLoaderData<typeof loader>();
  const { member, ledger, names, flagged, birthday, standing, rewards, referrals, now } = page;
  const { t } = useTranslation();
  const { date } = useFormat();
  const { domain } = useShop();
  const [adjusting, setAdjusting] = useState(false);
  const [merging, setMerging] = useState(false);
  const [rewarding, setRewarding] = useState<RewardWish | null>(null);
  const [granting, setGranting] = useState<GrantWish | null>(null);
  const [freezing, setFreezing] = useState<string | null>(null);
  const tier = names.tiers.find(({ key }) => key === member.tierKey);
  const active = member.state === 'active';
  const notJoined = active && standing.membership === 'not-joined';
  return (
    <Page
      backAction={{ content: t('members.title'), url: '/app/members' }}
      title={member.name ?? member.email ?? t('members.nameless')}
      titleMetadata={tier && <Badge tone="info">{tier.name}</Badge>}
      subtitle={[
        ...(member.name !== null && member.email !== null ? [member.email] : []),
        t('member.since', { date: date(member.since) }),
      ].join(' · ')}
      primaryAction={{
        content: t('adjust.title'),
        onAction: () => setAdjusting(true),
        disabled: !active || notJoined,
        ...(notJoined && { helpText: t('adjust.refused.not-joined') }),
      }}
      secondaryActions={[
        ...(names.tiers.length === 0
          ? []
          : [
              {
                content: t('grant.title'),
                onAction: () => setGranting({ wish: 'grant' }),
                disabled: !active,
              },
            ]),
        ...(names.rewards.length === 0
          ? []
          : [
              {
                content: t('memberReward.give'),
                onAction: () => setRewarding({ wish: 'give' }),
                disabled: !active || notJoined,
              },
            ]),
        { content: t('merge.title'), onAction: () => setMerging(true), disabled: !active },
        ...(member.customerId === null
          ? []
          : [
              {
                content: t('member.inShopify'),
                url: `https://${domain}/admin/customers/${member.customerId}`,
                external: true,
                target: '_blank' as const,
              },
            ]),
      ]}
    >
      <BlockStack gap="400">
        <FlagsBanner {...flagged} />
        {!active && <Banner tone="info">{t(`member.state.${member.state}`)}</Banner>}
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <BalanceCard member={member} />
              <LedgerCard ledger={ledger} />
              <OrdersCard orders={member.orders} />
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <BlockStack gap="400">
              <DataRequestsCard requests={standing.dataRequests} />
              <ProgressCard member={member} names={names} now={now} onRevoke={setGranting} />
              <StreaksCard member={member} names={names} onGive={setFreezing} />
              <RewardsCard rewards={rewards} onTakeBack={setRewarding} />
              <MembershipsCard member={member} now={now} />
              <MembershipCard standing={standing} />
              <LotsCard lots={member.lots} />
              <BirthdayCard memberId={member.id} birthday={birthday} active={active} />
              <ReferralsCard referrals={referrals} />
              <AnswersCard answers={page.answers} />
              <BoardsCard boards={page.boards} />
              <DrawsCard draws={page.draws} />
              <MergesCard merges={standing.merges} />
              <EventsCard events={standing.events} names={names} />
              <AuditCard lines={member.audit} />
            </BlockStack>
          </Layout.Section>
        </Layout>
      </BlockStack>
      <AdjustModal
        memberId={member.id}
        open={adjusting}
        onClose={() => setAdjusting(false)}
        available={member.available}
        debt={member.debt}
      />
      <MergeModal
        memberId={member.id}
        names={names}
        open={merging}
        onClose={() => setMerging(false)}
      />
      <RewardModal
        memberId={member.id}
        asked={rewarding}
        rewards={names.rewards}
        onClose={() => setRewarding(null)}
      />
      <FreezeModal memberId={member.id} streak={freezing} onClose={() => setFreezing(null)} />
      <GrantModal
        memberId={member.id}
        asked={granting}
        tiers={names.tiers}
        onClose={() => setGranting(null)}
      />
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
