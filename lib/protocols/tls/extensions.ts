import type { ByteWriter } from '@/lib/bytes';
import { TlsError } from './errors';
import { opaque, type StructReader, vector } from './presentation';
import { EXTENSION_TYPES, NAMED_GROUPS, nameIn, SIGNATURE_SCHEMES, VERSIONS } from './registry';

/** A public key for one group (RFC 8446 §4.2.8). */
export type KeyShareEntry = { group: number; keyExchange: Uint8Array };

/** A ticket offered for resumption (RFC 8446 §4.2.11). */
export type PskIdentity = { identity: Uint8Array; obfuscatedTicketAge: number };

/** An extension whose inside is known, or its octets (RFC 8446 §4.2). The same type means different things in different messages. */
export type Extension =
  | { type: 'server_name'; hostName: string | undefined }
  | { type: 'supported_groups'; groups: number[] }
  | { type: 'signature_algorithms' | 'signature_algorithms_cert'; schemes: number[] }
  | { type: 'application_layer_protocol_negotiation'; protocols: string[] }
  | { type: 'supported_versions'; versions: number[] }
  | { type: 'selected_version'; version: number }
  | { type: 'key_share'; entries: KeyShareEntry[] }
  /** In a HelloRetryRequest: the group that the client should have sent a share for. */
  | { type: 'key_share_retry'; group: number }
  | { type: 'psk_key_exchange_modes'; modes: number[] }
  | { type: 'pre_shared_key'; identities: PskIdentity[]; binders: Uint8Array[] }
  | { type: 'selected_identity'; index: number }
  | { type: 'early_data'; maxEarlyDataOctets: number | undefined }
  | { type: 'cookie'; cookie: Uint8Array }
  | { type: 'record_size_limit'; octets: number }
  | { type: 'unknown'; number: number; data: Uint8Array };

/** Where an extension stands; it decides how it is read. */
export type ExtensionPlace =
  'ClientHello' | 'ServerHello' | 'HelloRetryRequest' | 'NewSessionTicket' | 'other';

const ref = (section: string) => `RFC 8446 §${section}`;
const version = (value: number) => nameIn(VERSIONS, value);
const group = (value: number) => nameIn(NAMED_GROUPS, value);
const scheme = (value: number) => nameIn(SIGNATURE_SCHEMES, value);

/**
 * A list of extensions; each type once.
 * @throws TlsError TLS_EXTENSION_REPEATED, TLS_PSK_NOT_LAST, and those of the fields
 */
export function readExtensions(reader: StructReader, place: ExtensionPlace): Extension[] {
  const seen = new Set<number>();
  const list = reader.vector(2, 'extensions', 0, ref('4.2'));
  return list.all(() => {
    const at = list.offset;
    const number = list.uint(2, 'extension_type', (value) => nameIn(EXTENSION_TYPES, value));
    if (seen.has(number))
      throw new TlsError(
        'TLS_EXTENSION_REPEATED',
        at,
        nameIn(EXTENSION_TYPES, number),
        'each extension once',
      );
    seen.add(number);
    const data = list.vector(2, 'extension_data');
    const extension = readExtension(data, number, place);
    data.finish(nameIn(EXTENSION_TYPES, number));
    if (extension.type === 'pre_shared_key' && !list.isAtEnd)
      throw new TlsError('TLS_PSK_NOT_LAST', list.offset, 'an extension after pre_shared_key', 'none');
    return extension;
  });
}

