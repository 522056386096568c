import type { SdpLine } from '../description';
import type { Finding } from './problem';
import type { ProblemCode } from './problem-codes';
import { PROBLEM_REFS } from './problem-codes';

/** Where rules put what they find, in one section or (undefined) in the session. */
export type Report = {
  error: (code: ProblemCode, seen: string, expected: string, at?: SdpLine) => void;
  warning: (code: ProblemCode, seen: string, expected: string, at?: SdpLine) => void;
};

export function reportTo(findings: Finding[], section?: number): Report {
  const push =
    (severity: Finding['severity']): Report['error'] =>
    (code, seen, expected, at) => {
      const finding: Finding = { code, severity, seen, expected, ref: PROBLEM_REFS[code], at };
      findings.push(section === undefined ? finding : { ...finding, section });
    };
  return { error: push('error'), warning: push('warning') };
}
