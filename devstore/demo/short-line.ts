const WIDTH = 160;
const WORTH_SHOWING = 30;
const LEVELS: Record<number, string> = { 40: 'warn', 50: 'error', 60: 'fatal' };

/** A log line as a person reads it in passing, or undefined if it is only worth keeping in the file. */
export function shortLine(line: string): string | undefined {
  const entry = parse(line);
  if (entry === undefined) return line.trim() === '' ? undefined : cut(line);
  if (entry.level < WORTH_SHOWING) return undefined;
  const level = LEVELS[entry.level];
  return cut(level === undefined ? entry.msg : `${level}: ${entry.msg}`);
}

/** Web and worker log one JSON object a line. */
function parse(line: string): { level: number; msg: string } | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as { level?: unknown; msg?: unknown };
    if (typeof entry.level !== 'number' || typeof entry.msg !== 'string') return undefined;
    return { level: entry.level, msg: entry.msg };
  } catch {
    return undefined;
  }
}

function cut(line: string): string {
  return line.length <= WIDTH ? line : `${line.slice(0, WIDTH - 1)}…`;
}
