/**
 * Fails a test during which something was written by console.error or console.warn, unless the test said
 * beforehand that it would be (`expectConsole`): a warning that nobody reads hides the one that matters.
 */
import { afterEach, beforeEach } from 'vitest';
import { takeExpected } from './expect-console.ts';

let written: string[] = [];

for (const level of ['error', 'warn'] as const) {
  console[level] = (...parts: unknown[]) => {
    written.push(`console.${level}: ${parts.map(String).join(' ')}`);
  };
}

// What a module writes while it is loaded belongs to the first test of the file, so nothing is reset here.
beforeEach(() => takeExpected());

afterEach(() => {
  const expected = takeExpected();
  const undeclared = written.filter((line) => !expected.some((pattern) => pattern.test(line)));
  const missing = expected.filter((pattern) => !written.some((line) => pattern.test(line)));
  written = [];
  if (undeclared.length > 0) {
    throw new Error(`Written to the console and not declared:\n${undeclared.join('\n')}`);
  }
  if (missing.length > 0) {
    throw new Error(`Declared for the console and never written: ${missing.join(', ')}`);
  }
});
