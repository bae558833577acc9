import { expect, test } from 'vitest';
import { countPlaywright, countVitest, judge } from './suites.ts';

test('a suite that executed nothing has failed', () => {
  expect(judge({ passed: 0, failed: 0, skipped: 0 }, 0).failed).toBe(1);
  expect(judge({ passed: 0, failed: 0, skipped: 9 }, 0).failed).toBe(1);
});

test('a suite that passed all tests and yet ended badly has failed', () => {
  expect(judge({ passed: 5, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test('a suite is otherwise as good as its tests', () => {
  expect(judge({ passed: 5, failed: 0, skipped: 1 }, 0)).toEqual({ passed: 5, failed: 0, skipped: 1 });
  expect(judge({ passed: 5, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 5, failed: 2, skipped: 0 });
});

test('the reports are read', () => {
  expect(countVitest({ numPassedTests: 3, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 })).toEqual({
    passed: 3,
    failed: 2,
    skipped: 2,
  });
  expect(countPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } })).toEqual({
    passed: 3,
    failed: 2,
    skipped: 2,
  });
});

test('tests that were left out for want of a service are told of', () => {
  const file = (name: string, ...statuses: string[]) => ({
    name,
    assertionResults: statuses.map((status) => ({ status })),
  });
  const report = (...testResults: object[]) => countVitest({ numPassedTests: 1, testResults }).note;
  expect(report(file('/a/b.pg.test.ts', 'skipped', 'passed'))).toBe('NOT RUN for want of PostgreSQL');
  expect(report(file('/a/b.pg.test.ts', 'passed'), file('/a/b.test.ts', 'skipped'))).toBeUndefined();
});
