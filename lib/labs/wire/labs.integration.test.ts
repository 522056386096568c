import { expect, test } from 'vitest';
import { loadMessages } from '@/lib/server/text';
import { talkToPeer } from '@/lib/server/wire';
import { createText } from '@/lib/text';
import { isLabId, labCatalogue } from '../catalogue';
import { loadLab } from '../views';
import { messagePrefixes } from '../message-prefixes';
import { readByProtocol, receivedOctets, WIRE_MAX_OCTETS, WIRE_MAX_PARTS } from '.';
import { endingOf, sentenceOf } from './sentences';

// Every lab with a wire, with what it sends as it opens and at each of its predictions.

const ids = Object.keys(labCatalogue).filter(isLabId);

test.for(ids)(
  '%s: what it sends is answered by a real peer, and explained in words of the catalogue',
  async (id) => {
    const { lab } = await loadLab(id);
    const { wire } = lab;
    if (!wire) return;
    const t = createText(loadMessages('en', messagePrefixes(lab)), 'en', `labs.${id}`);
    const defaults = lab.params.parse({});
    const states = [defaults, ...lab.predictions.map(({ set }) => lab.params.parse({ ...defaults, ...set }))];
    let sentRuns = 0;
    for (const params of states) {
      const result = lab.run(params, { seed: 1 });
      const octets = wire.octets(result, params);
      const parts = (octets instanceof Uint8Array ? [octets] : octets).filter(({ length }) => length > 0);
      expect(parts.length).toBeLessThanOrEqual(WIRE_MAX_PARTS);
      expect(parts.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(WIRE_MAX_OCTETS);
      if (parts.length === 0) continue;
      sentRuns++;
      const answer = await talkToPeer(wire.peer, parts);
      const reading = await (wire.read?.(answer, result, params) ?? readByProtocol(answer));
      const said = [...answer.understood.map(sentenceOf), ...reading.sentences, endingOf(answer)].map((ref) =>
        t(ref),
      );
      for (const sentence of said) expect(sentence).not.toMatch(/^$|\[[\w-]+(\.[\w-]+)+\]/);
      const bits = receivedOctets(answer).length * 8;
      for (const { start, end } of reading.spans) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(bits);
      }
      if (process.env.WIRE_SHOW) console.log(id, said);
    }
    expect(sentRuns).toBeGreaterThan(0);
  },
);
