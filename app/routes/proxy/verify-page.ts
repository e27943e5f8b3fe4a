/** The page on which a shopper's browser checks a draw: one document, one script, nothing from elsewhere. */
import { VERIFY_SCRIPT } from './verify-script.ts';
import { pagePolicy } from '../../operations/page-policy.ts';
import type { Proof } from '../../queries/draws.ts';

export type VerifyWords = Readonly<Record<string, string>>;

const STEPS = ['commit', 'text', 'signed', 'number', 'odds', 'list', 'chosen', 'tickets'] as const;
/** Of `verify` in the words of the app; those of the script are sent with the page. */
export const VERIFY_WORDS = [
  ...STEPS,
  ...(['place', 'drawn', 'given', 'nothing', 'right', 'wrong', 'whole', 'broken'] as const),
  ...(['impossible', 'checking'] as const),
] as const;

export interface VerifyPage {
  readonly language: string;
  readonly title: string;
  readonly intro: string;
  /** Null while the seed is not shown. */
  readonly proof: object | null;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly [step: string, told: string, found: string, verdict: string];
  readonly words: VerifyWords;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.4rem;' +
  'border-top:1px solid #bbb;overflow-wrap:anywhere;white-space:pre-wrap}' +
  'dt{font-weight:600}dd{margin:0 0 .5rem;overflow-wrap:anywhere}#verdict{font-weight:600}';

/** Nothing may run or be loaded but this script and this style. */
export const VERIFY_POLICY = pagePolicy({ script: VERIFY_SCRIPT, style: STYLE });

export function verifyPage(page: VerifyPage): string {
  const facts = page.facts.map(([label, value]) => `<dt>${text(label)}<dd>${text(value)}`).join('');
  const head = page.columns.map((one) => `<th scope="col">${text(one)}`).join('');
  const checked =
    page.proof === null
      ? ''
      : `<p id="verdict" role="status">${text(page.words['checking'] ?? '')}</p>` +
        `<table><thead><tr>${head}<tbody id="steps"></table>` +
        island('proof', page.proof) +
        island('words', page.words) +
        `<script>${VERIFY_SCRIPT}</script>`;
  return (
    `<!doctype html><html lang="${text(page.language)}"><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">` +
    `<title>${text(page.title)}</title><style>${STYLE}</style>` +
    `<main><h1>${text(page.title)}</h1><p>${text(page.intro)}</p><dl>${facts}</dl>${checked}</main>\n`
  );
}

export function htmlHeaders(): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'private, no-store',
    'Content-Security-Policy': VERIFY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  };
}

/** Data that no merchant's or shopper's text can leave: every "<" is written as an escape. */
function island(id: string, content: object): string {
  const json = JSON.stringify(content).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="${id}">${json}</script>`;
}

function text(plain: string): string {
  return plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** What of a draw everybody may see before and after the seed is shown. */
export function factsOf(
  proof: Proof,
  label: (name: string) => string,
  moment: (at: number) => string,
): VerifyPage['facts'] {
  return [
    [label('draw'), proof.id],
    [label('game'), proof.game],
    [label('epoch'), proof.epoch],
    [label('serial'), String(proof.serial)],
    [label('at'), moment(proof.at)],
    [label('commit'), proof.commit],
    [label('chosen'), proof.chosen],
    ...(proof.seed === null ? [] : [[label('seed'), proof.seed] as const]),
    [label('oddsTable'), proof.odds],
    ...(proof.because === null
      ? []
      : [[label('because'), label(`because-${proof.because}`)] as const]),
  ];
}
