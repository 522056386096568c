'use client';
import { useMemo } from 'react';
import type { Span } from '@/lib/bytes';
import type { ExchangeTrace } from '@/lib/protocols/tcp';
import { packetOctets } from '@/lib/protocols/tcp';
import { useText } from '@/lib/text';
import { OctetGrid } from '@/lib/ui/octet-grid';

/** The chosen packet as it would be on the wire, every field explained. */
export default function PacketOctets({
  packet,
  label,
}: {
  packet: ExchangeTrace['packets'][number] | undefined;
  label: string;
}) {
  const t = useText();
  const [bytes, spans] = useMemo(() => {
    const written: Span[] = [];
    return [packet ? packetOctets(packet, written) : new Uint8Array(), written] as const;
  }, [packet]);
  return (
    <OctetGrid
      label={t('labs.exchange-view.picture.octets', { packet: label })}
      bytes={bytes}
      spans={spans}
      layer="transport"
      switchable
      tableHidden
    />
  );
}
