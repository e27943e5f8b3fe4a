import { useFetcher } from '@remix-run/react';
import type { SubmitFunction } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, FormLayout, Layout, Link, List, Page } from '@shopify/polaris';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../components/use-answer.ts';
import { useLeaveConfirmation } from '../../components/use-leave-confirmation.ts';
import { useShop } from '../../components/shop-context.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useFaultWords } from '../../components/use-words.ts';
import { badgeDefinitions } from '../../domain/badges/registry.ts';
import { challengeDefinitions } from '../../domain/challenges/registry.ts';
import { earningDefinitions } from '../../domain/earning/registry.ts';
import { audienceFields, limitFields } from '../../domain/programme/document-fields.ts';
import { diffProgramme } from '../../domain/programme/diff-programme.ts';
import type { ConfiguredDraft, DraftDocument } from '../../domain/programme/draft.ts';
import { offerBy } from '../../domain/programme/offer-by.ts';
import type { LookingAgain, VersionLine } from '../../queries/programme-page.ts';
import { Conflict } from './conflict.tsx';
import { DefinitionFields } from './definition-fields.tsx';
import { downloadProgramme } from './download-programme.ts';
import { WordField } from './field.tsx';
import { FigureField } from './figure-field.tsx';
import { useProgrammeImport } from './import-file.tsx';
import { ItemSection } from './item-list.tsx';
import { LookingAgainCard } from './looking-again-card.tsx';
import { Preview } from './preview.tsx';
import { PublishModal } from './publish-modal.tsx';
import type { action } from './route.tsx';
import { RulesSections, WindowFields } from './rules-section.tsx';
import { DefinitionList, Section } from './sections.tsx';
import { TiersSection } from './tiers-section.tsx';
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
  const { currency } = useShop();
  const form = useProgrammeForm(draft.document, currency);
  const fetcher = useFetcher<typeof action>();
  const { data, state } = fetcher;
  const [publishing, setPublishing] = useState(false);
  const [answered, setAnswered] = useState<unknown>(null);
  const busy = state !== 'idle';
  const refused = data && !data.ok && data !== answered ? data.refusal.kind : null;
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
    else shopify.toast.show(t(answer.intent === 'save' ? 'programme.saved' : 'publish.published'));
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
      <SaveBar id="programme-save-bar" open={form.dirty && refused !== 'edited-by-another'}>
        <button variant="primary" onClick={save} {...(busy && { loading: '' })}>
          {t('save')}
        </button>
        <button onClick={form.discard} disabled={busy}>
          {t('discard')}
        </button>
      </SaveBar>
      <BlockStack gap="400">
        {refused === 'edited-by-another' && (
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
        open={publishing}
        changes={changes}
        first={published === null}
        warnings={form.warnings}
        busy={busy}
        revision={draft.revision}
        problem={refused === null ? null : t(`publish.refused.${refused}`)}
        onPublish={(note, effectiveAt) =>
          send({ intent: 'publish', revision: draft.revision, note, effectiveAt })
        }
        onClose={() => setPublishing(false)}
      />
    </Page>
  );
}

function ProgrammeSections({
  form,
  titles,
}: {
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const offerOf = useOfferWords();
  const { document } = form;
  const paysOf = (points: unknown): string =>
    Number.isSafeInteger(points) ? format.points(Number(points)) : '';
  return (
    <BlockStack gap="400">
      <Section title={t('programme.about.title')}>
        <FormLayout>
          <WordField
            label={t('programme.about.name')}
            place="name"
            value={document.name}
            form={form}
            help={t('programme.about.nameHelp')}
          />
          <FormLayout.Group>
            <WordField
              label={t('programme.about.one')}
              place="word.one"
              value={document.word.one}
              form={form}
            />
            <WordField
              label={t('programme.about.other')}
              place="word.other"
              value={document.word.other}
              form={form}
            />
          </FormLayout.Group>
        </FormLayout>
      </Section>
      <Section title={t('programme.earning.title')} help={t('programme.earning.help')}>
        <DefinitionList
          list="earning"
          registry={earningDefinitions}
          form={form}
          titles={titles}
          summary={offerOf}
          added={{
            audience: { tiers: [], tags: [], withoutTags: [] },
            limits: { each: null, perMember: [] },
          }}
          sorted
          extras={(place, index) => (
            <DefinitionFields
              fields={[...audienceFields, ...limitFields]}
              place={place}
              settings={document.earning[index]}
              words="programme"
              form={form}
              titles={titles}
            />
          )}
        />
      </Section>
      <ItemSection list="campaigns" form={form} />
      <TiersSection form={form} titles={titles} />
      <Section title={t('programme.challenges.title')} help={t('programme.challenges.help')}>
        <DefinitionList
          list="challenges"
          registry={challengeDefinitions}
          form={form}
          titles={titles}
          summary={(_, index) => paysOf(document.challenges[index]?.prizePoints)}
          added={{ prizePoints: 100, startsAt: null, endsAt: null }}
          extras={(place, index) => (
            <>
              <FigureField
                label={t('programme.challenge.prize')}
                place={`${place}.prizePoints`}
                value={document.challenges[index]?.prizePoints}
                form={form}
                whole
                suffix={t('units.points')}
              />
              <WindowFields form={form} index={index} />
            </>
          )}
        />
      </Section>
      <Section title={t('programme.badges.title')} help={t('programme.badges.help')}>
        <DefinitionList
          list="badges"
          registry={badgeDefinitions}
          form={form}
          titles={titles}
          summary={(_, index) => paysOf(document.badges[index]?.bonusPoints)}
          added={{ bonusPoints: 0 }}
          extras={(place, index) => (
            <FigureField
              label={t('programme.badge.bonus')}
              place={`${place}.bonusPoints`}
              value={document.badges[index]?.bonusPoints}
              form={form}
              whole
              suffix={t('units.points')}
            />
          )}
        />
      </Section>
      <ItemSection list="markets" form={form} />
      <RulesSections form={form} />
    </BlockStack>
  );
}

/** "2 points for every €1.00": what a way to earn offers, by its own definition. */
function useOfferWords(): (rule: ConfiguredDraft) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (rule) => {
    const offer = offerBy(rule);
    if (!offer) return '';
    const points = format.points(offer.points);
    return offer.on === 'order'
      ? t('programme.offer.order', { points, per: format.amount(offer.per) })
      : points;
  };
}

/** Every fault with a way to its field. */
function FaultSummary({ form }: { form: ProgrammeForm }) {
  const { t } = useTranslation();
  const words = useFaultWords();
  if (!form.allFaultsShown || form.faults.length === 0) return null;
  return (
    <Banner tone="critical" title={t('programme.faults', { count: form.faults.length })}>
      <List>
        {form.faults.map((fault) => (
          <List.Item key={`${fault.place} ${fault.message}`}>
            <Link onClick={() => goTo(fault.place)}>{words(fault)}</Link>
          </List.Item>
        ))}
      </List>
    </Banner>
  );
}

function goTo(place: string): void {
  const field = document.getElementById(place);
  field?.scrollIntoView({ block: 'center' });
  field?.focus();
}
