import { parse } from 'csv-parse/sync';

/** A code a line; of a CSV file, separated by commas, semicolons or tabs, the first column. @returns null when it is no CSV */
export function firstColumn(text: string): readonly string[] | null {
  try {
    const rows: string[][] = parse(text, {
      ...{ bom: true, trim: true, skip_empty_lines: true, relax_column_count: true },
      delimiter: [',', ';', '\t'],
    });
    return rows.flatMap(([code = '']) => (code === '' ? [] : [code]));
  } catch {
    return null;
  }
}
