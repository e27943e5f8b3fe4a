import { useFetcher } from '@remix-run/react';
import type { SubmitFunction } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Layout, Link, List, Page } from '@shopify/polaris';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../components/use-answer.ts';
import { useLeaveConfirmation } from '../../components/use-leave-confirmation.ts';
import { useShop } from '../../components/shop-context.tsx';
import { useFaultWords, useLabel } from '../../components/use-words.ts';
import { diffProgramme, rowsAt, subjectAt } from '../../domain/programme/diff-programme.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import { rewardDefinitions } from '../../domain/rewards/registry.ts';
import type { LookingAgain, VersionLine } from '../../queries/programme-page.ts';
import { Conflict } from './conflict.tsx';
import { Contents } from './contents.tsx';
import { downloadProgramme } from './download-programme.ts';
import { goTo } from './go-to.ts';
import { useProgrammeImport } from './import-file.tsx';
import { LookingAgainCard } from './looking-again-card.tsx';
import { Preview } from './preview.tsx';
import { PublishModal } from './publish-modal.tsx';
import type { action } from './route.tsx';
import { ProgrammeSections } from './programme-sections.tsx';
import { useProgrammeForm } from './use-programme-form.ts';
import type { ProgrammeForm } from './use-programme-form.ts';
import { Versions } from './versions.tsx';

type SubmitTarget = Parameters<SubmitFunction>[0];

interface EditorProps {
  readonly draft: {
    readonly document: DraftDocument;
    readonly revision: number;
    readonly editedAt: number;
    readonly editedBy: string;
  };
  readonly published: DraftDocument | null;
  readonly versions: readonly VersionLine[];
  readonly again: LookingAgain | null;
  readonly titles: Readonly<Record<string, string>>;
}

export function ProgrammeEditor({ draft, published, versions, again, titles }: EditorProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const { currency, staff } = useShop();
  const form = useProgrammeForm(draft.document, currency, titles);
  const fetcher = useFetcher<typeof action>();
  const { data, state } = fetcher;
  const [publishing, setPublishing] = useState(false);
  const [answered, setAnswered] = useState<unknown>(null);
  const busy = state !== 'idle';
  const refusal = data && !data.ok && data !== answered ? data.refusal : null;
  const refused = refusal?.kind ?? null;
  const isOwn = refusal?.kind === 'edited-by-another' && refusal.by === staff;
  // Publishing puts nothing of this page against theirs: its dialog shows theirs at once.
  const conflict = refused === 'edited-by-another' && data?.intent === 'save';
  const changes = useMemo(
    () => diffProgramme(published, draft.document),
    [published, draft.document],
  );
  const file = useProgrammeImport(form);
  useLeaveConfirmation(form.dirty);

  const send = (wish: object): void => {
    // What JSON cannot say, such as a field that is undefined, is left out here as it would be there.
    const body = JSON.parse(JSON.stringify(wish)) as SubmitTarget;
    fetcher.submit(body, { method: 'post', encType: 'application/json' });
  };
  const save = (): void => {
    form.showAllFaults();
    send({ intent: 'save', revision: draft.revision, document: form.document });
  };

  useAnswer(fetcher, (answer) => {
    if (!answer.ok) return;
    form.discard();
    setPublishing(false);
    const faults = answer.intent === 'save' ? answer.faults.length : 0;
    if (faults > 0) shopify.toast.show(t('programme.savedWithFaults', { count: faults }));
    else if (answer.intent === 'save') shopify.toast.show(t('programme.saved'));
    else shopify.toast.show(t(answer.planned ? 'publish.planned' : 'publish.published'));
  });

  const openPublish = (): void => {
    form.showAllFaults();
    if (form.faults.length === 0) setPublishing(true);
    else window.scrollTo({ top: 0, behavior: 'smooth' });
  };

  return (
    <Page
      title={t('programme.title')}
      primaryAction={{
        content: t('publish.publish'),
        onAction: openPublish,
        disabled: form.dirty || changes.length === 0 || busy,
        ...(form.dirty && { helpText: t('publish.saveFirst') }),
      }}
      secondaryActions={[
        { content: t('programme.try'), url: '/app/programme/trial', disabled: form.dirty },
        { content: t('file.download'), onAction: () => downloadProgramme(form.document) },
        { content: t('file.import'), onAction: file.choose },
      ]}
    >
      <SaveBar id="programme-save-bar" open={form.dirty && !conflict}>
        <button variant="primary" onClick={save} {...(busy && { loading: '' })}>
          {t('save')}
        </button>
        <button onClick={form.discard} disabled={busy}>
          {t('discard')}
        </button>
      </SaveBar>
      <BlockStack gap="400">
        {conflict && (
          <Conflict
            theirs={{ ...draft, by: draft.editedBy, at: draft.editedAt }}
            mine={form.document}
            onTakeTheirs={() => {
              form.discard();
              setAnswered(data);
              setPublishing(false);
            }}
            onKeepMine={save}
          />
        )}
        {(refused === 'bad-form' || refused === 'too-large') && (
          <Banner tone="critical">{t(`programme.refused.${refused}`)}</Banner>
        )}
        {again && <LookingAgainCard again={again} />}
        {file.parts}
        <FaultSummary form={form} />
        <Contents />
        <Layout>
          <Layout.Section>
            <ProgrammeSections form={form} titles={titles} />
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <Preview document={form.document} />
          </Layout.Section>
          <Layout.Section variant="fullWidth">
            <Versions versions={versions} />
          </Layout.Section>
        </Layout>
      </BlockStack>
      <PublishModal
        scopes={scopesOf(form.document)}
        open={publishing}
        changes={changes}
        titles={titles}
        first={published === null}
        warnings={form.warnings}
        busy={busy}
        revision={draft.revision}
        problem={
          refused === null || refused === 'bad-moment' || conflict
            ? null
            : t(`publish.refused.${isOwn ? 'edited-elsewhere' : refused}`)
        }
        momentProblem={refused === 'bad-moment' ? t('publish.refused.bad-moment') : null}
        onPublish={(note, effectiveAt) =>
          send({ intent: 'publish', revision: draft.revision, note, effectiveAt })
        }
        onClose={() => {
          setAnswered(data);
          setPublishing(false);
        }}
      />
    </Page>
  );
}

/** Every fault with a way to its field. */
function FaultSummary({ form }: { form: ProgrammeForm }) {
  const { t } = useTranslation();
  const words = useFaultWords();
  const labelOf = useLabel();
  const placeOf = (place: string): string =>
    [
      ...subjectAt(form.document, place).map((label) => labelOf(label) || t('programme.nameless')),
      ...rowsAt(form.document, place).map((row) => t('programme.row', { row })),
    ].join(' › ');
  if (!form.allFaultsShown || form.faults.length === 0) return null;
  return (
    <Banner tone="critical" title={t('programme.faults', { count: form.faults.length })}>
      <List>
        {form.faults.map((fault) => (
          <List.Item key={`${fault.place} ${fault.message}`}>
            <Link onClick={() => goTo(fault.place)}>
              {[placeOf(fault.place), words(fault)].filter((part) => part !== '').join(': ')}
            </Link>
          </List.Item>
        ))}
      </List>
    </Banner>
  );
}

/** Optional permissions of the rewards that are switched on. */
function scopesOf({ rewards }: DraftDocument): readonly string[] {
  const wanted = rewards
    .filter(({ enabled }) => enabled)
    .flatMap(({ kind }) => rewardDefinitions.find(kind)?.scopes ?? []);
  return [...new Set(wanted)];
}
