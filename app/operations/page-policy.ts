/** What a page of ours may do in a shopper's browser: run this script and use this style, told by their hashes. */
import { hashing } from '../storage/games/hashing.ts';

export function pagePolicy({ script, style }: { script: string; style: string }): string {
  return [
    `default-src 'none'`,
    `script-src 'sha256-${digest(script)}'`,
    `style-src 'sha256-${digest(style)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

function digest(content: string): string {
  return Buffer.from(hashing.sha256OfText(content), 'hex').toString('base64');
}
