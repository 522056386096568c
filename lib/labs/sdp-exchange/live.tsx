'use client';
import { useState } from 'react';
import { useText } from '@/lib/text';
import { Tabs } from '@/lib/ui/controls';
import type { LabLiveProps } from '../define-lab';
import { LiveAnswer } from './live-answer';
import { LivePage } from './live-page';
import { LiveRoom } from './live-room';
import type { ExchangeParams } from './params';
import type { ExchangeResult } from './run';

/** The browser's own peers: both in this page, or one here and one elsewhere; and the browser as judge of an answer. */
export default function SdpExchangeLive(props: LabLiveProps<ExchangeParams, ExchangeResult>) {
  const { params, result, origin } = props;
  const t = useText();
  const [tab, setTab] = useState('page');
  if (typeof RTCPeerConnection === 'undefined') return <p>{t('live.unavailable')}</p>;
  return (
    <Tabs
      label={t('live.ways')}
      value={tab}
      onChange={setTab}
      tabs={[
        {
          id: 'page',
          label: t('live.page.tab'),
          panel: <LivePage params={params} result={result} />,
        },
        {
          id: 'room',
          label: t('live.room.tab'),
          panel: <LiveRoom params={params} result={result} origin={origin} />,
        },
        { id: 'answer', label: t('live.answer.tab'), panel: <LiveAnswer /> },
      ]}
    />
  );
}
