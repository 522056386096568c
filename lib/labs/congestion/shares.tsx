import { useText } from '@/lib/text';
import { hueOf } from '@/lib/ui/layer';
import type { CongestionParams } from './params';
import type { CongestionResult, FlowResult } from './run';

type Props = { result: CongestionResult; params: CongestionParams; nowMs: number; atEnd: boolean };

/** Who got how much: at the end over the time in which fairness is measured, before it over the last second. */
export function Shares({ result, params, nowMs, atEnd }: Props) {
  const t = useText();
  const { flows, fairness } = result;
  const isTransfer = params.segments > 0;
  const caption = isTransfer
    ? t('shares.transfer')
    : atEnd
      ? t('shares.measured', { fromMs: Math.round(fairness.fromMs) })
      : t('shares.now');
  const Row = isTransfer ? TransferRow : EndlessRow;
  return (
    <div className="congestion-shares">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('shares.flow')}</th>
            <th scope="col">{t('shares.rate')}</th>
            <th scope="col">{t('shares.resent')}</th>
            <th scope="col">{t('shares.timeouts')}</th>
            <th scope="col">{t(isTransfer ? 'shares.done' : 'shares.rtt')}</th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow, index) => (
            <tr key={flow.letter} className={hueOf(index)}>
              <th scope="row">{t('flow.named', { flow: flow.letter, algorithm: flow.algorithm })}</th>
              <Row flow={flow} capacityBps={params.rateMbps * 1e6} nowMs={nowMs} atEnd={atEnd} />
            </tr>
          ))}
        </tbody>
      </table>
      {flows.length > 1 && params.shared && !isTransfer ? (
        <p className="congestion-jain">{t('shares.jain', { jain: fairness.jain, flows: flows.length })}</p>
      ) : null}
    </div>
  );
}

type RowProps = { flow: FlowResult; capacityBps: number; nowMs: number; atEnd: boolean };

/** A short transfer as far as it has come. */
function TransferRow({ flow, capacityBps, nowMs, atEnd }: RowProps) {
  const t = useText();
  const { completedMs } = flow.summary;
  const isOver = atEnd || (completedMs !== undefined && completedMs <= nowMs);
  const until = (type: string) =>
    flow.events.filter((event) => event.type === type && event.timeMs <= nowMs).length;
  return (
    <>
      <Rate rateBps={isOver ? flow.rateBps : rateOver(flow, nowMs)} capacityBps={capacityBps} />
      <td>{t('shares.count', { count: until('retransmitted') })}</td>
      <td>{t('shares.count', { count: until('rto') })}</td>
      <td>
        {!isOver
          ? t('shares.open')
          : completedMs === undefined
            ? t('shares.never')
            : t('shares.ms', { ms: Math.round(completedMs) })}
      </td>
    </>
  );
}

function EndlessRow({ flow, capacityBps, nowMs, atEnd }: RowProps) {
  const t = useText();
  const { retransmittedSegments, timeouts, meanRttMs } = flow.summary;
  return (
    <>
      <Rate rateBps={atEnd ? flow.rateBps : rateOver(flow, nowMs)} capacityBps={capacityBps} />
      <td>{t('shares.count', { count: retransmittedSegments })}</td>
      <td>{t('shares.count', { count: timeouts })}</td>
      <td>{meanRttMs === undefined ? t('shares.never') : t('shares.ms', { ms: Math.round(meanRttMs) })}</td>
    </>
  );
}

function Rate({ rateBps, capacityBps }: { rateBps: number; capacityBps: number }) {
  const t = useText();
  return (
    <td>
      <span className="congestion-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, (rateBps / capacityBps) * 100)}%` }} />
      </span>
      {t('shares.mbps', { mbps: rateBps / 1e6 })}
    </td>
  );
}

const WINDOW_MS = 1000;

/** Octets delivered in the second before, in bits a second. */
function rateOver({ times, delivered }: FlowResult, nowMs: number): number {
  const at = (timeMs: number) => delivered[times.findLastIndex((sampleMs) => sampleMs <= timeMs)] ?? 0;
  return ((at(nowMs) - at(nowMs - WINDOW_MS)) * 8000) / WINDOW_MS;
}
