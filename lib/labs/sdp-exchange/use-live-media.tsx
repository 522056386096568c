import { useRef, useState } from 'react';
import type { MediaKind } from '@/lib/protocols/webrtc';
import { useText } from '@/lib/text';
import { Choice } from '@/lib/ui/controls';
import { createMadeMedia, openDevices, type LiveMedia } from '../live-peers';

export type MediaSource = 'made' | 'devices';

/** Where sound and picture come from, and giving them back. `problem` names why the devices were not to be had. */
export function useLiveMedia() {
  const [source, setSource] = useState<MediaSource>('made');
  const [problem, setProblem] = useState('');
  const media = useRef<LiveMedia>(undefined);
  return {
    source,
    setSource,
    problem,
    async open(kinds: readonly MediaKind[]): Promise<LiveMedia> {
      media.current?.stop();
      setProblem('');
      const wants = { audio: kinds.includes('audio'), video: kinds.includes('video') };
      try {
        if (source === 'devices' && (wants.audio || wants.video)) media.current = await openDevices(wants);
        else media.current = createMadeMedia();
      } catch (error) {
        setProblem(error instanceof Error ? error.name : 'Error');
        media.current = createMadeMedia();
      }
      return media.current;
    },
    stop() {
      media.current?.stop();
      media.current = undefined;
    },
  };
}

/** The choice of source, said with what it means for privacy. */
export function SourceChoice({ media }: { media: ReturnType<typeof useLiveMedia> }) {
  const t = useText();
  return (
    <div>
      <Choice
        label={t('live.media.label')}
        value={media.source}
        options={(['made', 'devices'] as const).map((id) => ({ id, label: t(`live.media.${id}`) }))}
        onChange={(source) => media.setSource(source)}
      />
      {media.problem !== '' && (
        <p role="status" className="sdp-exchange-live-note">
          {t('live.media.problem', { name: media.problem })}
        </p>
      )}
    </div>
  );
}
