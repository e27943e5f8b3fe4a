import { useTranslation } from 'react-i18next';
import { documentSections } from '../../domain/programme/document-fields.ts';
import { referralDraft } from '../../domain/referrals/settings.ts';
import { DefinitionFields } from './definition-fields.tsx';
import { Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

const ORDINARY = { referrals: referralDraft.parse({}) };

/** Who brings friends and what for; while it is off, only its switch shows. */
export function ReferralsSection({ form }: { form: ProgrammeForm }) {
  const { t } = useTranslation();
  const fields = documentSections.find(({ key }) => key === 'referrals')?.fields ?? [];
  return (
    <Section
      part="referrals"
      title={t('programme.sections.referrals')}
      help={t('programme.referrals.help')}
    >
      <DefinitionFields
        sets={[
          {
            fields: fields.filter(({ when }) => when?.(form.document) ?? true),
            place: '',
            settings: form.document,
            defaults: ORDINARY,
            words: 'programme',
          },
        ]}
        form={form}
        titles={{}}
      />
    </Section>
  );
}
