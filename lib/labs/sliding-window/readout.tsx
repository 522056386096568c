import { windowLimitedRateBps } from '@/lib/protocols/tcp';
import { useText } from '@/lib/text';
import type { WindowParams } from './lab';
import type { WindowResult } from './run';

/** What the whole run came to; beside its rate, the most that its widest window allows in a round trip. */
export function Readout({ result, params }: { result: WindowResult; params: WindowParams }) {
  const t = useText();
  const widest = Math.max(...result.moments.map(({ snapshot }) => snapshot.sndWnd));
  const limitBps = windowLimitedRateBps({ windowBytes: widest, rttMs: 2 * params.oneWayMs });
  const segments = result.packets.filter(({ start, end }) => end > start).length;
  const { doneMs, rateBps } = result;
  const rows = {
    done: doneMs === undefined ? t('readout.never') : t('readout.ms', { ms: doneMs }),
    size: t('readout.sizeOf', { segments, octets: Math.round(result.totalBytes / Math.max(1, segments)) }),
    rate: rateBps === undefined ? t('readout.none') : t('readout.rateOf', { mbps: rateBps / 1e6 }),
    limit: t('readout.limitOf', { mbps: limitBps / 1e6, window: widest, rttMs: 2 * params.oneWayMs }),
    probes: t('readout.count', { count: result.probesMs.length }),
    stall: t('readout.ms', { ms: result.stallMs }),
  };
  return (
    <table className="window-readout lab-aside">
      <caption>{t('readout.title')}</caption>
      <tbody>
        {Object.entries(rows).map(([id, value]) => (
          <tr key={id}>
            <th scope="row">{t(`readout.${id}`)}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
