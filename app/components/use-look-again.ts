import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

/** While something is under way, the page looks again and again how far it is; not while nobody looks at it. */
export function useLookAgain(isUnderWay: boolean, everyMs: number, look?: () => void): void {
  const { revalidate } = useRevalidator();
  const again = look ?? revalidate;
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, everyMs);
    return () => clearInterval(timer);
  }, [isUnderWay, everyMs, again]);
}
