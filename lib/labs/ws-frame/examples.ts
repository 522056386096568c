import { schema, type WsFrameParams } from './params';

const defaults = schema.parse({});

/** What to start from: each a whole set of params, so that nothing of the one before is left. */
export const examples = {
  hello: defaults,
  'from-server': { ...defaults, from: 'server', masked: false },
  /** RFC 6455 §5.7: "Hel" and "lo". */
  fragments: { ...defaults, from: 'server', masked: false, source: 'octets', octets: '010348656c80026c6f' },
  ping: { ...defaults, opcode: 9, payload: '', length: 0 },
  close: { ...defaults, opcode: 8, payload: '03e8646f6e65', length: 6 },
  /** A and on: the first length that seven bits cannot say. */
  'length-126': { ...defaults, payload: '41', length: 126 },
  'length-65536': { ...defaults, payload: '41', length: 65_536 },
} as const satisfies Record<string, WsFrameParams>;

export type ExampleId = keyof typeof examples;
export const exampleIds = Object.keys(examples) as ExampleId[];

/** Which example the params are, if any. */
export function exampleOf(params: WsFrameParams): ExampleId | undefined {
  const same = (example: WsFrameParams) =>
    (Object.keys(defaults) as (keyof WsFrameParams)[]).every((name) => example[name] === params[name]);
  return exampleIds.find((id) => same(examples[id]));
}
