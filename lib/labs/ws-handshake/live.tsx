'use client';
import { useEffect, useRef, useState } from 'react';
import { useText } from '@/lib/text';
import { Button, Choice } from '@/lib/ui/controls';
import type { LabLiveProps } from '../define-lab';
import { listOf } from './messages';
import type { WsHandshakeParams } from './params';
import type { WsHandshakeResult } from './run';

type Line = { key: string; values: Record<string, string | number> };
/** What answers on our own server, and what does not. */
const addresses = { echo: '/live/echo', nothing: '/live/nobody-is-here' } as const;

/** The browser's own handshake with this page's server: what a page is told of it is not much. */
export default function WsHandshakeLive({
  origin,
  params,
}: LabLiveProps<WsHandshakeParams, WsHandshakeResult>) {
  const t = useText();
  const [address, setAddress] = useState<keyof typeof addresses>('echo');
  const [lines, setLines] = useState<readonly Line[]>([]);
  const socket = useRef<WebSocket>(undefined);
  useEffect(() => () => closeQuietly(socket.current), []);

  const open = () => {
    closeQuietly(socket.current);
    const said: Line[] = [];
    const say = (key: string, values: Line['values'] = {}) => {
      said.push({ key, values });
      setLines([...said]);
    };
    const offered = listOf(params.offered);
    say('asks', { url: addresses[address], offered: offered.join(', ') || 'none' });
    try {
      const opened = new WebSocket(origin.replace(/^http/, 'ws') + addresses[address], offered);
      socket.current = opened;
      opened.onopen = () =>
        say('opened', { protocol: opened.protocol || 'none', extensions: opened.extensions || 'none' });
      opened.onerror = () => say('error');
      opened.onclose = ({ code, reason }) => say('closed', { code, reason: reason || 'none' });
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      say('refused', { name: error.name });
    }
  };
  return (
    <div className="ws-handshake-live">
      <Choice
        label={t('live.address')}
        value={address}
        options={(['echo', 'nothing'] as const).map((id) => ({ id, label: t(`live.addresses.${id}`) }))}
        onChange={(id) => setAddress(id)}
      />
      <div className="ws-handshake-buttons">
        <Button onClick={open}>{t('live.connect')}</Button>
        <Button onClick={() => socket.current?.close(1000)}>{t('live.hangUp')}</Button>
      </div>
      <ol className="ws-handshake-log" aria-live="polite">
        {lines.map(({ key, values }, index) => (
          <li key={index}>{t(`live.lines.${key}`, values)}</li>
        ))}
      </ol>
    </div>
  );
}

function closeQuietly(socket: WebSocket | undefined): void {
  if (!socket) return;
  socket.onopen = socket.onerror = socket.onclose = null;
  socket.close();
}
