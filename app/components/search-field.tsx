import { useNavigation, useSearchParams } from '@remix-run/react';
import { Icon, TextField } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';
import { useSearchChange } from './use-search-change.ts';

const PAUSE_MS = 300;

/** Searches when one stops typing. */
export function SearchField({ label, placeholder }: { label: string; placeholder: string }) {
  const [search] = useSearchParams();
  const change = useSearchChange();
  const { state } = useNavigation();
  const [text, setText] = useState(search.get('q') ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const begin = (wanted: string): void => {
    clearTimeout(timer.current);
    timer.current = undefined;
    change({ q: wanted.trim() });
  };
  const type = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => begin(next), PAUSE_MS);
  };
  return (
    <TextField
      label={label}
      labelHidden
      value={text}
      onChange={type}
      // Whoever clicks a result leaves the field first: a search that began later would call them back.
      onBlur={() => timer.current !== undefined && begin(text)}
      placeholder={placeholder}
      prefix={<Icon source={SearchIcon} tone="subdued" />}
      clearButton
      onClearButtonClick={() => type('')}
      loading={state === 'loading'}
      autoComplete="off"
      maxLength={200}
    />
  );
}
