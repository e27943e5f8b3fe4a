import { useBlocker } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';

/** Nobody leaves unsaved changes without being asked, by the admin's own dialogue. */
export function useLeaveConfirmation(unsaved: boolean): void {
  const shopify = useAppBridge();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    let here = true;
    shopify.saveBar.leaveConfirmation().then(
      () => here && blocker.proceed(),
      () => here && blocker.reset(),
    );
    return () => {
      here = false;
    };
  }, [blocker, shopify]);
}
