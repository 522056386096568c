/** Sound and picture to send; `stop` gives back what was taken. */
export type LiveMedia = {
  track(kind: 'audio' | 'video'): MediaStreamTrack;
  stop(): void;
};

const SIZE = { width: 160, height: 120 };
const TONE_HZ = 330;

/** A tone and a moving square, made by the page: no device and no permission is needed. */
export function createMadeMedia(): LiveMedia {
  const stops: (() => void)[] = [];
  return {
    track(kind) {
      return kind === 'audio' ? makeTone(stops) : makePicture(stops);
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}

/** The learner's own microphone and camera, if they allow it. @throws DOMException when they do not, or have none */
export async function openDevices(kinds: { audio: boolean; video: boolean }): Promise<LiveMedia> {
  const stream = await navigator.mediaDevices.getUserMedia(kinds);
  const made = createMadeMedia();
  return {
    track: (kind) =>
      stream
        .getTracks()
        .find((track) => track.kind === kind)
        ?.clone() ?? made.track(kind),
    stop() {
      for (const track of stream.getTracks()) track.stop();
      made.stop();
    },
  };
}

function makeTone(stops: (() => void)[]): MediaStreamTrack {
  const context = new AudioContext();
  const tone = context.createOscillator();
  tone.frequency.value = TONE_HZ;
  const destination = context.createMediaStreamDestination();
  tone.connect(destination);
  tone.start();
  const [track] = destination.stream.getAudioTracks();
  if (!track) throw new Error('the audio context made no track');
  stops.push(() => {
    track.stop();
    void context.close();
  });
  return track;
}

function makePicture(stops: (() => void)[]): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), SIZE);
  const pen = canvas.getContext('2d');
  let frame = 0;
  const timer = setInterval(() => {
    if (!pen) return;
    pen.fillStyle = '#123';
    pen.fillRect(0, 0, SIZE.width, SIZE.height);
    pen.fillStyle = '#7dd';
    pen.fillRect((frame++ * 4) % SIZE.width, 40, 40, 40);
  }, 100);
  const [track] = canvas.captureStream(10).getVideoTracks();
  if (!track) throw new Error('the canvas made no track');
  stops.push(() => {
    clearInterval(timer);
    track.stop();
  });
  return track;
}
