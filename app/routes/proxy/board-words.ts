/** What shoppers read about leaderboards, in their language. */
import { json } from '@remix-run/node';
import { languageOf } from './reward-words.ts';
import { OWN } from './shopper.ts';
import { localesOf, makeI18n } from '../../components/i18n.ts';
import type { PartRefusal } from '../../operations/take-part.ts';
import type { Reported } from '../../operations/report-name.ts';

export type BoardRefusal =
  | PartRefusal['kind']
  | Extract<Reported, { readonly ok: false }>['refusal']['kind']
  | 'unknown-board';

export function boardRefused(request: Request, kind: BoardRefusal): Response {
  const { language } = localesOf(languageOf(request).split(/[,;]/)[0] ?? 'en');
  const says = makeI18n(language).t(`storefront.boards.${kind}`);
  return json({ ok: false, refusal: { kind }, says }, { ...OWN, status: statusOf(kind) });
}

/** 422: it would be refused at any time. 409: as things stand now. */
function statusOf(kind: BoardRefusal): number {
  switch (kind) {
    case 'unknown-board':
    case 'unknown-name':
      return 404;
    case 'bad-length':
    case 'bad-letters':
    case 'contact':
    case 'offensive':
    case 'reserved':
    case 'own-name':
      return 422;
    case 'enough':
      return 429;
    case 'not-running':
    case 'not-a-member':
    case 'taken':
    case 'hidden':
    case 'shut-out':
      return 409;
  }
}
