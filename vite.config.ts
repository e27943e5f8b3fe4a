import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

/** Only routes, components and entries are bundled; the processes run from their source. */
export default defineConfig({
  plugins: [
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        // Shopify's library answers an expired token by a thrown response whose headers App Bridge
        // reads; single fetch would wrap it.
        v3_singleFetch: false,
      },
    }),
  ],
  build: { assetsInlineLimit: 0, sourcemap: false, chunkSizeWarningLimit: 700 },
  ssr: {
    // Their modules name JSON and CSS without what Node would ask for.
    noExternal: ['@shopify/polaris', '@shopify/app-bridge-react'],
  },
});
