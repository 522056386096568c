import type { MessageRef } from '@/lib/text/text';
import type { Step } from '../define-lab';
import type { SdpResult } from './run';

/** Line by line what the offer says; then what is wrong with it, what the edit means, and what becomes of it. */
export function stepsOf({ lines, problems, changes, outcome }: SdpResult): Step[] {
  return [
    ...lines.filter(({ number }) => number > 0).map(({ said }) => ({ text: said })),
    ...problems.map(({ code, line, seen, expected }) => ({
      text: { key: `problems.${code}`, values: { line, seen, expected } },
    })),
    ...changes.map(({ text }) => ({ text })),
    { text: outcomeText(outcome) },
  ];
}

/** The end of the run in one sentence. */
export function outcomeText(outcome: SdpResult['outcome']): MessageRef {
  if (outcome.kind === 'unreadable') {
    const { code, line, seen, expected } = outcome;
    return { key: `unreadable.${code}`, values: { line, seen, expected } };
  }
  if (outcome.kind === 'refused') {
    return { key: `outcome.refused.${outcome.seen.includes('ICE') ? 'ice' : 'fingerprint'}` };
  }
  const accepted = outcome.sections.filter(({ isAccepted }) => isAccepted).length;
  const values = { n: outcome.sections.length, accepted, flows: outcome.flows };
  return { key: accepted === 0 ? 'outcome.nothing' : 'outcome.answered', values };
}
