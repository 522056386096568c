'use client';
import { useEffect, useRef, useState } from 'react';
import { headerLengthOf } from '@/lib/protocols/websocket';
import { useText } from '@/lib/text';
import { Button, TextField } from '@/lib/ui/controls';
import type { LabLiveProps } from '../define-lab';
import type { WsFrameParams } from './params';
import type { WsFrameResult } from './run';

type Line = { id: number; key: string; values: Record<string, string | number> };
const MOST_LINES = 30;

/** The browser's own WebSocket to this page's server, which echoes: what a page sees of frames is nothing. */
export default function WsFrameLive({ origin }: LabLiveProps<WsFrameParams, WsFrameResult>) {
  const t = useText();
  const [text, setText] = useState('Hello');
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [state, setState] = useState<'connecting' | 'open' | 'closed'>('connecting');
  const [run, setRun] = useState(0);
  const socket = useRef<WebSocket>(undefined);
  const count = useRef(0);
  const say = useRef((key: string, values: Line['values']) => {
    const line = { id: count.current++, key, values };
    setLines((before) => [...before, line].slice(-MOST_LINES));
  });

  useEffect(() => {
    const opened = new WebSocket(`${origin.replace(/^http/, 'ws')}/live/echo`);
    opened.binaryType = 'arraybuffer';
    opened.onopen = () => {
      setState('open');
      say.current('opened', { extensions: opened.extensions || 'none' });
    };
    opened.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      const octets = typeof data === 'string' ? new TextEncoder().encode(data).length : data.byteLength;
      say.current('received', {
        text: typeof data === 'string' ? data : '',
        octets,
        frame: headerLengthOf(octets, false) + octets,
      });
    };
    opened.onclose = ({ code, reason, wasClean }) => {
      setState('closed');
      say.current('closed', { code, reason: reason || 'none', clean: wasClean ? 'yes' : 'no' });
    };
    socket.current = opened;
    return () => {
      opened.onopen = opened.onmessage = opened.onclose = null;
      opened.close();
    };
  }, [origin, run]);

  const send = () => {
    const octets = new TextEncoder().encode(text).length;
    socket.current?.send(text);
    const frame = headerLengthOf(octets, true) + octets;
    say.current('sent', { text, octets, frame });
  };
  return (
    <div className="ws-frame-live">
      <TextField label={t('live.message')} value={text} maxLength={2000} onChange={setText} />
      <div className="ws-frame-live-buttons">
        <Button aria-disabled={state !== 'open'} onClick={() => state === 'open' && send()}>
          {t('live.send')}
        </Button>
        <Button
          onClick={() => {
            if (state === 'closed') {
              setState('connecting');
              setRun(run + 1);
            } else socket.current?.close(4000, t('live.reason'));
          }}
        >
          {t(state === 'closed' ? 'live.again' : 'live.hangUp')}
        </Button>
        <span>{t(`live.states.${state}`)}</span>
      </div>
      <ol className="ws-frame-log" aria-live="polite">
        {lines.map(({ id, key, values }) => (
          <li key={id}>{t(`live.lines.${key}`, values)}</li>
        ))}
      </ol>
    </div>
  );
}
