import { json, redirect } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Card, FormLayout, Page, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { given } from '../../components/given.ts';
import { draftDocument } from '../../domain/programme/draft.ts';
import type { Segment } from '../../domain/segments/segment.ts';
import { EVERYBODY, segmentFaults } from '../../domain/segments/segment.ts';
import { answeredCondition } from '../../domain/segments/answered.ts';
import { planGift } from '../../operations/plan-gift.ts';
import { publishedDocument } from '../../queries/programme-page.ts';
import { requireStaff } from '../app/tenant.ts';
import { AudienceCard } from './audience-card.tsx';
import type { ChosenFile } from './audience-card.tsx';
import { ContentCard } from './content-card.tsx';
import type { ContentDraft } from './content-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const found = draftDocument.safeParse(await publishedDocument(args.context.world, shop.id));
  if (!found.success) return redirect('/app/gifts');
  return json({ published: found.data });
}

const asked = z.object({ wish: z.unknown(), file: z.string().max(12_000_000).nullable() });

/** Who: signed-in staff of the shop, planning a gift; nothing is given yet. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const body = asked.safeParse(await args.request.json().catch(() => null));
  if (!body.success) return json({ ok: false, refusal: { kind: 'bad-form' } } as const, 400);
  const { wish, file } = body.data;
  const plan = await planGift(args.context.world, { shopId: shop.id, actor, wish, file });
  return plan.ok ? redirect(`/app/gifts/${plan.giftId}`) : json(plan);
}

type Refusal = Exclude<Awaited<ReturnType<typeof planGift>>, { ok: true }>['refusal'];

export default function NewGift() {
  const { published } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const fetcher = useFetcher<{ ok: false; refusal: Refusal }>();
  const [reason, setReason] = useState('');
  const [content, setContent] = useState<ContentDraft>({
    ...{ kind: 'points', points: '100', lastDay: '', badge: '', reward: '' },
  });
  const [parameters] = useSearchParams();
  const [segment, setSegment] = useState<Segment>(() => whoAnswered(parameters.get('answer')));
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [byFile, setByFile] = useState(false);
  const [tried, setTried] = useState(false);
  const busy = fetcher.state !== 'idle';
  const refusal = fetcher.data && !busy ? fetcher.data.refusal : null;
  const faults = byFile ? [] : segmentFaults(segment);
  const missing = {
    reason: reason.trim() === '',
    points: content.kind === 'points' && !/^[1-9]\d{0,6}$/.test(content.points),
    badge: content.kind === 'badge' && content.badge === '',
    reward: content.kind === 'reward' && content.reward === '',
    file: byFile && file === null,
  };
  const plan = (): void => {
    setTried(true);
    if (Object.values(missing).some(Boolean) || faults.length > 0) return;
    const body = {
      wish: {
        ...{ reason, content: contentOf(content) },
        audience: byFile
          ? { kind: 'file', name: (file?.name ?? '').slice(0, 255) }
          : { kind: 'segment', segment },
      },
      file: byFile ? (file?.text ?? '') : null,
    };
    // What JSON cannot say is left out here as it would be there.
    const plain = JSON.parse(JSON.stringify(body)) as Parameters<typeof fetcher.submit>[0];
    fetcher.submit(plain, { method: 'post', encType: 'application/json' });
  };
  return (
    <Page
      backAction={{ url: '/app/gifts', content: t('gifts.title') }}
      title={t('gifts.new')}
      subtitle={t('gifts.newHelp')}
      primaryAction={{ content: t('gifts.plan'), onAction: plan, disabled: busy, loading: busy }}
    >
      <BlockStack gap="400">
        {refusal && (
          <Banner tone="critical" title={t('gifts.notPlanned')}>
            {t(`gifts.refused.${refusal.kind}`, {
              most: 'most' in refusal ? refusal.most : 0,
            })}
          </Banner>
        )}
        <ContentCard
          content={content}
          published={published}
          missing={tried ? missing : null}
          onChange={setContent}
        />
        <AudienceCard
          {...{ segment, file, byFile, published, faults }}
          shown={tried}
          fileMissing={tried && missing.file}
          onSegment={setSegment}
          onFile={setFile}
          onKind={setByFile}
        />
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              {t('gifts.words')}
            </Text>
            <FormLayout>
              <TextField
                label={t('gifts.reason')}
                helpText={t('gifts.reasonHelp')}
                value={reason}
                onChange={setReason}
                maxLength={100}
                autoComplete="off"
                {...given({
                  error: tried && missing.reason ? t('gifts.missing.reason') : undefined,
                })}
              />
            </FormLayout>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}

/** Whoever comes from the results of a quiz makes a gift to who answered so. */
function whoAnswered(answer: string | null): Segment {
  const { kind } = answeredCondition;
  return answer === null
    ? EVERYBODY
    : { match: 'all', conditions: [{ kind, not: false, settings: { answer } }] };
}

function contentOf({ kind, points, lastDay, badge, reward }: ContentDraft): object {
  if (kind === 'badge') return { kind, badge };
  if (kind === 'reward') return { kind, reward };
  return { kind, points: Number(points), lastDay: lastDay === '' ? null : lastDay };
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
