import { BlockStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { documentSections } from '../../domain/programme/document-fields.ts';
import type { DocumentSection } from '../../domain/programme/document-fields.ts';
import { DefinitionFields } from './definition-fields.tsx';
import { Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** What holds for all points, for expiry, for membership. */
export function RulesSections({ form }: { form: ProgrammeForm }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="400">
      {(['points', 'expiry', 'membership'] as const).map((key) => (
        <Section key={key} part={key} title={t(`programme.sections.${key}`)}>
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
