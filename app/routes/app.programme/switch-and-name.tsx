import { Checkbox, FormLayout } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { WordField } from './field.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** What every folded part begins with: whether it holds, where that can be said, and its name. */
export function SwitchAndName({
  place,
  item,
  form,
  children,
}: {
  place: string;
  item: { readonly name: string; readonly enabled?: boolean };
  form: ProgrammeForm;
  /** The other fields. */
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <>
      {item.enabled !== undefined && (
        <Checkbox
          label={t('programme.switchedOn')}
          checked={item.enabled}
          onChange={(on) => form.edit(`${place}.enabled`, on)}
        />
      )}
      <FormLayout>
        <WordField
          label={t('programme.name')}
          place={`${place}.name`}
          value={item.name}
          form={form}
        />
        {children}
      </FormLayout>
    </>
  );
}
