/**
 * The part of the runner that stands inside the learner's world. It is evaluated before the learner's code and
 * holds on to every built-in that it needs, so that tampering with JSON, Reflect or a prototype afterwards
 * changes nothing here. For the same reason: no iteration, no array methods, output built by `+=` alone.
 *
 * `print(text)` comes from the host; limits are numbers. Answers functions for the host:
 * `encode(value)` → JSON text in the form of lib/runner/json, or undefined if too large;
 * `describe(thrown)` → JSON text `[name, message, stack]`, never throws;
 * `call(fn, argsJson)` → what the function returns;
 * `useHeap(octets)` throws if there is not that much left of it.
 */
export const HARNESS = String.raw`
(function (print, maxNodes, maxChars) {
  'use strict';
  const { apply, ownKeys, getOwnPropertyDescriptor } = Reflect;
  const { stringify, parse } = JSON;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const { isFinite } = Number;
  const text = String;
  const ErrorType = Error;
  const slice = String.prototype.slice;
  const Buffer = ArrayBuffer;
  const viewLength = getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length').get;
  const cut = (value, length) => apply(slice, value, [0, length]);
  const special = (name) => '{"$":' + stringify(name) + '}';
  const limit = {};

  let nodes = 0;
  let chars = 0;
  const put = (part) => {
    chars += part.length;
    if (chars > maxChars) throw limit;
    return part;
  };
  const write = (value, up, depth) => {
    if (++nodes > maxNodes || depth > 60) throw limit;
    if (value === null) return put('null');
    switch (typeof value) {
      case 'undefined': return put(special('undefined'));
      case 'boolean': return put(value ? 'true' : 'false');
      case 'number': return put(isFinite(value) ? text(value === 0 ? 0 : value) : special(text(value)));
      case 'string':
        if (value.length > maxChars) throw limit;
        return put(stringify(value));
      case 'bigint': return put('{"$":"bigint","text":"' + text(value) + '"}');
      case 'function': return put(special('function'));
      case 'symbol': return put(special('symbol'));
    }
    for (let at = up; at; at = at.up) if (at.value === value) return put(special('circular'));
    const here = { value, up };
    let out = '';
    const view = isView(value);
    if (view || isArray(value)) {
      let length = view ? 0 : value.length;
      if (view) { try { length = apply(viewLength, value, []); } catch { return put(special('DataView')); } }
      for (let i = 0; i < length; i++) out += (i ? ',' : '') + write(value[i], here, depth + 1);
      return '[' + out + ']';
    }
    const keys = ownKeys(value);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (typeof key !== 'string') continue;
      const property = getOwnPropertyDescriptor(value, key);
      if (!property || !property.enumerable) continue;
      const item = value[key];
      if (item !== undefined) out += (out && ',') + put(stringify(key)) + ':' + write(item, here, depth + 1);
    }
    return '{' + out + '}';
  };
  const encode = (value) => {
    nodes = 0;
    chars = 0;
    try {
      return write(value, undefined, 0);
    } catch (error) {
      if (error === limit) return undefined;
      throw error;
    }
  };
  const field = (value, key) => {
    try {
      const item = value[key];
      return typeof item === 'string' ? cut(item, 2000) : '';
    } catch { return ''; }
  };
  const plain = (value) => {
    try { return cut(encode(value) ?? '…', 500); } catch { return '{}'; }
  };
  const describe = (thrown) => {
    if (typeof thrown !== 'object' || thrown === null)
      return '["",' + stringify(typeof thrown === 'string' ? cut(thrown, 500) : plain(thrown)) + ',""]';
    const name = field(thrown, 'name');
    const message = field(thrown, 'message') || (name ? '' : plain(thrown));
    return '[' + stringify(name) + ',' + stringify(message) + ',' + stringify(field(thrown, 'stack')) + ']';
  };
  const said = (value) => {
    if (typeof value === 'string') return value.length > maxChars ? undefined : '[' + stringify(value) + ']';
    try {
      if (value instanceof ErrorType)
        return '[' + stringify(field(value, 'name') + ': ' + field(value, 'message')) + ']';
    } catch {}
    try { return encode(value); } catch { return undefined; }
  };
  const log = (...values) => {
    let out = '';
    for (let i = 0; i < values.length; i++) out += (i ? ',' : '') + (said(values[i]) ?? special('…'));
    print('[' + out + ']');
  };
  const silent = () => {};
  const console = { log, info: log, warn: log, error: log, debug: log, trace: log, table: log, dir: log,
    group: log, groupEnd: silent, time: silent, timeEnd: silent, assert: silent, count: silent };
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  define('console', console);
  define('exports', {});
  define('require', (name) => { throw new ErrorType('import: ' + text(name)); });

  return {
    encode,
    describe,
    call: (fn, argsJson) => apply(fn, undefined, parse(argsJson)),
    useHeap: (octets) => { new Buffer(octets); },
  };
})
`;
