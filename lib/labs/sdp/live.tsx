'use client';
import { useState } from 'react';
import { useText } from '@/lib/text';
import { Button, Disclosure, Toggle } from '@/lib/ui/controls';
import type { LabLiveProps } from '../define-lab';
import { onTheWire } from './answerer';
import { MAX_TEXT, type SdpParams } from './lab';
import type { SdpResult } from './run';

type Kind = 'audio' | 'video' | 'data';
type Answered = { answer: string } | { refusal: string };

/** This browser's own offers, and what it says to the offer above. Nothing leaves the page. */
export default function SdpLive({ result, setParams }: LabLiveProps<SdpParams, SdpResult>) {
  const t = useText();
  const [kinds, setKinds] = useState<Record<Kind, boolean>>({ audio: true, video: false, data: true });
  const [made, setMade] = useState<string>();
  const [given, setGiven] = useState<{ text: string; answered: Answered }>();
  if (typeof RTCPeerConnection === 'undefined') return <p>{t('browser.none')}</p>;

  const make = async () => {
    const sdp = await makeOffer(kinds);
    setMade(sdp);
    if (sdp.length <= MAX_TEXT) setParams({ offer: 'own', own: sdp, text: '' });
  };
  const give = async () =>
    setGiven({ text: result.text, answered: await answerBrowser(onTheWire(result.text)) });
  const isSame = given && 'answer' in given.answered === (result.outcome.kind === 'answered');

  return (
    <div className="sdp-live">
      <p className="sdp-title">{t('browser.make')}</p>
      <div role="group" aria-label={t('browser.make')} className="sdp-live-row">
        {(['audio', 'video', 'data'] as const).map((kind) => (
          <Toggle
            key={kind}
            label={t(`browser.${kind}`)}
            checked={kinds[kind]}
            onChange={(checked) => setKinds({ ...kinds, [kind]: checked })}
          />
        ))}
        <Button onClick={() => void make()}>{t('browser.makeButton')}</Button>
      </div>
      <p role="status">
        {made !== undefined &&
          (made.length > MAX_TEXT
            ? t('browser.tooLong', { n: made.length, max: MAX_TEXT })
            : t('browser.made', {
                lines: made.split('\n').length,
                codecs: made.split('a=rtpmap:').length - 1,
              }))}
      </p>
      <p className="sdp-title">{t('browser.give')}</p>
      <p>{t('browser.giveLead')}</p>
      <div className="sdp-live-row">
        <Button onClick={() => void give()}>{t('browser.giveButton')}</Button>
      </div>
      <div role="status">
        {given?.text === result.text && (
          <>
            <p className={'answer' in given.answered ? 'sdp-good' : 'sdp-bad'}>
              {'answer' in given.answered
                ? t('browser.accepted', { lines: given.answered.answer.split('\n').length })
                : t('browser.refused', { message: given.answered.refusal })}
            </p>
            <p>{t(isSame ? 'browser.agree' : 'browser.differ')}</p>
          </>
        )}
      </div>
      {given?.text === result.text && 'answer' in given.answered && (
        <Disclosure summary={t('browser.answer')}>
          <pre className="sdp-text">{given.answered.answer}</pre>
        </Disclosure>
      )}
    </div>
  );
}

async function makeOffer(kinds: Record<Kind, boolean>): Promise<string> {
  const connection = new RTCPeerConnection();
  try {
    if (kinds.audio) connection.addTransceiver('audio');
    if (kinds.video) connection.addTransceiver('video');
    if (kinds.data) connection.createDataChannel('data');
    const { sdp = '' } = await connection.createOffer();
    return sdp.replaceAll('\r\n', '\n').trimEnd();
  } finally {
    connection.close();
  }
}

/** The browser's answer, or its own words for why there is none; `setLocalDescription` is not called, so no ICE starts. */
async function answerBrowser(sdp: string): Promise<Answered> {
  const connection = new RTCPeerConnection();
  try {
    await connection.setRemoteDescription({ type: 'offer', sdp });
    const { sdp: answer = '' } = await connection.createAnswer();
    return { answer: answer.replaceAll('\r\n', '\n').trimEnd() };
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  } finally {
    connection.close();
  }
}
