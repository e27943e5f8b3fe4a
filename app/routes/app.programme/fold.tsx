import { Badge, BlockStack, Button, Collapsible, InlineStack, Text } from '@shopify/polaris';
import { ChevronDownIcon, ChevronUpIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from './go-to.ts';
import type { ProgrammeForm } from './use-programme-form.ts';

/** A part of the programme: a line says what it is, and it opens to its settings. */
export function Fold({
  place,
  form,
  name,
  isOn,
  summary,
  isNew,
  children,
}: {
  place: string;
  form: Pick<ProgrammeForm, 'faults' | 'allFaultsShown'>;
  name: string;
  /** Left out where it cannot be switched off. */
  isOn?: boolean | undefined;
  summary: string;
  /** Whether it was added just now: then it is open. */
  isNew: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const faulty = form.faults.some((fault) => fault.place.startsWith(`${place}.`));
  const mustOpen = faulty && form.allFaultsShown;
  const [open, setOpen] = useOpen(place, mustOpen, isNew);
  const contentId = `${place}-settings`;
  return (
    <BlockStack gap="300">
      <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
        <BlockStack gap="050">
          <InlineStack gap="200" align="start" blockAlign="center">
            <Text as="h3" variant="headingSm" breakWord>
              {name}
            </Text>
            {isOn !== undefined && (
              <Badge {...(isOn && { tone: 'success' })}>
                {t(isOn ? 'programme.on' : 'programme.off')}
              </Badge>
            )}
            {mustOpen && <Badge tone="critical">{t('programme.toCorrect')}</Badge>}
          </InlineStack>
          <Text as="span" tone="subdued" breakWord>
            {summary}
          </Text>
        </BlockStack>
        <Button
          variant="tertiary"
          icon={open ? ChevronUpIcon : ChevronDownIcon}
          onClick={() => setOpen(!open)}
          ariaControls={contentId}
          ariaExpanded={open}
          accessibilityLabel={t(open ? 'programme.close' : 'programme.open', { name })}
        />
      </InlineStack>
      <Collapsible id={contentId} open={open} transition={false}>
        <BlockStack gap="400">{children}</BlockStack>
      </Collapsible>
    </BlockStack>
  );
}

/** Opened by hand, by a fault that is shown, or by an address that names a field in it. */
function useOpen(
  place: string,
  mustOpen: boolean,
  isNew: boolean,
): readonly [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(mustOpen || isNew);
  const [hadTo, setHadTo] = useState(mustOpen);
  // A fault that is shown must be reachable; and what is being corrected does not close under the hand.
  if (mustOpen !== hadTo) {
    setHadTo(mustOpen);
    if (mustOpen) setOpen(true);
  }
  const first = useRef(place);
  const sought = useRef<string | null>(null);
  useEffect(() => {
    const id = window.location.hash.slice(1);
    if (!id.startsWith(`${first.current}.`)) return;
    sought.current = id;
    setOpen(true);
  }, []);
  useEffect(() => {
    if (!open || sought.current === null) return;
    goTo(sought.current);
    sought.current = null;
  }, [open]);
  return [open, setOpen];
}
