/** Lists of a game in lines that need no language: for the list of changes. */
import { WHOLE } from './draw.ts';
import { valueAt } from '../programme/value-at.ts';

interface Named {
  readonly key: string;
  readonly name: string;
}

/** "Free tea: 50000 / 1000000 · +100 · Free tea · ≤ 10 · → Ten points". */
export function prizeLines(
  value: unknown,
  { rewards, badges }: { readonly rewards: readonly Named[]; readonly badges: readonly Named[] },
): readonly string[] {
  const prizes = rowsOf(value);
  const named = prizes.map((row) => ({ key: told(row, 'key'), name: told(row, 'name') }));
  return prizes.map((row) => {
    const [points, stock, chance] = [
      told(row, 'prize.points'),
      told(row, 'stock'),
      told(row, 'chance'),
    ];
    return [
      `${told(row, 'name')}: ${chance} / ${WHOLE}`,
      points === '0' ? '' : `+${points}`,
      nameOf(told(row, 'prize.reward'), rewards),
      nameOf(told(row, 'prize.badge'), badges),
      stock === '' ? '' : `≤ ${stock}`,
      told(row, 'instead') === '' ? '' : `→ ${nameOf(told(row, 'instead'), named)}`,
    ]
      .filter((part) => part !== '')
      .join(' · ');
  });
}

/** "Gold: 2 / week". */
export function tierTicketLines(value: unknown, tiers: readonly Named[]): readonly string[] {
  return rowsOf(value).map(
    (row) => `${nameOf(told(row, 'tier'), tiers)}: ${told(row, 'tickets')} / ${told(row, 'per')}`,
  );
}

/** "DE: age-gate 18". */
export function countryLines(value: unknown): readonly string[] {
  return rowsOf(value).map((row) => {
    const mode = told(row, 'mode');
    return `${told(row, 'country')}: ${mode}${mode === 'age-gate' ? ` ${told(row, 'age')}` : ''}`;
  });
}

function rowsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function told(row: unknown, place: string): string {
  const found = valueAt(row, place);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}

function nameOf(key: string, among: readonly Named[]): string {
  return among.find((one) => one.key === key)?.name ?? key;
}
