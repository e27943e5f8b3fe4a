import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';

export type EmbedState = 'checking' | 'on' | 'off' | 'unknown';

/** Whether the launcher is switched on in the published theme, looked up again when one comes back. */
export function useThemeEmbed(): EmbedState {
  const shopify = useAppBridge();
  const [state, setState] = useState<EmbedState>('checking');
  useEffect(() => {
    let here = true;
    const look = (): void => {
      shopify.app.extensions().then(
        (extensions) => {
          const blocks = extensions.flatMap((extension) =>
            extension.type === 'theme_app_extension' ? extension.activations : [],
          );
          const launcher = blocks.find((block) => 'handle' in block && block.handle === 'launcher');
          const on = launcher && 'status' in launcher && launcher.status === 'active';
          if (here) setState(on ? 'on' : 'off');
        },
        () => here && setState('unknown'),
      );
    };
    look();
    window.addEventListener('focus', look);
    return () => {
      here = false;
      window.removeEventListener('focus', look);
    };
  }, [shopify]);
  return state;
}
