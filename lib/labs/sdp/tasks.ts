import type { MediaReading } from '@/lib/protocols/sdp';
import type { MessageRef } from '@/lib/text/text';
import type { Task, Verdict } from '../define-lab';
import type { SdpParams } from './lab';
import type { SdpResult } from './run';

type SdpTask = Task<SdpParams, SdpResult>;

const MEBIBYTE = 1_048_576;

const no = (key: string, values: NonNullable<MessageRef['values']> = {}): Verdict => ({
  passed: false,
  hint: { key: `tasks.${key}`, values },
});

/** What makes any edit worthless for a task that wants an answer. */
function brokenVerdict({ outcome }: SdpResult): Verdict | undefined {
  if (outcome.kind === 'unreadable') return no('unreadable', { line: outcome.line });
  return outcome.kind === 'refused' ? no('refused') : undefined;
}

const readingOf = (result: SdpResult, media: string): MediaReading | undefined =>
  result.readings[
    result.offer?.media.findIndex((section) => section.media === media && section.port !== 0) ?? -1
  ];

export const tasks: readonly SdpTask[] = [
  {
    id: 'only-watch',
    prompt: 'tasks.only-watch.prompt',
    check: (result) => {
      const broken = brokenVerdict(result);
      if (broken) return broken;
      const video = readingOf(result, 'video');
      const audio = readingOf(result, 'audio');
      if (!video || !audio) return no('only-watch.no-call');
      if (video.direction === 'sendonly') return no('only-watch.sendonly');
      if (video.direction !== 'recvonly') return no('only-watch.still', { direction: video.direction });
      return audio.direction === 'sendrecv'
        ? { passed: true }
        : no('only-watch.audio', { direction: audio.direction });
    },
  },
  {
    id: 'prefer',
    prompt: 'tasks.prefer.prompt',
    check: (result) => {
      const broken = brokenVerdict(result);
      if (broken) return broken;
      const section = result.offer?.media.find(({ media }) => media === 'audio');
      const reading = readingOf(result, 'audio');
      if (!section || !reading) return no('prefer.no-audio');
      const opus = reading.rtpmaps.find(({ encodingName }) => encodingName === 'opus');
      if (!section.formats.includes('0')) return no('prefer.gone', { formats: section.formats.join(' ') });
      if (!opus || !section.formats.includes(String(opus.payloadType))) return no('prefer.opus');
      if (section.formats[0] !== '0') {
        const movedMap = reading.rtpmaps[0]?.payloadType === 0;
        return no(movedMap ? 'prefer.rtpmap' : 'prefer.order', { formats: section.formats.join(' ') });
      }
      return { passed: true };
    },
  },
  {
    id: 'own-flow',
    prompt: 'tasks.own-flow.prompt',
    check: (result) => {
      const { outcome } = result;
      const broken = brokenVerdict(result);
      if (broken || outcome.kind !== 'answered') return broken ?? no('refused');
      const video = outcome.sections.find(({ media }) => media === 'video');
      if (!video?.isAccepted) return no('own-flow.no-video');
      if (result.problems.some(({ code }) => code === 'SDP_GROUP_MID_UNKNOWN')) return no('own-flow.mid');
      if (outcome.flows === 1) return no('own-flow.one');
      if (outcome.flows > 2) return no('own-flow.many', { flows: outcome.flows });
      return video.isBundled ? no('own-flow.other') : { passed: true };
    },
  },
  {
    id: 'opens',
    prompt: 'tasks.opens.prompt',
    check: (result) => {
      const broken = brokenVerdict(result);
      if (broken) return broken;
      const roles = new Set(result.readings.map(({ setup }) => setup));
      if (roles.has('active')) return no('opens.active');
      if (result.outcome.kind === 'answered' && roles.size === 1 && roles.has('passive'))
        return { passed: true };
      return roles.has('passive') ? no('opens.some') : no('opens.choice');
    },
  },
  {
    id: 'must-refuse',
    prompt: 'tasks.must-refuse.prompt',
    check: ({ outcome, lines, readings }) => {
      const removed = lines.filter(({ status }) => status === 'removed');
      if (outcome.kind === 'unreadable') return no('must-refuse.unreadable');
      const changed = lines.filter(({ status }) => status !== 'kept').length;
      if (changed === 0) return no('must-refuse.nothing');
      if (outcome.kind === 'answered') {
        const isElsewhere = removed.some(({ text }) => text.startsWith('a=fingerprint'));
        return no(isElsewhere ? 'must-refuse.elsewhere' : 'must-refuse.answered', { n: readings.length });
      }
      return changed === 1 && removed.length === 1
        ? { passed: true }
        : no('must-refuse.more', { n: changed });
    },
  },
  {
    id: 'modernise',
    prompt: 'tasks.modernise.prompt',
    check: (result, { offer }) => {
      if (offer !== 'notes') return no('modernise.other');
      const broken = brokenVerdict(result);
      if (broken) return broken;
      const data = result.offer?.media.find(({ media }) => media === 'application');
      const audio = result.offer?.media.find(({ media }) => media === 'audio');
      if (!data || !audio) return no('modernise.gone');
      if (audio.proto !== 'UDP/TLS/RTP/SAVPF') return no('modernise.audio', { proto: audio.proto });
      if (data.proto !== 'UDP/DTLS/SCTP') return no('modernise.proto', { proto: data.proto });
      if (!data.formats.includes('webrtc-datachannel'))
        return no('modernise.format', { formats: data.formats.join(' ') });
      const [problem] = result.problems;
      if (problem)
        return no('modernise.problem', {
          line: problem.line,
          seen: problem.seen,
          expected: problem.expected,
        });
      const size = readingOf(result, 'application')?.maxMessageSize;
      return size === MEBIBYTE ? { passed: true } : no('modernise.size', { octets: size ?? 65_536 });
    },
  },
];
