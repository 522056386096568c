import { transferTime } from '@/lib/protocols/tcp';

const WIDTH = 420;
const ROUND_HEIGHT = 84;
const MARGIN = 28;

/**
 * The cover of the TCP chapter: five round trips of slow start between two lifelines, each line a segment that
 * the engine sent. Decoration for the eye; the lesson says the same in words.
 */
export function CoverArt() {
  const { bursts } = transferTime({
    bytes: 31 * 1460,
    rttMs: 56,
    mss: 1460,
    initialCwnd: 1,
    rwnd: 1e6,
    serverTimeMs: 0,
    reused: true,
  });
  const height = bursts.length * ROUND_HEIGHT + MARGIN;
  return (
    <svg className="cover-art" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden>
      <path
        d={`M${MARGIN} 0V${height}M${WIDTH - MARGIN} 0V${height}`}
        stroke="var(--rule-strong)"
        strokeWidth="1.5"
      />
      {bursts.map(({ segments }, round) =>
        Array.from({ length: segments }, (_, segment) => {
          const y =
            MARGIN / 2 + round * ROUND_HEIGHT + (segment * ROUND_HEIGHT) / (2.4 * Math.max(segments, 2));
          const half = ROUND_HEIGHT / 2;
          return (
            <g key={`${round}.${segment}`} fill="none">
              <path
                d={`M${MARGIN} ${y}L${WIDTH - MARGIN} ${y + half}`}
                stroke="var(--layer-transport)"
                strokeWidth="1.4"
              />
              <path
                d={`M${WIDTH - MARGIN} ${y + half}L${MARGIN} ${y + ROUND_HEIGHT}`}
                stroke="var(--rule)"
                strokeWidth="1"
                strokeDasharray="3 4"
              />
            </g>
          );
        }),
      )}
    </svg>
  );
}
