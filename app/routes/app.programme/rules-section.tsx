import { BlockStack, FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { documentSections } from '../../domain/programme/document-fields.ts';
import type { DocumentSection } from '../../domain/programme/document-fields.ts';
import { DayField } from './day-field.tsx';
import { DefinitionFields } from './definition-fields.tsx';
import { Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** What holds for all points, for expiry, for membership. */
export function RulesSections({ form }: { form: ProgrammeForm }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="400">
      {(['points', 'expiry', 'membership'] as const).map((key) => (
        <Section key={key} title={t(`programme.sections.${key}`)}>
          <DocumentFields section={key} form={form} />
        </Section>
      ))}
    </BlockStack>
  );
}

/** The settings of one section that play a part, by the rest of the document. */
export function DocumentFields({
  section,
  form,
}: {
  section: DocumentSection['key'];
  form: ProgrammeForm;
}) {
  const fields = documentSections.find(({ key }) => key === section)?.fields ?? [];
  return (
    <DefinitionFields
      sets={[
        {
          fields: fields.filter(({ when }) => when?.(form.document) ?? true),
          place: '',
          settings: form.document,
          defaults: {},
          words: 'programme',
        },
      ]}
      form={form}
      titles={{}}
    />
  );
}

/** A challenge's first and last day. */
export function WindowFields({ form, index }: { form: ProgrammeForm; index: number }) {
  const { t } = useTranslation();
  const challenge = form.document.challenges[index];
  if (!challenge) return null;
  const place = `challenges.${index}`;
  return (
    <FormLayout.Group>
      <DayField
        label={t('programme.challenge.starts')}
        help={t('programme.challenge.startsHelp')}
        place={`${place}.startsAt`}
        value={challenge.startsAt}
        last={false}
        empty={null}
        form={form}
      />
      <DayField
        label={t('programme.challenge.ends')}
        help={t('programme.challenge.endsHelp')}
        place={`${place}.endsAt`}
        value={challenge.endsAt}
        last
        empty={null}
        form={form}
      />
    </FormLayout.Group>
  );
}
