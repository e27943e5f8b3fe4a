import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { Box, Card, InlineGrid, Page, Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { ListBody } from '../../components/list-body.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useSearchChange } from '../../components/use-search-change.ts';
import { MEMBER_SORTS } from '../../domain/members/member-sort.ts';
import { memberList } from '../../queries/member-list.ts';
import { publishedNames } from '../../queries/published-names.ts';
import { requireStaff } from '../app/tenant.ts';
import { MemberRows } from './member-rows.tsx';

/** How the address says "members below the first tier". */
const NO_TIER = '-';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const { searchParams } = new URL(args.request.url);
  const tier = searchParams.get('tier');
  const [names, page] = await Promise.all([
    publishedNames(world, shop.id),
    memberList(world, shop.id, {
      text: (searchParams.get('q') ?? '').slice(0, 200),
      tier: tier === null || tier === '' ? null : tier === NO_TIER ? '' : tier,
      sort: MEMBER_SORTS.find((sort) => sort === searchParams.get('sort')) ?? 'newest',
      after: searchParams.get('after'),
    }),
  ]);
  return json({ ...page, tiers: names.tiers });
}

export default function Members() {
  const { members, next, tiers } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const change = useSearchChange();
  const filtered = ['q', 'tier', 'after'].some((name) => search.get(name));
  return (
    <Page title={t('members.title')}>
      <Card padding="0">
        <Box padding="300">
          <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="200">
            <SearchField label={t('members.search')} placeholder={t('members.searchHint')} />
            <InlineGrid columns={2} gap="200">
              <Select
                label={t('members.tier')}
                labelHidden
                value={search.get('tier') ?? ''}
                onChange={(tier) => change({ tier })}
                options={[
                  { value: '', label: t('members.allTiers') },
                  ...tiers.map(({ key, name }) => ({ value: key, label: name })),
                  { value: NO_TIER, label: t('home.noTier') },
                ]}
              />
              <Select
                label={t('members.sort')}
                labelHidden
                value={search.get('sort') ?? 'newest'}
                onChange={(sort) => change({ sort })}
                options={MEMBER_SORTS.map((sort) => ({
                  value: sort,
                  label: t(`members.sortBy.${sort}`),
                }))}
              />
            </InlineGrid>
          </InlineGrid>
        </Box>
        <ListBody
          isEmpty={members.length === 0}
          none={t(filtered ? 'members.noneFound' : 'members.none')}
          noneHelp={t(filtered ? 'members.noneFoundHelp' : 'members.noneHelp')}
          first={!search.has('after')}
          after={next}
        >
          <MemberRows members={members} tiers={tiers} />
        </ListBody>
      </Card>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
