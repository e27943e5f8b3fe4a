import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import {
  Banner,
  BlockStack,
  Card,
  EmptyState,
  FormLayout,
  Page,
  Select,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { ProgrammeChanges } from '../../components/programme-changes.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormat } from '../../components/use-format.ts';
import { useSearchChange } from '../../components/use-search-change.ts';
import { useActor } from '../../components/use-words.ts';
import { picksIn } from '../../domain/programme/check-picks.ts';
import { diffProgramme } from '../../domain/programme/diff-programme.ts';
import { draftDocument } from '../../domain/programme/draft.ts';
import { rollBackProgramme } from '../../operations/roll-back-programme.ts';
import { withdrawVersion } from '../../operations/withdraw-version.ts';
import { productTitles } from '../../queries/product-titles.ts';
import { programmePage, versionDocument } from '../../queries/programme-page.ts';
import type { VersionLine } from '../../queries/programme-page.ts';
import type { World } from '../../world.ts';
import { downloadProgramme } from '../app.programme/download-programme.ts';
import { requireStaff } from '../app/tenant.ts';
import { GoBack } from './go-back.tsx';

/** How the address says "the draft". */
const DRAFT = 'draft';

/** Who: signed-in staff of the shop. Compares any two versions, or one with the draft. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const { searchParams } = new URL(args.request.url);
  const { draft, published, versions } = await programmePage(world, shop.id);
  const newest = versions[0]?.version;
  const to = searchParams.get('to') ?? String(newest ?? DRAFT);
  const from = searchParams.get('from') ?? String(before(versions, to) ?? published?.version ?? '');
  const [older, newer] = [
    await documentOf(world, shop.id, from, draft?.document),
    await documentOf(world, shop.id, to, draft?.document),
  ];
  const picks = [older, newer].flatMap((document) => (document ? picksIn(document) : []));
  const products = picks.flatMap(({ of, id }) => (of === 'products' ? [id] : []));
  return json({
    versions,
    inForce: published?.version ?? null,
    from: { name: from, document: older },
    to: { name: to, document: newer },
    titles: await productTitles(world, shop.id, [...new Set(products)]),
  });
}

function before(versions: readonly VersionLine[], name: string): number | undefined {
  return versions.find(({ version }) => version < Number(name))?.version;
}

/** Null for a version that the shop does not have. */
async function documentOf(world: World, shopId: string, name: string, draft: unknown) {
  const number = /^[1-9]\d{0,8}$/.test(name) ? Number(name) : null;
  const found =
    name === DRAFT ? draft : number === null ? null : await versionDocument(world, shopId, number);
  const parsed = draftDocument.safeParse(found);
  return parsed.success ? parsed.data : null;
}

const wish = z.object({
  intent: z.enum(['roll-back', 'withdraw']),
  version: z.int().min(1).max(1_000_000_000),
});

/** Who: signed-in staff of the shop: goes back to a version, or takes a planned one back. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, refusal: { kind: 'bad-form' } } as const, 400);
  const { intent, version } = asked.data;
  const operation = intent === 'roll-back' ? rollBackProgramme : withdrawVersion;
  const done = await operation(args.context.world, { shopId: shop.id, actor, version });
  return json({ intent, ...done });
}

export default function Versions() {
  const { versions, inForce, from, to, titles } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const { moment } = useFormat();
  const actor = useActor();
  const change = useSearchChange();
  const fetcher = useFetcher<typeof action>();
  useAnswer(fetcher, (answer) => {
    if (answer.ok) shopify.toast.show(t(`versions.done.${answer.intent}`));
  });
  const shown = versions.find(({ version }) => String(version) === to.name);
  // Seen beside the one in force, an older version is what there is to go back to.
  const older = versions.find(({ version }) => String(version) === from.name);
  const target = [shown, older].find((one) => one && one.version !== inForce) ?? null;
  const choices = [
    { value: DRAFT, label: t('versions.draft') },
    ...versions.map(({ version, state }) => ({
      value: String(version),
      label: `${t('versions.version', { version })} · ${t(`versions.state.${state}`)}`,
    })),
  ];
  const ask = (intent: 'roll-back' | 'withdraw'): void => {
    if (target) {
      fetcher.submit(
        { intent, version: target.version },
        { method: 'post', encType: 'application/json' },
      );
    }
  };
  const refused = fetcher.data && !fetcher.data.ok ? fetcher.data.refusal.kind : null;
  const { document } = to;
  return (
    <Page
      title={t('versions.title')}
      backAction={{ url: '/app/programme', content: t('nav.programme') }}
      secondaryActions={
        document
          ? [{ content: t('file.download'), onAction: () => downloadProgramme(document) }]
          : []
      }
    >
      <BlockStack gap="400">
        {refused && <Banner tone="critical">{t(`versions.refused.${refused}`)}</Banner>}
        <Card>
          <FormLayout>
            <FormLayout.Group>
              <Select
                label={t('versions.from')}
                options={choices}
                value={from.name}
                onChange={(next) => change({ from: next, to: to.name })}
              />
              <Select
                label={t('versions.to')}
                options={choices}
                value={to.name}
                onChange={(next) => change({ from: from.name, to: next })}
                {...(shown && {
                  helpText: t('versions.published', {
                    at: moment(shown.publishedAt),
                    who: actor(shown.publishedBy),
                  }),
                })}
              />
            </FormLayout.Group>
          </FormLayout>
        </Card>
        {shown && (
          <GoBack
            shown={shown}
            target={target}
            busy={fetcher.state !== 'idle'}
            onRollBack={() => ask('roll-back')}
            onWithdraw={() => ask('withdraw')}
          />
        )}
        {document === null ? (
          <Card>
            <EmptyState heading={t('versions.unknown')} image="" />
          </Card>
        ) : (
          <Card>
            <BlockStack gap="400">
              <Text as="h2" variant="headingMd">
                {t('versions.compare')}
              </Text>
              <ProgrammeChanges changes={diffProgramme(from.document, document)} titles={titles} />
            </BlockStack>
          </Card>
        )}
      </BlockStack>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
