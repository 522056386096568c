import { describe, expect, test } from 'vitest';
import { createAnswer, parseSdp, writeSdp } from '@/lib/protocols/sdp';
import { callsOf, judgeExercise } from '@/lib/runner';
import { runInProcess } from '@/lib/runner/engine/in-process';
import { judgeAnswer } from './answer-verdict';
import { exercise, OWN } from './exercise';

const [, stage] = exercise.stages;
const judge = async (code: string) => {
  if (!stage) throw new Error('no second stage');
  return judgeExercise(stage, await runInProcess({ code, calls: callsOf(stage) }));
};
const offers = (stage?.checks ?? []).map(({ args }) => args[0] as string);

// Mistakes are told apart in lib/labs/catalogue.test.tsx, for every lab.

test('an answer that is built from a list of sections passes as well as one that walks the lines', async () => {
  const code = `
    export function createAnswer(offer, own) {
      const [session, ...sections] = offer.split(/(?=^m=)/m);
      const value = (text, name) => (text.match(new RegExp('^a=' + name + ':(.*)$', 'm')) || [])[1];
      let out = 'v=0\\no=me 7 7 IN IP4 0.0.0.0\\ns= \\nt=0 0\\na=group:BUNDLE ' + sections.map((s) => value(s, 'mid')).join(' ') + '\\n';
      sections.forEach((section, index) => {
        const lines = section.split('\\r\\n');
        out += lines[0] + '\\nc=IN IP4 127.0.0.1\\n';
        if (index === 0) out += 'a=setup:passive\\na=ice-pwd:' + own.pwd + '\\na=ice-ufrag:' + own.ufrag + '\\na=fingerprint:SHA-256 ' + own.fingerprint + '\\n';
        out += 'a=mid:' + value(section, 'mid') + '\\n';
        if (section.startsWith('m=application')) { out += 'a=sctp-port:5000\\n'; return; }
        out += 'a=rtcp-mux\\na=inactive\\n' + lines.filter((line) => line.startsWith('a=rtpmap')).join('\\n') + '\\n';
      });
      return out;
    }`;
  expect(await judge(code)).toMatchObject({ passed: true });
});

describe('what is judged is what the answer says', () => {
  test.each(offers)('the room’s own answer passes, offer %#', (offer) => {
    const answer = createAnswer(parseSdp(offer), {
      origin: { sessionId: '1' },
      ice: { ufrag: OWN.ufrag, pwd: OWN.pwd },
      fingerprints: [{ hash: 'sha-256', fingerprint: OWN.fingerprint }],
      media: {
        audio: { codecs: [{ encodingName: 'opus', clockRate: 48_000, channels: 2 }] },
        video: { codecs: [{ encodingName: 'VP8', clockRate: 90_000 }] },
        application: {},
      },
    });
    expect(judgeAnswer(offer, OWN, writeSdp(answer))).toEqual({ passed: true });
  });

  test('no text makes it throw', () => {
    for (const text of [
      '',
      '\n',
      'v=0\n',
      'm=audio\n',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111\n',
      '\0\n',
      null,
      3,
      [],
    ])
      expect(judgeAnswer(offers[0] ?? '', OWN, text).passed).toBe(false);
  });
});
