import { afterEach, expect, test } from 'vitest';
import { DTLS_EXTENSION_TYPES } from '@/lib/protocols/dtls';
import { Client12 } from '@/lib/protocols/dtls/client12.fixture';
import { closeSockets, connected, startWeriftServer } from '@/lib/protocols/dtls/werift.fixture';
import {
  decodeUseSrtp,
  encodeUseSrtp,
  EXPORTER_LABEL,
  getProfileOrThrow,
  keyingMaterialOctets,
  splitKeyingMaterial,
} from '.';

afterEach(closeSockets);

test('RFC 5764 §4: a handshake with werift agrees on a profile, and both ends have the same keys', async () => {
  const { server, port } = await startWeriftServer();
  const client = new Client12(port);
  const up = connected(server);
  const offer = encodeUseSrtp({ profiles: [8, 1], mki: new Uint8Array() });
  await client.connect([{ type: 'unknown', number: DTLS_EXTENSION_TYPES.use_srtp, data: offer }]);
  await up;

  const answer = client.serverExtensions.find(
    (it) => it.type === 'unknown' && it.number === DTLS_EXTENSION_TYPES.use_srtp,
  );
  if (answer?.type !== 'unknown') throw new Error('the server answers without use_srtp');
  const { profiles, mki } = decodeUseSrtp(answer.data);
  expect([profiles, mki.length]).toEqual([[1], 0]);

  const { name, keyOctets, saltOctets } = getProfileOrThrow(profiles[0]!);
  const keys = splitKeyingMaterial(name, await client.export(EXPORTER_LABEL, keyingMaterialOctets(name)));
  const theirs = server.extractSessionKeys(keyOctets, saltOctets);
  expect(keys).toEqual({
    client: {
      masterKey: Uint8Array.from(theirs.remoteKey),
      masterSalt: Uint8Array.from(theirs.remoteSalt),
    },
    server: { masterKey: Uint8Array.from(theirs.localKey), masterSalt: Uint8Array.from(theirs.localSalt) },
  });
  await client.close();
});
