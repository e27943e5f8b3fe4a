import { ActionList, Button, InlineStack, Popover } from '@shopify/polaris';
import { useState } from 'react';

/** One button; where there are several kinds, it asks which. */
export function AddMenu({
  label,
  kinds,
  onAdd,
}: {
  label: string;
  kinds: readonly { readonly kind: string; readonly label: string; readonly help: string }[];
  onAdd: (kind: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const [only] = kinds;
  if (kinds.length === 1 && only) {
    return (
      <InlineStack>
        <Button onClick={() => onAdd(only.kind)}>{label}</Button>
      </InlineStack>
    );
  }
  return (
    <InlineStack>
      <Popover
        active={open}
        onClose={() => setOpen(false)}
        preferredAlignment="left"
        activator={
          <Button disclosure onClick={() => setOpen(!open)} ariaExpanded={open}>
            {label}
          </Button>
        }
      >
        <ActionList
          items={kinds.map(({ kind, label: content, help }) => ({
            content,
            helpText: help,
            onAction: () => {
              onAdd(kind);
              setOpen(false);
            },
          }))}
        />
      </Popover>
    </InlineStack>
  );
}
