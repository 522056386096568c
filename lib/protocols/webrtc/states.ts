/** `RTCPeerConnection.iceGatheringState`. */
export type IceGatheringState = 'new' | 'gathering' | 'complete';

/** `RTCPeerConnection.iceConnectionState`, without those that need time to go wrong (disconnected) or an end. */
export type IceConnectionState = 'new' | 'checking' | 'connected' | 'failed';

/** `RTCDtlsTransport.state`. */
export type DtlsState = 'new' | 'connecting' | 'connected' | 'failed';

/** `RTCPeerConnection.connectionState`: ICE and DTLS in one word. */
export type ConnectionState = 'new' | 'connecting' | 'connected' | 'failed';

/** What W3C webrtc §4.4.3 makes of one ICE transport and the DTLS transport above it. */
export function connectionStateOf(ice: IceConnectionState, dtls: DtlsState): ConnectionState {
  if (ice === 'failed' || dtls === 'failed') return 'failed';
  if (ice === 'new' && dtls === 'new') return 'new';
  return ice === 'connected' && dtls === 'connected' ? 'connected' : 'connecting';
}
