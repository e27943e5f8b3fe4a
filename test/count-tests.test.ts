import { describe, expect, test } from 'vitest';
import { countOf } from './support/count-tests.ts';

const report = (...files: [status: string, ...tests: string[]][]) => ({
  testResults: files.map(([status, ...tests]) => ({
    status,
    assertionResults: tests.map((outcome) => ({ status: outcome })),
  })),
});

describe('the sum of a test run', () => {
  test('counts each test by what became of it', () => {
    const run = report(['failed', 'passed', 'failed', 'pending'], ['passed', 'passed', 'todo']);
    expect(countOf(false, run)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  test('counts a file that broke before its first test', () => {
    const run = report(['passed', 'passed'], ['failed']);
    expect(countOf(false, run)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test('counts an error outside of every test', () => {
    expect(countOf(false, report(['passed', 'passed']))).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  test('counts a run without a test, or with skipped ones only, as failed', () => {
    expect(countOf(true, report())).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countOf(true, report(['passed', 'skipped']))).toEqual({
      passed: 0,
      failed: 1,
      skipped: 1,
    });
  });

  test('counts a check that is no test as one', () => {
    expect(countOf(true, undefined)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countOf(false, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
