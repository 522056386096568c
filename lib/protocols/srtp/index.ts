// SRTP and SRTCP as WebRTC uses them (RFC 3711, 7714, 5764), on WebCrypto. What is real and what is left out: MODEL.md.
export { SrtpError, type SrtpErrorCode } from './errors';
export {
  getProfileOrThrow,
  type ProfileName,
  PROTECTION_PROFILES,
  type ProtectionProfile,
  SUPPORTED_PROFILES,
} from './profiles';
export { MAX_PACKET_OCTETS, type SrtcpPacket, type SrtpPacket, type TrailerShape } from './packet';
export { decodeSrtp } from './decode-srtp';
export { decodeSrtcp } from './decode-srtcp';
export { aesCm, counterModeIv, importCounterKey } from './aes-cm';
export { gcmIv } from './gcm';
export { deriveKey, deriveSessionKeys, KEY_LABELS, type MasterKey, type SessionKeys } from './key-derivation';
export { PacketIndex } from './packet-index';
export { MIN_WINDOW, ReplayList } from './replay-list';
export { CryptoContext, MAX_STREAMS, type SrtpOptions } from './context';
export { SrtpSender } from './sender';
export { SrtpReceiver } from './receiver';
export {
  decodeUseSrtp,
  encodeUseSrtp,
  EXPORTER_LABEL,
  keyingMaterialOctets,
  splitKeyingMaterial,
  type UseSrtp,
} from './dtls-srtp';
