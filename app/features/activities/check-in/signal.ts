import type { Said } from './words.ts'

let audio: AudioContext | undefined

/** High and short for a welcome, low and twice for what needs a look: one knows without reading. */
const notes = { good: [880], warn: [440, 440], bad: [220, 220] } as const
const shakes = { good: [60], warn: [60, 80, 60], bad: [200, 80, 200] } as const

/** Heard and felt by who holds the device; a device that can do neither stays quiet. */
export function signal(tone: Said['tone'], sound: boolean): void {
  navigator.vibrate?.([...shakes[tone]])
  if (!sound || typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  notes[tone].forEach((pitch, i) => beep(audio!, pitch, audio!.currentTime + i * 0.18))
}

function beep(context: AudioContext, pitch: number, at: number) {
  const [voice, volume] = [context.createOscillator(), context.createGain()]
  voice.frequency.value = pitch
  volume.gain.setValueAtTime(0.15, at)
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.15)
  voice.connect(volume).connect(context.destination)
  voice.start(at)
  voice.stop(at + 0.16)
}
