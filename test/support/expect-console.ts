let expected: RegExp[] = [];

/** Says that this test makes the code write a line like `pattern` by console.error or console.warn. */
export function expectConsole(pattern: RegExp): void {
  expected.push(pattern);
}

/** What was declared since the last call. For the guard. */
export function takeExpected(): RegExp[] {
  const taken = expected;
  expected = [];
  return taken;
}
