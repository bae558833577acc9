/** Two short notes, made here: no file has to be fetched. */
const NOTES = [
  { hertz: 880, at: 0 },
  { hertz: 1_318.5, at: 0.09 },
];
const FADE_S = 0.22;
const LOUDNESS = 0.12;
const APART_MS = 1_000;

let context: AudioContext | undefined;
let playedAt = -Infinity;

/** To be called once the person has touched the page: no browser lets it make a sound before. */
export function unlockSound() {
  if (!('AudioContext' in globalThis)) return;
  context ??= new AudioContext();
  if (context.state === 'suspended') context.resume().catch(() => undefined);
}

/** At most once a second. */
export function playSound() {
  unlockSound();
  const now = performance.now();
  if (!context || now - playedAt < APART_MS) return;
  playedAt = now;
  for (const { hertz, at } of NOTES) playNote(context, hertz, context.currentTime + at);
}

function playNote(audio: AudioContext, hertz: number, start: number) {
  const tone = new OscillatorNode(audio, { frequency: hertz });
  const loudness = new GainNode(audio, { gain: 0 });
  loudness.gain.setValueAtTime(0, start);
  // From silence and back to it: a sudden step would be heard as a click.
  loudness.gain.linearRampToValueAtTime(LOUDNESS, start + 0.01);
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + FADE_S);
  tone.connect(loudness).connect(audio.destination);
  tone.start(start);
  tone.stop(start + FADE_S);
}
