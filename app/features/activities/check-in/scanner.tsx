import { useEffect, useRef, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { type Camera, type CameraTrouble, openCamera } from './camera.ts'

const troubles: Record<CameraTrouble, string> = {
  refused:
    'L’appareil photo est refusé à cette page. Autorisez-le dans les réglages du navigateur, ou cherchez les personnes par leur nom.',
  none: 'Cet appareil n’a pas d’appareil photo disponible. Cherchez les personnes par leur nom.',
  insecure: 'L’appareil photo ne s’ouvre que sur une adresse en https. Cherchez les personnes par leur nom.',
}

/** The camera, opened when asked for and closed with the page. */
export function Scanner({ onCode, disabled }: { onCode: (code: string) => void; disabled: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="check-in-scanner">
      <Button
        look={open ? 'quiet' : 'primary'}
        disabled={disabled}
        aria-pressed={open}
        onClick={() => setOpen((before) => !before)}
      >
        {open ? 'Fermer l’appareil photo' : 'Lire les billets'}
      </Button>
      {open && <View onCode={onCode} />}
    </div>
  )
}

function View({ onCode }: { onCode: (code: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const read = useRef(onCode)
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null)
  const [camera, setCamera] = useState<Camera | null>(null)
  useEffect(() => {
    read.current = onCode
  }, [onCode])
  useEffect(() => {
    let opened: Camera | undefined
    let left = false
    void openCamera(video.current!, (code) => read.current(code)).then((answer) => {
      if (typeof answer === 'string') return setTrouble(answer)
      opened = answer
      if (left) answer.stop()
      else setCamera(answer)
    })
    return () => {
      left = true
      opened?.stop()
    }
  }, [])
  useAwake()
  return (
    <>
      {trouble && <Notice tone="warn">{troubles[trouble]}</Notice>}
      <video
        ref={video}
        muted
        playsInline
        hidden={trouble !== null}
        aria-label="Image de l’appareil photo : présentez le code du billet"
      />
      {camera?.light && <Lamp light={camera.light} />}
    </>
  )
}

function Lamp({ light }: { light: NonNullable<Camera['light']> }) {
  const [on, setOn] = useState(false)
  const turn = async () => {
    await light(!on)
    setOn(!on)
  }
  return (
    <Button small aria-pressed={on} onClick={() => void turn()}>
      {on ? 'Éteindre la lampe' : 'Allumer la lampe'}
    </Button>
  )
}

/** A screen that goes dark between two people stops the camera. */
function useAwake() {
  useEffect(() => {
    const asked = navigator.wakeLock?.request('screen').catch(() => null)
    return () => void asked?.then((lock) => lock?.release())
  }, [])
}