function readExtension(data: StructReader, number: number, place: ExtensionPlace): Extension {
  const isClient = place === 'ClientHello';
  switch (number) {
    case EXTENSION_TYPES.server_name:
      // A server only says that it took the name, by nothing inside (RFC 6066 §3).
      return { type: 'server_name', hostName: isClient ? readHostName(data) : undefined };
    case EXTENSION_TYPES.supported_groups:
      return { type: 'supported_groups', groups: data.uints(2, 2, 'NamedGroup', group) };
    case EXTENSION_TYPES.signature_algorithms:
    case EXTENSION_TYPES.signature_algorithms_cert:
      return {
        type:
          number === EXTENSION_TYPES.signature_algorithms
            ? 'signature_algorithms'
            : 'signature_algorithms_cert',
        schemes: data.uints(2, 2, 'SignatureScheme', scheme),
      };
    case EXTENSION_TYPES.application_layer_protocol_negotiation: {
      const list = data.vector(2, 'ProtocolNameList', 2, 'RFC 7301 §3.1');
      return {
        type: 'application_layer_protocol_negotiation',
        protocols: list.all(() => latin1(list.opaque(1, 'ProtocolName', 1))),
      };
    }
    case EXTENSION_TYPES.supported_versions:
      if (isClient)
        return { type: 'supported_versions', versions: data.uints(1, 2, 'ProtocolVersion', version) };
      return { type: 'selected_version', version: data.uint(2, 'selected_version', version) };
    case EXTENSION_TYPES.key_share:
      if (place === 'HelloRetryRequest')
        return { type: 'key_share_retry', group: data.uint(2, 'selected_group', group) };
      if (!isClient) return { type: 'key_share', entries: [readKeyShare(data)] };
      {
        const shares = data.vector(2, 'client_shares', 0, ref('4.2.8'));
        return { type: 'key_share', entries: shares.all(() => readKeyShare(shares)) };
      }
    case EXTENSION_TYPES.psk_key_exchange_modes:
      return { type: 'psk_key_exchange_modes', modes: data.uints(1, 1, 'PskKeyExchangeMode', pskMode) };
    case EXTENSION_TYPES.pre_shared_key:
      if (!isClient) return { type: 'selected_identity', index: data.uint(2, 'selected_identity') };
      return readPreSharedKey(data);
    case EXTENSION_TYPES.early_data:
      return {
        type: 'early_data',
        maxEarlyDataOctets: place === 'NewSessionTicket' ? data.uint(4, 'max_early_data_size') : undefined,
      };
    case EXTENSION_TYPES.cookie:
      return { type: 'cookie', cookie: data.opaque(2, 'cookie', 1) };
    case EXTENSION_TYPES.record_size_limit:
      return { type: 'record_size_limit', octets: data.uint(2, 'RecordSizeLimit') };
    default:
      return { type: 'unknown', number, data: data.fixed(data.end - data.offset, 'opaque') };
  }
}

const pskMode = (mode: number) => ['psk_ke', 'psk_dhe_ke'][mode] ?? `0x${mode.toString(16)}`;

function readHostName(data: StructReader): string {
  const list = data.vector(2, 'ServerNameList', 1, 'RFC 6066 §3');
  const at = list.offset;
  const nameType = list.uint(1, 'NameType', (value) => (value === 0 ? 'host_name' : String(value)));
  if (nameType !== 0)
    throw new TlsError('TLS_NAME_TYPE_UNKNOWN', at, `name type ${nameType}`, '0, host_name');
  const name = latin1(list.opaque(2, 'HostName', 1));
  list.finish('ServerNameList');
  return name;
}

function readKeyShare(data: StructReader): KeyShareEntry {
  return { group: data.uint(2, 'NamedGroup', group), keyExchange: data.opaque(2, 'key_exchange', 1) };
}

function readPreSharedKey(data: StructReader): Extension {
  const identities = data.vector(2, 'identities', 7, ref('4.2.11'));
  const offered = identities.all(() => ({
    identity: identities.opaque(2, 'identity', 1),
    obfuscatedTicketAge: identities.uint(4, 'obfuscated_ticket_age'),
  }));
  const at = data.offset;
  const binders = data.vector(2, 'binders', 33, ref('4.2.11.2'));
  const values = binders.all(() => binders.opaque(1, 'PskBinderEntry', 32));
  if (values.length !== offered.length)
    throw new TlsError(
      'TLS_LENGTH_WRONG',
      at,
      `${values.length} binders`,
      `one for each of ${offered.length} identities`,
    );
  return { type: 'pre_shared_key', identities: offered, binders: values };
}

