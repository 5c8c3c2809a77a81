import { z } from 'zod'
import { fields } from '#app/platform/forms.server.ts'
import { activityRoles, modes, scales, visibilities } from '../schema.server.ts'
import * as field from './fields.server.ts'

const MAX_CAPACITY = 100_000

/** What an activity is: asked at its creation, and later. */
const essentials = {
  title: fields.line(200, 'Donnez un titre à cette activité.'),
  kindId: field.code('Choisissez un type d’activité.'),
  mode: field.choice(modes, 'Choisissez un format.'),
  role: field.choice(activityRoles, 'Dites quel était le rôle du centre.'),
  scale: field.choice(scales, 'Choisissez une échelle.'),
  mainThemeId: field.optionalCode(),
  place: fields.optionalLine(200),
  departementId: field.optionalCode(),
  remoteLink: field.optionalLink(),
}

/** One session in words of forms: a day, two hours; the last day only when it is another one. */
export const sessionFields = {
  day: field.day(),
  start: field.time('Donnez l’heure de début.'),
  end: field.time('Donnez l’heure de fin.'),
  endDay: field.optionalDay(),
}

export const newActivityInput = z.object({ ...essentials, ...sessionFields })
export type NewActivityInput = z.output<typeof newActivityInput>

export const sessionInput = z.object({
  id: fields.optionalId(),
  title: fields.optionalLine(200),
  ...sessionFields,
  place: fields.optionalLine(200),
  remoteLink: field.optionalLink(),
})
export type SessionInput = z.output<typeof sessionInput>

export const partnerInput = z.object({
  organisationId: fields.optionalId(),
  organisationName: fields.optionalLine(200),
  part: fields.optionalLine(200),
  /** The organisation is not in the directory yet: add it. */
  addIt: fields.tick(),
})
export type PartnerInput = z.output<typeof partnerInput>

export const activityInput = z.object({
  ...essentials,
  address: fields.optionalLine(300),
  onsiteNote: fields.optionalText(2000),
  remoteNote: fields.optionalText(2000),
  remoteTestLink: field.optionalLink(),
  summary: fields.optionalText(500),
  description: fields.optionalText(10_000),
  visibility: field.choice(visibilities, 'Dites qui peut voir cette activité.'),
  seriesId: fields.optionalId(),
  leadPersonId: fields.optionalId(),
  registrationOpen: fields.tick(),
  registrationClosesAt: field.optionalInstant(),
  capacityOnsite: fields.optionalInteger(1, MAX_CAPACITY),
  capacityRemote: fields.optionalInteger(1, MAX_CAPACITY),
  waitingList: fields.tick(),
  askAccessibility: fields.tick(),
  askPhotos: fields.tick(),
  themeIds: field.codes(20),
  territoryIds: field.codes(60),
  sessions: z.array(sessionInput).max(60, 'Soixante séances au plus.').default([]),
  partners: z.array(partnerInput).max(100, 'Cent partenaires au plus.').default([]),
})
export type ActivityInput = z.output<typeof activityInput>

const speakerInput = z.object({
  id: fields.optionalId(),
  personId: fields.optionalId(),
  name: fields.optionalLine(200),
  function: fields.optionalLine(200),
  organisationId: fields.optionalId(),
  organisationName: fields.optionalLine(200),
})
export type SpeakerInput = z.output<typeof speakerInput>

const speakerList = z.array(speakerInput).max(100, 'Cent intervenants au plus.').default([])

export const programmeInput = z.object({
  items: z
    .array(
      z.object({
        id: fields.optionalId(),
        day: field.optionalDay(),
        time: field.optionalTime(),
        title: fields.line(300, 'Donnez un titre à ce moment.'),
        description: fields.optionalText(4000),
        speakers: speakerList,
      }),
    )
    .max(150, 'Cent cinquante moments au plus.')
    .default([]),
  speakers: speakerList,
})
export type ProgrammeInput = z.output<typeof programmeInput>

export const halfDaysInput = z.object({
  halfDays: fields.optionalInteger(0, 1000),
  halfDaysReason: fields.optionalLine(300),
})

/** The first day of the copy. */
export const duplicateInput = z.object({ newDay: field.day(), newTitle: fields.optionalLine(200) })

export const documentInput = z.object({
  title: fields.optionalLine(200),
  url: field.optionalLink(),
  public: fields.tick(),
})

export const reasonInput = z.object({ reason: fields.optionalLine(500) })
