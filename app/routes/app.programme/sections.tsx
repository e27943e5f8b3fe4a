/** The parts of the form. What is configurable comes from the registries; nothing here knows a kind. */
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../../components/use-words.ts';
import type { ConfiguredDraft } from '../../domain/programme/draft.ts';
import { freeKey } from '../../domain/programme/draft.ts';
import type { Field, Words } from '../../domain/fields.ts';
import type { Registry } from '../../domain/registry.ts';
import { AddMenu } from './add-menu.tsx';
import { DefinitionFields } from './definition-fields.tsx';
import type { FieldSet } from './definition-fields.tsx';
import { partId } from './contents.tsx';
import type { Part } from './contents.tsx';
import { Fold } from './fold.tsx';
import { newKey } from './new-key.ts';
import { SwitchAndName } from './switch-and-name.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

export interface FormDefinition {
  readonly kind: string;
  readonly words: Words;
  readonly fields: readonly Field[];
  readonly defaults: unknown;
}

export function Section({
  part,
  title,
  help,
  children,
}: {
  part: Part;
  title: string;
  help?: string;
  children: ReactNode;
}) {
  return (
    <div id={partId(part)} tabIndex={-1} className="laurel-part">
      <Card>
        <BlockStack gap="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            {help !== undefined && (
              <Text as="p" tone="subdued">
                {help}
              </Text>
            )}
          </BlockStack>
          {children}
        </BlockStack>
      </Card>
    </div>
  );
}

type ListName =
  'earning' | 'badges' | 'challenges' | 'games' | 'quizzes' | 'leaderboards' | 'rewards';

/** Where the words of a list's kinds stand. */
const WORDS = {
  earning: 'definitions.earning',
  badges: 'definitions.goals',
  challenges: 'definitions.goals',
  games: 'definitions.games',
  quizzes: 'definitions.quizzes',
  leaderboards: 'definitions.leaderboards',
  rewards: 'definitions.rewards',
} as const;

type NewItem = Readonly<Record<string, unknown>>;

/** A list of things of a registry's kinds: each opens to its settings; more can be added. */
export function DefinitionList({
  list,
  registry,
  form,
  titles,
  also,
  extras,
  summary,
  added,
  sorted = false,
  lasting = false,
}: {
  list: ListName;
  registry: Registry<FormDefinition>;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
  /** Fields that every kind of the list has. */
  also?: (place: string, index: number) => readonly FieldSet[];
  /** What stands below the fields, e.g. a badge's bonus. */
  extras?: (place: string, index: number) => ReactNode;
  /** What it pays, in one line that shows while it is closed. */
  summary: (item: ConfiguredDraft, index: number) => string;
  /** What a new one has besides its kind's defaults. */
  added: NewItem | ((kind: string) => NewItem);
  /** Whether their order means something: they can be moved up. */
  sorted?: boolean;
  /** Whether a new one must have a key that none ever had: what members did under it is kept. */
  lasting?: boolean;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const items: readonly ConfiguredDraft[] = form.document[list];
  const [newest, setNewest] = useState<{ readonly key: string; readonly place: string } | null>(
    null,
  );
  useEffect(() => {
    if (newest) document.getElementById(`${newest.place}.name`)?.focus();
  }, [newest]);
  const add = (kind: string): void => {
    const definition = registry.find(kind);
    if (!definition) return;
    const name = labelOf({
      key: `${WORDS[list]}.${kind}.label`,
      text: definition.words.label,
    });
    const key = lasting ? newKey(kind) : freeKey(kind, items);
    setNewest({ key, place: `${list}.${items.length}` });
    form.edit(list, [
      ...items,
      {
        key,
        kind,
        name,
        enabled: true,
        settings: definition.defaults,
        ...(typeof added === 'function' ? added(kind) : added),
      },
    ]);
  };
  return (
    <div id={list} tabIndex={-1} style={{ scrollMarginTop: '5rem' }}>
      <BlockStack gap="400">
        {items.map((item, index) => (
          <DefinitionItem
            key={item.key}
            list={list}
            item={item}
            index={index}
            definition={registry.find(item.kind)}
            form={form}
            titles={titles}
            also={also?.(`${list}.${index}`, index) ?? []}
            extras={extras?.(`${list}.${index}`, index)}
            summary={summary(item, index)}
            isNew={item.key === newest?.key}
            raise={
              sorted && index > 0
                ? () =>
                    form.edit(list, [
                      ...items.slice(0, index - 1),
                      item,
                      ...items.filter((one, at) => at >= index - 1 && one !== item),
                    ])
                : null
            }
            remove={() =>
              form.edit(
                list,
                items.filter((one) => one !== item),
              )
            }
          />
        ))}
        <AddMenu
          label={t(`programme.${list}.add`)}
          kinds={registry.all.map(({ kind, words }) => ({
            kind,
            label: labelOf({ key: `${WORDS[list]}.${kind}.label`, text: words.label }),
            help: labelOf({ key: `${WORDS[list]}.${kind}.help`, text: words.help }),
          }))}
          onAdd={add}
        />
      </BlockStack>
    </div>
  );
}

function DefinitionItem({
  list,
  item,
  index,
  definition,
  form,
  titles,
  also,
  extras,
  summary,
  isNew,
  raise,
  remove,
}: {
  list: ListName;
  item: ConfiguredDraft;
  index: number;
  definition: FormDefinition | null;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
  also: readonly FieldSet[];
  extras: ReactNode;
  summary: string;
  isNew: boolean;
  /** Puts it before its neighbour; null where it cannot. */
  raise: (() => void) | null;
  remove: () => void;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const place = `${list}.${index}`;
  const words = `${WORDS[list]}.${item.kind}`;
  const name = item.name || t('programme.nameless');
  return (
    <Fold {...{ place, form, name, summary, isNew }} isOn={item.enabled}>
      {definition && (
        <Text as="p" tone="subdued">
          {labelOf({ key: `${words}.help`, text: definition.words.help })}
        </Text>
      )}
      <SwitchAndName {...{ place, item, form }}>
        {definition && (
          <DefinitionFields
            sets={[
              {
                fields: definition.fields,
                place: `${place}.settings`,
                settings: item.settings,
                defaults: definition.defaults,
                words,
              },
              ...also,
            ]}
            form={form}
            titles={titles}
          />
        )}
        {extras}
      </SwitchAndName>
      <InlineStack gap="400">
        {raise && (
          <Button variant="plain" onClick={raise}>
            {t('programme.raise', { name })}
          </Button>
        )}
        <Button variant="plain" tone="critical" onClick={remove}>
          {item.name ? t('programme.remove', { name }) : t('programme.removeNameless')}
        </Button>
      </InlineStack>
    </Fold>
  );
}
