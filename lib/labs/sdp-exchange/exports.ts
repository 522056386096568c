import type { LabExport } from '../define-lab';
import type { ExchangeParams } from './params';
import type { ExchangeResult } from './run';

/** The run, and every description as its author wrote it. */
export function exportsOf(
  { trace, diagnosis }: ExchangeResult,
  params: ExchangeParams,
): readonly LabExport[] {
  const { messages, rules, descriptions } = trace;
  return [
    {
      filename: 'sdp-exchange.json',
      mediaType: 'application/json',
      content: JSON.stringify({ params, diagnosis, messages, rules }, null, 2),
    },
    ...Object.values(descriptions).map(({ name, sdp }) => ({
      filename: `${name.replaceAll(' ', '-')}.sdp`,
      mediaType: 'application/sdp',
      content: sdp,
    })),
  ];
}
