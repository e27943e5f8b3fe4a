import { useTranslation } from 'react-i18next';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormat } from '../../components/use-format.ts';
import type { ProgrammeFigures } from '../../queries/programme-figures.ts';

/** As .laurel-chart is high. */
const HEIGHT = 220;

/** Points by shop day. The table beside it says the same to those who cannot see it. */
export default function DailyChart({ days }: { days: ProgrammeFigures['days'] }) {
  const { t } = useTranslation();
  const { compact, day, number } = useFormat();
  return (
    <div className="laurel-chart" role="img" aria-label={t('home.daily')}>
      {/* A height of its own: without one it complains of having none while its page is left. */}
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart data={[...days]} margin={{ top: 4, right: 0, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--p-color-border)" />
          <XAxis
            dataKey="day"
            tickFormatter={day}
            tick={{ fontSize: 12 }}
            tickLine={false}
            minTickGap={32}
          />
          <YAxis
            tickFormatter={compact}
            tick={{ fontSize: 12 }}
            tickLine={false}
            axisLine={false}
            width={48}
            allowDecimals={false}
          />
          <Tooltip
            labelFormatter={(label) => (typeof label === 'string' ? day(label) : '')}
            formatter={(value) => number(Number(value))}
          />
          <Legend verticalAlign="bottom" height={24} iconType="square" />
          <Bar
            dataKey="earned"
            name={t('home.earnedShort')}
            fill="#1f5c46"
            radius={[2, 2, 0, 0]}
            isAnimationActive={false}
          />
          <Bar
            dataKey="takenBack"
            name={t('home.takenBackShort')}
            fill="#c9822f"
            radius={[2, 2, 0, 0]}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
