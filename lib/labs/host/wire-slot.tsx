import { useId, useRef, useState } from 'react';
import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import type { Layer } from '../define-lab';
import type { LabWire, WireAnswer, WireReading } from '../wire';
import type { WirePanel } from './wire-panel';

type Props<Params, Result> = {
  wire: LabWire<Params, Result>;
  params: Params;
  result: Result;
  layer: Layer;
};

/** The answer to what was sent, with the code that shows it; both come when they are asked for. */
type Shown = {
  Panel: typeof WirePanel;
  answer: WireAnswer;
  reading: WireReading;
  /** What the answer is to: the lab may have moved on. */
  result: unknown;
};

/** "Send to a real peer": the lab's own octets over the app's wire, and the answer below. */
export function WireSlot<Params, Result>({ wire, params, result, layer }: Props<Params, Result>) {
  const t = useText();
  const titleId = useId();
  const [shown, setShown] = useState<Shown>();
  const [problem, setProblem] = useState<'busy' | 'tooMany' | 'tooLong' | 'failed'>();
  const [sending, setSending] = useState(false);
  const latest = useRef(0);
  const parts = partsOf(wire.octets(result, params));
  const count = parts.reduce((sum, { length }) => sum + length, 0);

  const send = async () => {
    if (sending || count === 0) return;
    const run = ++latest.current;
    setSending(true);
    setProblem(undefined);
    try {
      const { ask, readByProtocol, ...panel } = await import('./wire-panel');
      const answer = await ask(wire.peer, parts);
      const reading = await (wire.read?.(answer, result, params) ?? readByProtocol(answer));
      if (run === latest.current) setShown({ Panel: panel.WirePanel, answer, reading, result });
    } catch (error) {
      setShown(undefined);
      setProblem(problemOf(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <div className="lab-wire" role="group" aria-labelledby={titleId}>
      <div className="lab-slot-head">
        <p className="lab-part-title" id={titleId}>
          {t('wire.title')}
        </p>
        <p>
          {t(count > 0 ? `wire.about.${wire.peer}` : 'wire.nothing', { octets: count, parts: parts.length })}
        </p>
        <Button aria-disabled={sending || count === 0} onClick={() => void send()}>
          {t('wire.send')}
        </Button>
        <span role="status">
          {sending && t('wire.sending')}
          {problem && t(`wire.problems.${problem}`)}
          {shown && !sending && t(shown.result === result ? 'wire.answered' : 'wire.stale')}
        </span>
      </div>
      {shown && <shown.Panel answer={shown.answer} reading={shown.reading} layer={layer} />}
    </div>
  );
}

function partsOf(octets: Uint8Array | readonly Uint8Array[]): readonly Uint8Array[] {
  return (octets instanceof Uint8Array ? [octets] : octets).filter(({ length }) => length > 0);
}

function problemOf(error: unknown): 'busy' | 'tooMany' | 'tooLong' | 'failed' {
  const status = typeof error === 'object' && error && 'status' in error ? error.status : undefined;
  return status === 503 ? 'busy' : status === 429 ? 'tooMany' : status === 413 ? 'tooLong' : 'failed';
}