/** Octets as text and back, one octet a character: protocol and host names are octets (RFC 7301 §3.1, RFC 6066 §3). */
const latin1 = (octets: Uint8Array) => String.fromCharCode(...octets);
const octetsOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The number that an extension travels under. */
export function extensionNumber(extension: Extension): number {
  switch (extension.type) {
    case 'unknown':
      return extension.number;
    case 'selected_version':
      return EXTENSION_TYPES.supported_versions;
    case 'key_share_retry':
      return EXTENSION_TYPES.key_share;
    case 'selected_identity':
      return EXTENSION_TYPES.pre_shared_key;
    default:
      return EXTENSION_TYPES[extension.type];
  }
}

/** The list with its length in front. */
export function encodeExtensions(extensions: readonly Extension[], place: ExtensionPlace): Uint8Array {
  return vector(2, (writer) => {
    for (const extension of extensions)
      writer.uint16(extensionNumber(extension)).write(opaque(2, encodeExtension(extension, place)));
  });
}

const uints = (lengthOctets: number, octets: number, values: readonly number[]) =>
  vector(lengthOctets, (writer) => {
    for (const value of values) writer.bits(value, octets * 8);
  });

const keyShare = (writer: ByteWriter, { group, keyExchange }: KeyShareEntry) =>
  writer.uint16(group).write(opaque(2, keyExchange));

function encodeExtension(extension: Extension, place: ExtensionPlace): Uint8Array {
  switch (extension.type) {
    case 'server_name': {
      const { hostName } = extension;
      if (hostName === undefined) return new Uint8Array();
      return vector(2, (list) => list.uint8(0).write(opaque(2, octetsOf(hostName))));
    }
    case 'supported_groups':
      return uints(2, 2, extension.groups);
    case 'signature_algorithms':
    case 'signature_algorithms_cert':
      return uints(2, 2, extension.schemes);
    case 'application_layer_protocol_negotiation':
      return vector(2, (list) => {
        for (const protocol of extension.protocols) list.write(opaque(1, octetsOf(protocol)));
      });
    case 'supported_versions':
      return uints(1, 2, extension.versions);
    case 'selected_version':
      return Uint8Array.of(extension.version >> 8, extension.version & 0xff);
    case 'key_share':
      if (place !== 'ClientHello') return vector(0, (writer) => keyShare(writer, extension.entries[0]!));
      return vector(2, (list) => {
        for (const entry of extension.entries) keyShare(list, entry);
      });
    case 'key_share_retry':
      return Uint8Array.of(extension.group >> 8, extension.group & 0xff);
    case 'psk_key_exchange_modes':
      return uints(1, 1, extension.modes);
    case 'pre_shared_key':
      return vector(0, (writer) => {
        writer.write(
          vector(2, (list) => {
            for (const { identity, obfuscatedTicketAge } of extension.identities)
              list.write(opaque(2, identity)).uint32(obfuscatedTicketAge);
          }),
        );
        writer.write(
          vector(2, (list) => {
            for (const binder of extension.binders) list.write(opaque(1, binder));
          }),
        );
      });
    case 'selected_identity':
      return Uint8Array.of(extension.index >> 8, extension.index & 0xff);
    case 'early_data':
      return extension.maxEarlyDataOctets === undefined
        ? new Uint8Array()
        : vector(0, (writer) => writer.uint32(extension.maxEarlyDataOctets!));
    case 'cookie':
      return opaque(2, extension.cookie);
    case 'record_size_limit':
      return Uint8Array.of(extension.octets >> 8, extension.octets & 0xff);
    case 'unknown':
      return extension.data;
  }
}
