import { MoneyFault, parseMoney } from './money.ts';

/** What is wrong with an amount of this currency; null where nothing is. */
export function amountFault(text: string, currency: string): string | null {
  try {
    parseMoney(text, currency);
    return null;
  } catch (fault) {
    if (fault instanceof MoneyFault) return `${fault.message}.`;
    throw fault;
  }
}
