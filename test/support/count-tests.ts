export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of Vitest's JSON report that says what became of each test. */
export interface Report {
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** `ok`: the process itself says that all is well. Without a report it counts as one check. */
export function countOf(ok: boolean, report: Report | undefined): Count {
  if (report === undefined) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    for (const { status } of file.assertionResults) count[outcomeOf(status)] += 1;
    // A file that broke before its first test, or after its last.
    const failedTests = file.assertionResults.some(({ status }) => status === 'failed');
    if (file.status === 'failed' && !failedTests) count.failed += 1;
  }
  const nothing = count.passed + count.failed === 0;
  // An error outside of every test, and a run that found no test, are failures that no test names.
  if ((!ok && count.failed === 0) || nothing) count.failed += 1;
  return count;
}

function outcomeOf(status: string): keyof Count {
  if (status === 'passed' || status === 'failed') return status;
  return 'skipped';
}
