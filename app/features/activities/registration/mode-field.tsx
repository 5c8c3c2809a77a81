import { RadioGroup } from '#app/ui/choices.tsx'
import { plural } from '#app/ui/french.ts'
import { attendanceModeLabels, type AttendanceMode } from '../labels.ts'
import { placesLeft, type Places, type Standing } from './state.ts'

interface Props {
  modes: readonly AttendanceMode[]
  places: Places
  waitingList: boolean
  value?: string | null
  /** The place one already holds: what is left does not matter there. */
  own?: AttendanceMode
  errors?: string[]
}

/** On site or remote, where both are possible. */
export function ModeField({ modes, places, waitingList, value, own, errors }: Props) {
  if (modes.length < 2) return null
  return (
    <RadioGroup
      name="mode"
      label="Vous participez"
      required
      errors={errors}
      defaultValue={value}
      options={modes.map((mode) => ({
        value: mode,
        label: attendanceModeLabels[mode],
        hint: mode === own ? 'Votre choix actuel' : hintOf(places[mode], waitingList),
      }))}
    />
  )
}

function hintOf(standing: Standing | undefined, waitingList: boolean): string | undefined {
  const left = standing ? placesLeft(standing) : null
  if (left === null) return undefined
  if (left > 0) return plural(left, 'place restante', 'places restantes')
  return waitingList ? 'Complet\u202f: liste d’attente' : 'Complet'
}
