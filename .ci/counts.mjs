// @ts-check
/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
export const noCounts = { passed: 0, failed: 0, skipped: 0 };

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export const addCounts = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/**
 * @typedef {{ status: string, fullName: string }} Assertion
 * @typedef {{ name: string, status: string, assertionResults: Assertion[] }} FileResult
 */

/**
 * Counts a report of vitest's JSON reporter. What fails outside a test (a file that cannot be loaded, an error
 * that nobody caught, no report, no test at all) is one failure more.
 * @param {{ testResults: FileResult[] } | undefined} report
 * @param {number} exitCode
 * @returns {{ counts: Counts, skips: string[] }}
 */
export function countVitest(report, exitCode) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const count = (/** @type {string} */ status) => tests.filter((test) => test.status === status).length;
  const brokenFiles = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const passed = count('passed');
  let failed = count('failed') + brokenFiles.length;
  if (failed === 0 && (exitCode !== 0 || passed === 0)) failed = 1;
  const skips = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  return { counts: { passed, failed, skipped: skips.length }, skips: skips.map(({ fullName }) => fullName) };
}
