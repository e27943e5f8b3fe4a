import { useLocation, useNavigation, useSearchParams } from '@remix-run/react';
import { Icon, TextField } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';
import { useSearchChange } from './use-search-change.ts';

const PAUSE_MS = 300;

/** Searches when one stops typing. */
export function SearchField({ label, placeholder }: { label: string; placeholder: string }) {
  const [search] = useSearchParams();
  const change = useSearchChange();
  const { state, location: goingTo } = useNavigation();
  const { pathname } = useLocation();
  const [text, setText] = useState(search.get('q') ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leaving = goingTo !== undefined && goingTo.pathname !== pathname;
  // A search that begins after a result was clicked would call the visitor back.
  useEffect(() => {
    if (leaving) clearTimeout(timer.current);
  }, [leaving]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => change({ q: next.trim() }), PAUSE_MS);
  };
  return (
    <TextField
      label={label}
      labelHidden
      value={text}
      onChange={type}
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
