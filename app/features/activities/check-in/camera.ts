import decodeQR from 'qr/decode.js'

/** Reads codes from the camera, until it is stopped. */
export interface Camera {
  /** null where the device has no lamp, or does not lend it. */
  light: ((on: boolean) => Promise<void>) | null
  stop(): void
}

export type CameraTrouble = 'refused' | 'none' | 'insecure'

/** A code held before the camera is read many times: between two readings, and before the same code counts again. */
const EVERY = 120
const SAME = 4_000
/** Enough for a code that fills a third of the picture; more costs the battery. */
const WIDTH = 640

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
type DetectorClass = {
  new (options: { formats: string[] }): Detector
  getSupportedFormats?(): Promise<string[]>
}

export async function openCamera(
  video: HTMLVideoElement,
  onCode: (code: string) => void,
): Promise<Camera | CameraTrouble> {
  if (!navigator.mediaDevices) return window.isSecureContext ? 'none' : 'insecure'
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
    video.srcObject = stream
    await video.play()
    const stopReading = readEvery(video, await readerOf(), onCode)
    const [track] = stream.getVideoTracks()
    const stop = () => {
      stopReading()
      for (const one of stream.getTracks()) one.stop()
      video.srcObject = null
    }
    return { stop, light: track ? lightOf(track) : null }
  } catch (error) {
    return (error as DOMException).name === 'NotAllowedError' ? 'refused' : 'none'
  }
}

type Reader = (video: HTMLVideoElement) => Promise<string | null>

/** The browser's own reader where there is one; ours elsewhere. */
async function readerOf(): Promise<Reader> {
  const Native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  const formats = (await Native?.getSupportedFormats?.().catch(() => [])) ?? []
  if (!Native || !formats.includes('qr_code')) return decodeFrame(document.createElement('canvas'))
  const detector = new Native({ formats: ['qr_code'] })
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
}

const decodeFrame =
  (canvas: HTMLCanvasElement): Reader =>
  async (video) => {
    const { videoWidth, videoHeight } = video
    if (videoWidth === 0) return null
    const scale = Math.min(1, WIDTH / videoWidth)
    canvas.width = Math.round(videoWidth * scale)
    canvas.height = Math.round(videoHeight * scale)
    const paper = canvas.getContext('2d', { willReadFrequently: true })!
    paper.drawImage(video, 0, 0, canvas.width, canvas.height)
    return decodeImage(paper.getImageData(0, 0, canvas.width, canvas.height))
  }

/** null: no code in this picture. */
export function decodeImage(image: {
  width: number
  height: number
  data: Uint8Array | Uint8ClampedArray
}): string | null {
  try {
    return decodeQR(image)
  } catch {
    return null
  }
}

function readEvery(video: HTMLVideoElement, read: Reader, onCode: (code: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  let stopped = false
  let last = { code: '', at: 0 }
  const once = async () => {
    const code = await read(video).catch(() => null)
    if (stopped) return
    const now = performance.now()
    const isNew = code !== null && (code !== last.code || now - last.at > SAME)
    if (code) last = { code, at: now }
    if (code && isNew) onCode(code)
    timer = setTimeout(() => void once(), EVERY)
  }
  void once()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

function lightOf(track: MediaStreamTrack): Camera['light'] {
  const able = (track.getCapabilities?.() ?? {}) as { torch?: boolean }
  if (!able.torch) return null
  return (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
}
