/** Browser code of the local Shopify is TypeScript too; each entry becomes one classic script. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export async function bundleScript(entry: URL, constants: Record<string, string>): Promise<string> {
  const built = await build({
    configFile: false,
    envFile: false,
    logLevel: 'silent',
    define: Object.fromEntries(
      Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(entry), formats: ['iife'], name: 'local' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error(`${entry.href} could not be bundled.`);
  return output.output[0].code;
}
