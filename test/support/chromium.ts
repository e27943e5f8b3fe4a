import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export class NoChromium extends Error {}

/** The path of a Chromium that runs; installs Debian's if it may. `say` tells what takes long. */
export async function chromium(say: (sentence: string) => void): Promise<string> {
  const asked = process.env['CHROMIUM_PATH'];
  if (asked !== undefined && asked !== '') {
    if (runs(asked)) return asked;
    throw new NoChromium(`CHROMIUM_PATH is ${asked}, and that is no Chromium that runs here.`);
  }
  const found = places.find(runs) ?? (await installed(say));
  if (found !== undefined) return found;
  throw new NoChromium(
    'The browser tests need Chromium and this machine has none. Install it ' +
      '(Debian and Ubuntu: `sudo apt-get install chromium`) or set CHROMIUM_PATH to where it is.',
  );
}

function runs(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Only root may, and only where there is apt-get. */
async function installed(say: (sentence: string) => void): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  say('Installing Chromium for the browser tests …');
  const apt = async (...args: string[]): Promise<void> => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await promisify(execFile)('apt-get', args, { env, maxBuffer: 2 ** 26 }).catch(
      (error: Error) => {
        throw new NoChromium(`\`apt-get ${args.join(' ')}\` failed:\n${error.message}`);
      },
    );
  };
  await apt('update', '--quiet');
  await apt(
    ...['install', '--yes', '--quiet', '--no-install-recommends'],
    ...['chromium', 'fonts-liberation'],
  );
  return places.find(runs);
}
