import type { ComponentType } from 'react';
import type * as z from 'zod/mini';
import type { LabId } from './catalogue';
import type { Lab, LabLiveProps, LabViewProps } from './define-lab';

/** A lab with its picture, whose params and result only the two of them know. */
export type LabModule = {
  lab: Lab<z.ZodMiniType<object>>;
  View: ComponentType<LabViewProps<object, unknown>>;
  /** Fetches the live part, of a lab that has one. */
  loadLive?: (() => Promise<{ default: ComponentType<LabLiveProps<object, unknown>> }>) | undefined;
};

/** The two files of each lab, so that a page carries only the labs that stand on it. */
const files: Record<LabId, () => Promise<[{ lab: unknown }, { default: unknown }]>> = {
  bdp: () => Promise.all([import('./bdp/lab'), import('./bdp/view')]),
  congestion: () => Promise.all([import('./congestion/lab'), import('./congestion/view')]),
  'event-stream': () => Promise.all([import('./event-stream/lab'), import('./event-stream/view')]),
  'head-of-line': () => Promise.all([import('./head-of-line/lab'), import('./head-of-line/view')]),
  hpack: () => Promise.all([import('./hpack/lab'), import('./hpack/view')]),
  sdp: () => Promise.all([import('./sdp/lab'), import('./sdp/view')]),
  'sdp-exchange': () => Promise.all([import('./sdp-exchange/lab'), import('./sdp-exchange/view')]),
  'sliding-window': () => Promise.all([import('./sliding-window/lab'), import('./sliding-window/view')]),
  'slow-start': () => Promise.all([import('./slow-start/lab'), import('./slow-start/view')]),
  'sse-live': () => Promise.all([import('./sse-live/lab'), import('./sse-live/view')]),
  'tcp-handshake': () => Promise.all([import('./tcp-handshake/lab'), import('./tcp-handshake/view')]),
  'tcp-segment': () => Promise.all([import('./tcp-segment/lab'), import('./tcp-segment/view')]),
  'tcp-teardown': () => Promise.all([import('./tcp-teardown/lab'), import('./tcp-teardown/view')]),
  'tcp-tuning': () => Promise.all([import('./tcp-tuning/lab'), import('./tcp-tuning/view')]),
  'ws-frame': () => Promise.all([import('./ws-frame/lab'), import('./ws-frame/view')]),
  'ws-handshake': () => Promise.all([import('./ws-handshake/lab'), import('./ws-handshake/view')]),
};

/** The live parts, of labs that have one: fetched when the learner opens it. */
const liveFiles: Partial<Record<LabId, () => Promise<{ default: unknown }>>> = {
  sdp: () => import('./sdp/live'),
  'sse-live': () => import('./sse-live/live'),
  'ws-frame': () => import('./ws-frame/live'),
  'ws-handshake': () => import('./ws-handshake/live'),
  'sdp-exchange': () => import('./sdp-exchange/live'),
};

/** Fetches a lab's code; the bundler makes a script of its own of each. */
export async function loadLab(id: LabId): Promise<LabModule> {
  const [{ lab }, { default: View }] = await files[id]();
  return { lab, View, loadLive: liveFiles[id] } as LabModule;
}
