import { classNames } from '../class-names';
import type { MachineLayout, MachineSize } from './machine-layout';

/** An actor in a state: a letter in a shape of its own. */
export type Token = { actor: string; letter: string; state: string; index: number };

const shapes = [
  'M0-12A12 12 0 1 1 0 12 12 12 0 1 1 0-12Z',
  'M-11-11H11V11H-11Z',
  'M0-14L14 0 0 14-14 0Z',
  'M0-14L13 10H-13Z',
];

/** The drawing; what it says stands in the table and, for states that can be pressed, in buttons over it. */
export function MachinePicture(props: {
  layout: MachineLayout;
  size: MachineSize;
  id: string;
  taken: readonly string[];
  tokens: readonly Token[];
  selected: string | null;
}) {
  const { layout, size, id, taken, tokens, selected } = props;
  const last = taken.at(-1);
  const rank = (transitionId: string) => (transitionId === last ? 2 : taken.includes(transitionId) ? 1 : 0);
  // What matters most is drawn last, over the rest.
  const edges = [...layout.edges].sort((a, b) => rank(a.transition.id) - rank(b.transition.id));
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${size.width} ${layout.height}`} className="block h-auto w-full">
      <defs>
        {['fill-rule-strong', 'fill-ink', 'fill-accent'].map((fill, i) => (
          <marker
            key={fill}
            id={`${id}-${i}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth={i === 2 ? 12 : 9}
            markerHeight={i === 2 ? 12 : 9}
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 1L10 5 0 9z" className={fill} />
          </marker>
        ))}
      </defs>
      {edges.map((edge) => (
        <path
          key={edge.transition.id}
          d={edge.path}
          markerEnd={`url(#${id}-${rank(edge.transition.id)})`}
          className={classNames(
            'fill-none',
            ['stroke-rule-strong stroke-1', 'stroke-ink stroke-2', 'stroke-accent stroke-[3]'][
              rank(edge.transition.id)
            ],
          )}
        />
      ))}
      {edges.map(({ transition, number, label }) => (
        <g key={transition.id}>
          <rect
            x={label.x - label.halfWidth}
            y={label.y - label.halfHeight}
            width={2 * label.halfWidth}
            height={2 * label.halfHeight}
            className="fill-paper"
          />
          <text
            x={label.x}
            y={label.y}
            textAnchor="middle"
            className={classNames(
              'font-mono text-[13px]',
              ['fill-ink-soft', 'fill-ink', 'fill-accent font-semibold'][rank(transition.id)],
            )}
          >
            {(size.labelled ? transition.label.split(' / ') : [String(number)]).map((line, i, lines) => (
              <tspan key={i} x={label.x} dy={i === 0 ? `${0.34 - (lines.length - 1) * 0.58}em` : '1.16em'}>
                {line}
              </tspan>
            ))}
          </text>
        </g>
      ))}
      {layout.states.map(({ state, x, y }) => {
        const held = tokens.filter((token) => token.state === state.id);
        return (
          <g key={state.id} transform={`translate(${x} ${y})`}>
            <rect
              x={-size.nodeWidth / 2}
              y={-size.nodeHeight / 2}
              width={size.nodeWidth}
              height={size.nodeHeight}
              rx="3"
              className={classNames(
                held.length > 0
                  ? 'fill-paper-raised stroke-ink stroke-[2.5]'
                  : 'fill-paper stroke-rule-strong stroke-1',
                state.id === selected && '[stroke-dasharray:6_3]',
              )}
            />
            <text
              textAnchor="middle"
              dy="0.34em"
              textLength={state.label.length * 8.1 > size.nodeWidth - 8 ? size.nodeWidth - 8 : undefined}
              lengthAdjust="spacingAndGlyphs"
              className={classNames(
                'font-mono text-[13px]',
                held.length > 0 ? 'fill-ink font-semibold' : 'fill-ink-soft',
              )}
            >
              {state.label}
            </text>
            {held.map((token, i) => (
              <g
                key={token.actor}
                transform={`translate(${i % 2 === 0 ? -size.nodeWidth / 2 + (i >> 1) * 26 : size.nodeWidth / 2 - (i >> 1) * 26} ${-size.nodeHeight / 2})`}
              >
                <path d={shapes[token.index % shapes.length]} className="fill-ink stroke-paper stroke-2" />
                <text textAnchor="middle" dy="0.36em" className="fill-paper font-mono text-[13px] font-bold">
                  {token.letter}
                </text>
              </g>
            ))}
          </g>
        );
      })}
    </svg>
  );
}
