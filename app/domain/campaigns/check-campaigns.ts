/** Whether campaigns can be published, and what of them is hardly meant: places are dotted paths. */
import { asksAndRulesOut } from '../earning/audience.ts';
import { amountFault } from '../money/amount-fault.ts';
import type { DraftDocument } from '../programme/draft.ts';
import type { Fault } from '../programme/validate-programme.ts';

type Campaign = DraftDocument['campaigns'][number];

export function campaignFaults(document: DraftDocument, currency: string): Fault[] {
  return document.campaigns.flatMap((campaign, index) => {
    const faults: Fault[] = [];
    const fault = (place: string, message: string): void =>
      void faults.push({ place: `campaigns.${index}.${place}`, message });
    const { when, rules } = campaign;
    unknown(rules, document.earning, (at) => fault(`rules.${at}`, NO_RULE));
    unknown(when.markets, document.markets, (at) => fault(`when.markets.${at}`, NO_MARKET));
    if (Date.parse(campaign.endsAt) <= Date.parse(campaign.startsAt)) {
      fault('endsAt', 'Must end after it starts.');
    }
    if (Number(campaign.multiplier) < 1) {
      fault('multiplier', 'A campaign multiplies by 1 or more.');
    }
    const [from, until] = [Number(when.fromHour ?? 0), Number(when.untilHour ?? 24)];
    if (until <= from) {
      fault('when.untilHour', 'Must be later than the hour from which it runs.');
    }
    const amount = when.minimum === '' ? null : amountFault(when.minimum, currency);
    if (amount !== null) fault('when.minimum', amount);
    return faults;
  });
}

export function campaignWarnings(document: DraftDocument): Fault[] {
  return document.campaigns.flatMap((campaign, index) =>
    warningsOf(campaign, document).map(([place, message]) => ({
      place: `campaigns.${index}.${place}`,
      message,
    })),
  );
}

function warningsOf(
  campaign: Campaign,
  { earning }: DraftDocument,
): (readonly [place: string, message: string])[] {
  const { rules, audience, times, when } = campaign;
  const warnings: [string, string][] = [];
  const [multiplies, gives] = [Number(campaign.multiplier) > 1, Number(campaign.bonus.points) > 0];
  if (!multiplies && !gives) {
    warnings.push([
      'multiplier',
      'The campaign does nothing. Multiply by more than 1, or give extra points.',
    ]);
  }
  if (!multiplies && gives && rules.length > 0) {
    warnings.push([
      'rules',
      'These say only what is multiplied, and nothing is. Extra points are given for orders.',
    ]);
  }
  const others = rules.some((key) =>
    earning.some((one) => one.key === key && one.kind !== 'order'),
  );
  if (multiplies && others && asksOfOrders(campaign)) {
    warnings.push([
      'rules',
      'The campaign asks for something that only orders have: of these, only ways to earn for buying are multiplied.',
    ]);
  }
  if (asksAndRulesOut(audience)) {
    warnings.push(['audience.tags', 'A tag is both asked for and ruled out: nobody fits.']);
  }
  if (when.firstOrder && times !== null) {
    warnings.push(['times', 'A member has only one first order: this number changes nothing.']);
  }
  return warnings;
}

/** The same as `looksAtOrders` of terms, of what is still being typed. */
function asksOfOrders({ when, times }: Campaign): boolean {
  const { products, variants, collections, markets, channels, firstOrder, minimum } = when;
  return (
    products.length + variants.length + collections.length + markets.length + channels.length > 0 ||
    firstOrder ||
    minimum !== '' ||
    times !== null
  );
}

function unknown(
  keys: readonly string[],
  among: readonly { readonly key: string }[],
  tell: (at: number) => void,
): void {
  keys.forEach((key, at) => {
    if (!among.some((one) => one.key === key)) tell(at);
  });
}

const NO_RULE = 'No way to earn is known by this name any more.';
const NO_MARKET = 'No market is known by this name any more.';
