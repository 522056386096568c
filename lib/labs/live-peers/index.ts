/** Real RTCPeerConnections for the live parts of labs: in one page, or each in a page of its own over the app's signaling. */
export { offerToLearner, type AnswerOutcome } from './learner-answer';
export { createMadeMedia, openDevices, type LiveMedia } from './live-media';
export { sameState, type LiveNote, type LiveView } from './live-peer';
export { startPageCall, type PageCall, type PageCallScript } from './page-call';
export { startRoomCall, type RoomCall } from './room-call';
export { isCode, tidyCode, type SignalingRefusal } from './signaling-messages';
