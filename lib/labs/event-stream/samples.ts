/** Streams to start from. The first three are those of HTML §9.2.6, the rest each have a point. */
export const samples = {
  stock: { stream: 'data: YHOO\ndata: +2\ndata: 10\n\n' },
  blocks: {
    stream: ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event',
  },
  prices: {
    stream: 'retry: 4500\n\nid: 42\nevent: price\ndata: coffee €5\n\nid: 43\ndata: last orders\n\n',
  },
  ends: { stream: 'data: one\\r\\r\ndata: two\\r\n\\r\n' },
  mark: { stream: '\\uFEFFdata: first\n\n\\uFEFFdata: second\n\n' },
} as const;

export type SampleId = keyof typeof samples;
export const sampleIds = Object.keys(samples) as SampleId[];
