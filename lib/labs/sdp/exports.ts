import type { LabExport } from '../define-lab';
import { onTheWire } from './answerer';
import type { SdpResult } from './run';

/** The offer and its answer as they would be sent, and what was found as data. */
export function exportsOf({ text, lines, problems, changes, outcome }: SdpResult): LabExport[] {
  const reading = {
    lines: lines.map(({ said, ...line }) => ({ ...line, said: said.key })),
    problems,
    changes,
    outcome,
  };
  const files: LabExport[] = [
    { filename: 'offer.sdp', mediaType: 'application/sdp', content: onTheWire(text) },
    {
      filename: 'reading.json',
      mediaType: 'application/json',
      content: `${JSON.stringify(reading, null, 2)}\n`,
    },
  ];
  if (outcome.kind !== 'answered') return files;
  return [
    files[0]!,
    { filename: 'answer.sdp', mediaType: 'application/sdp', content: onTheWire(outcome.answer) },
    files[1]!,
  ];
}
