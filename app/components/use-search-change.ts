import { useSearchParams } from '@remix-run/react';

/** Changes filters in the address, so that a list can be bookmarked; a changed list starts at its beginning. */
export function useSearchChange(): (changes: Readonly<Record<string, string>>) => void {
  const [, setSearch] = useSearchParams();
  return (changes) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        next.delete('after');
        for (const [name, value] of Object.entries(changes)) {
          if (value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { preventScrollReset: true, replace: true },
    );
}
