/** How a line of the ledger is called, and what it did to the member. */
import { useTranslation } from 'react-i18next';
import type { SpentOn } from '../domain/points/explain.ts';
import type { Explanation } from '../domain/points/explanation.ts';

/** The parts of a ledger line that its words need. */
export interface LineFacts {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly points: number;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly sourceName: string | null;
  readonly because: Explanation | null;
  readonly spentOn: SpentOn | null;
}

const MEMBER_ACCOUNTS = ['pending', 'available', 'debt'];

/** Positive is the member's gain; points that only became available changed nothing in sum. */
export function gainOf({ from, to, points }: Pick<LineFacts, 'from' | 'to' | 'points'>): number {
  const gains = Number(MEMBER_ACCOUNTS.includes(to)) - Number(MEMBER_ACCOUNTS.includes(from));
  return gains === 0 ? 0 : gains * points;
}

export function useLineTitle(): (line: LineFacts) => string {
  const { t } = useTranslation();
  return ({ kind, sourceKind, sourceName, because, spentOn }) => {
    const named = because?.rule === 'fixed' ? because.ruleName : null;
    const source = t(`ledger.source.${spentOn?.of ?? sourceKind}`, {
      name: spentOn?.name ?? sourceName ?? named ?? '',
      defaultValue: sourceKind,
    });
    return t(`ledger.title.${kind}`, { source, defaultValue: source });
  };
}
