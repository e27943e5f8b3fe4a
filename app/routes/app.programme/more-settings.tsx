import { BlockStack, Box, Button, Collapsible, InlineStack } from '@shopify/polaris';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlacedField } from './definition-fields.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** What is rarely needed, behind a button that says how much of it is in use. */
export function MoreSettings({
  fields,
  form,
  children,
}: {
  fields: readonly PlacedField[];
  form: ProgrammeForm;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  const mustOpen = form.faults.some(
    (fault) =>
      fields.some(({ place }) => fault.place === place || fault.place.startsWith(`${place}.`)) &&
      form.errorAt(fault.place) !== undefined,
  );
  const [open, setOpen] = useState(mustOpen);
  const [hadTo, setHadTo] = useState(mustOpen);
  // A fault that is shown must be reachable; and what is being corrected does not close under the hand.
  if (mustOpen !== hadTo) {
    setHadTo(mustOpen);
    if (mustOpen) setOpen(true);
  }
  const used = fields.filter(isSet).length;
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button
          variant="plain"
          disclosure={open ? 'up' : 'down'}
          ariaControls={id}
          ariaExpanded={open}
          onClick={() => setOpen(!open)}
        >
          {used === 0 ? t('programme.more') : t('programme.moreSet', { number: used })}
        </Button>
      </InlineStack>
      <Collapsible id={id} open={open} transition={false}>
        <Box paddingBlockStart="200">{children}</Box>
      </Collapsible>
    </BlockStack>
  );
}

function isSet({ value, ordinary }: PlacedField): boolean {
  return value !== undefined && JSON.stringify(value) !== JSON.stringify(ordinary);
}
