import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';

/** A score in its unit: "€120.00", "1,240 points", "3 reviews". */
export function useScoreWords(): (score: number, unit: string) => string {
  const { t } = useTranslation();
  const { money, number, points } = useFormat();
  return (score, unit) => {
    if (unit === 'money') return money(score);
    if (unit === 'points') return points(score);
    return `${number(score)} ${t(`units.${unit}`)}`;
  };
}
