import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { organisationReference, personReference } from '#app/features/directory/index.server.ts'
import { territoryReference } from '#app/features/territory/index.server.ts'
import { fileReference, termReference } from '#app/platform/schema.server.ts'

export const activitiesSchema = pgSchema('activities')

const moment = () => timestamp({ withTimezone: true })

export const modes = ['presentiel', 'distanciel', 'hybride'] as const
export const activityRoles = ['organisateur', 'co-organisateur', 'partenaire', 'intervenant', 'participant'] as const
export const scales = ['national', 'regional', 'departemental', 'local'] as const
export const activityStatuses = ['draft', 'published', 'cancelled'] as const
/** `published` is on the public agenda; `unlisted` has a page for who knows its address; `internal` has no public page. */
export const visibilities = ['public', 'unlisted', 'internal'] as const
export const attendanceStatuses = ['registered', 'waitlisted', 'present', 'excused', 'absent', 'cancelled'] as const
export const attendanceModes = ['onsite', 'remote'] as const
export const connectionTools = ['zoom', 'teams', 'bigbluebutton', 'jitsi', 'livestorm', 'other'] as const
/** `replaced`: a more complete file of the same room took its place. */
export const connectionStates = ['draft', 'applied', 'replaced', 'undone'] as const
/** What a name was recognised as when the file was read. */
export const connectionVerdicts = ['sure', 'doubtful', 'unknown', 'aside'] as const
export const connectionDecisions = ['person', 'unidentified', 'aside'] as const

export const attendanceSources = ['registration', 'walk-in', 'sheet', 'connection-list', 'import'] as const
/** A `cycle` trains the same people over several activities; a `suite` is any other list of activities that belong together. */
export const seriesKinds = ['cycle', 'suite'] as const
export const questionKinds = ['text', 'long-text', 'choice', 'choices', 'yes-no'] as const

/** A training cycle or any suite of activities that belong together. */
export const series = activitiesSchema.table(
  'series',
  {
    id: uuid().primaryKey().defaultRandom(),
    slug: text().notNull().unique(),
    title: text().notNull(),
    description: text(),
    kind: text({ enum: seriesKinds }).notNull().default('suite'),
    objectives: text(),
    /** For whom, in words; the profiles stand in series_profile. */
    audience: text(),
    /** Percentage of the activities held that the certificate asks for; null: none is given. */
    requiredShare: integer(),
    plannedMinutes: integer(),
    /** Of its own page, where one registers for the whole. */
    visibility: text({ enum: visibilities }).notNull().default('internal'),
    createdAt: moment().notNull(),
  },
  (table) => [
    check('series_required_share_is_a_percentage', sql`${table.requiredShare} between 1 and 100`),
    check('series_planned_time_is_sensible', sql`${table.plannedMinutes} between 1 and 60000`),
  ],
)

/** Everything the team does with others. Times live in its sessions; startsAt, endsAt and halfDays are kept by a trigger. */
export const activities = activitiesSchema.table(
  'activity',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Part of the public address; never reused, never changed once published. */
    slug: text().notNull().unique(),
    kindId: termReference().notNull(),
    title: text().notNull(),
    summary: text(),
    description: text(),
    status: text({ enum: activityStatuses }).notNull().default('draft'),
    visibility: text({ enum: visibilities }).notNull().default('public'),
    mode: text({ enum: modes }).notNull(),
    role: text({ enum: activityRoles }).notNull(),
    scale: text({ enum: scales }).notNull(),
    mainThemeId: termReference(),
    seriesId: uuid().references(() => series.id, { onDelete: 'set null' }),
    /** The member of the team in charge. */
    leadPersonId: personReference(),
    place: text(),
    address: text(),
    /** Where the half-days are counted. */
    departementId: territoryReference(),
    /** Joining link, given to confirmed remote registrants only. */
    remoteLink: text(),
    /** Said to whoever holds a place on site, to nobody else: access, room, meal. */
    onsiteNote: text(),
    /** Said to whoever holds a remote place, to nobody else: how to connect, where to try beforehand. */
    remoteNote: text(),
    remoteTestLink: text(),
    /** Set by a trigger from the sessions. */
    startsAt: moment(),
    endsAt: moment(),
    computedHalfDays: integer().notNull().default(0),
    halfDaysOverride: integer(),
    halfDaysReason: text(),
    halfDays: integer().notNull().generatedAlwaysAs(sql`coalesce(half_days_override, computed_half_days)`),
    /** People present who could not be named, counted or estimated; never added to people. */
    unidentifiedCount: integer().notNull().default(0),
    unidentifiedBasis: text({ enum: ['counted', 'estimated'] })
      .notNull()
      .default('counted'),
    /** The part of unidentifiedCount that comes from connection lists: what a new list replaces, the rest being counted by hand. */
    unidentifiedConnected: integer().notNull().default(0),
    registrationOpen: boolean().notNull().default(false),
    registrationClosesAt: moment(),
    /** null = no limit. */
    capacityOnsite: integer(),
    capacityRemote: integer(),
    waitingList: boolean().notNull().default(true),
    askAccessibility: boolean().notNull().default(true),
    /** The registration form asks, apart, whether one may be seen on photographs. */
    askPhotos: boolean().notNull().default(false),
    cancelledReason: text(),
    publishedAt: moment(),
    /** Grows with each change sent to registrants: the SEQUENCE of its calendar file (RFC 5545 §3.8.7.4). */
    calendarSequence: integer().notNull().default(0),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
    search: text().notNull().generatedAlwaysAs(sql`platform.normalise(title || ' ' || coalesce(place, ''))`),
  },
  (table) => [
    index('activity_agenda_idx')
      .on(table.startsAt)
      .where(sql`${table.status} <> 'draft' and ${table.visibility} = 'public'`),
    index('activity_coming_idx')
      .on(table.endsAt)
      .where(sql`${table.status} <> 'draft' and ${table.visibility} = 'public'`),
    index('activity_starts_idx').on(table.startsAt),
    index('activity_search_idx').using('gin', sql`${table.search} public.gin_trgm_ops`),
    check('activity_has_a_title', sql`length(trim(${table.title})) > 0`),
    check(
      'activity_capacity_is_sensible',
      sql`coalesce(${table.capacityOnsite}, 0) between 0 and 100000 and coalesce(${table.capacityRemote}, 0) between 0 and 100000`,
    ),
    check('activity_unidentified_is_sensible', sql`${table.unidentifiedCount} between 0 and 100000`),
    check(
      'activity_override_has_a_reason',
      sql`${table.halfDaysOverride} is null or (${table.halfDaysOverride} between 0 and 1000 and length(trim(coalesce(${table.halfDaysReason}, ''))) > 0)`,
    ),
  ],
)

const activityReference = () =>
  uuid()
    .notNull()
    .references(() => activities.id, { onDelete: 'cascade' })

export const sessions = activitiesSchema.table(
  'session',
  {
    id: uuid().primaryKey().defaultRandom(),
    activityId: activityReference(),
    title: text(),
    startsAt: moment().notNull(),
    endsAt: moment().notNull(),
    place: text(),
    remoteLink: text(),
  },
  (table) => [
    index('session_activity_idx').on(table.activityId, table.startsAt),
    index('session_starts_idx').on(table.startsAt),
    check('session_ends_after_it_starts', sql`${table.endsAt} > ${table.startsAt}`),
    check('session_is_not_endless', sql`${table.endsAt} <= ${table.startsAt} + interval '60 days'`),
  ],
)

export const activityThemes = activitiesSchema.table(
  'activity_theme',
  { activityId: activityReference(), themeId: termReference().notNull() },
  (table) => [
    primaryKey({ columns: [table.activityId, table.themeId] }),
    index('activity_theme_idx').on(table.themeId),
  ],
)

export const activityTerritories = activitiesSchema.table(
  'activity_territory',
  { activityId: activityReference(), territoryId: territoryReference().notNull() },
  (table) => [
    primaryKey({ columns: [table.activityId, table.territoryId] }),
    index('activity_territory_idx').on(table.territoryId),
  ],
)

export const activityPartners = activitiesSchema.table(
  'activity_partner',
  { activityId: activityReference(), organisationId: organisationReference().notNull(), part: text() },
  (table) => [
    primaryKey({ columns: [table.activityId, table.organisationId] }),
    index('activity_partner_idx').on(table.organisationId),
  ],
)

/** Programme: a moment of a session, with who speaks. */
export const programmeItems = activitiesSchema.table(
  'programme_item',
  {
    id: uuid().primaryKey().defaultRandom(),
    activityId: activityReference(),
    position: integer().notNull(),
    startsAt: moment(),
    title: text().notNull(),
    description: text(),
  },
  (table) => [index('programme_item_activity_idx').on(table.activityId, table.position)],
)

/** A speaker, found in the directory or not; name and function are those of that day. */
export const speakers = activitiesSchema.table(
  'speaker',
  {
    id: uuid().primaryKey().defaultRandom(),
    activityId: activityReference(),
    programmeItemId: uuid().references(() => programmeItems.id, { onDelete: 'set null' }),
    position: integer().notNull(),
    personId: personReference(),
    name: text().notNull(),
    function: text(),
    organisationId: organisationReference(),
    organisationName: text(),
  },
  (table) => [
    index('speaker_activity_idx').on(table.activityId, table.position),
    index('speaker_person_idx').on(table.personId),
  ],
)

/** A document of an activity: an uploaded file or a link. */
export const activityDocuments = activitiesSchema.table(
  'document',
  {
    id: uuid().primaryKey().defaultRandom(),
    activityId: activityReference(),
    position: integer().notNull(),
    title: text().notNull(),
    fileId: fileReference(),
    url: text(),
    public: boolean().notNull().default(false),
    createdAt: moment().notNull(),
  },
  (table) => [
    index('document_activity_idx').on(table.activityId, table.position),
    check('document_is_a_file_or_a_link', sql`(${table.fileId} is null) <> (${table.url} is null)`),
  ],
)

/** A question the team adds to a registration form; shown when `condition` holds. */
export const questions = activitiesSchema.table(
  'question',
  {
    id: uuid().primaryKey().defaultRandom(),
    activityId: activityReference(),
    position: integer().notNull(),
    label: text().notNull(),
    hint: text(),
    kind: text({ enum: questionKinds }).notNull(),
    required: boolean().notNull().default(false),
    options: jsonb().$type<string[]>().notNull().default([]),
    /** Shown only when the answer to another question, or the mode chosen, is one of these. */
    condition: jsonb().$type<{ questionId?: string; mode?: boolean; oneOf: string[] } | null>(),
  },
  (table) => [index('question_activity_idx').on(table.activityId, table.position)],
)

/** One row per person and activity. Profile, function, organisation and département are those of the activity's date. */
export const attendances = activitiesSchema.table(
  'attendance',
  {
    id: uuid().primaryKey().defaultRandom(),
    activityId: uuid()
      .notNull()
      .references(() => activities.id, { onDelete: 'restrict' }),
    personId: personReference().notNull(),
    status: text({ enum: attendanceStatuses }).notNull(),
    mode: text({ enum: attendanceModes }).notNull().default('onsite'),
    source: text({ enum: attendanceSources }).notNull(),
    /** Order of arrival, drawn under the lock of the activity. */
    arrival: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    profileId: termReference(),
    function: text(),
    organisationId: organisationReference(),
    organisationName: text(),
    departementId: territoryReference(),
    accessibilityNeeds: text(),
    answers: jsonb().$type<Record<string, string | string[]>>().notNull().default({}),
    /** Minutes connected during the sessions, overlaps counted once; null: no connection list knows this person. */
    connectedMinutes: integer(),
    registeredAt: moment().notNull(),
    statusAt: moment().notNull(),
    /** Changes when the registrant's link must stop working (see signed-link). */
    linkVersion: integer().notNull().default(1),
    reminderSentAt: moment(),
    /** The joining link, sent again shortly before to who holds a remote place. */
    linkSentAt: moment(),
    /** This person wants no message once an activity is over; it holds for all their activities. */
    followUpRefusedAt: moment(),
    /** The form it came from: sent twice by one click too many, it gets the same answer. */
    formId: uuid(),
    /** The activity’s calendar sequence this person was last told of: each change is told once. */
    toldSequence: integer().notNull().default(0),
  },
  (table) => [
    unique('attendance_person_once').on(table.activityId, table.personId),
    index('attendance_person_idx').on(table.personId),
    index('attendance_status_idx').on(table.activityId, table.status, table.mode, table.arrival),
    index('attendance_organisation_idx').on(table.organisationId),
  ],
)

/** A link that lets somebody without an account hold the door of one activity, until the end of its day. */
export const checkInLinks = activitiesSchema.table(
  'check_in_link',
  {
    id: uuid().primaryKey().defaultRandom(),
    activityId: activityReference(),
    /** Who holds it: « Tablette de l’entrée ». The audit trail signs with it. */
    label: text().notNull(),
    createdAt: moment().notNull(),
    createdBy: text().notNull(),
    revokedAt: moment(),
  },
  (table) => [index('check_in_link_activity_idx').on(table.activityId, table.createdAt)],
)

export const checkInOutcomes = ['entered', 'undone', 'added', 'found', 'already-present'] as const

/** What a device did at a door, under the key the device gave it: sent twice, it is done once and answered the same. */
export const checkInGestures = activitiesSchema.table(
  'check_in_gesture',
  {
    key: uuid().primaryKey(),
    activityId: activityReference(),
    /** null once a walk-in was taken off the list. */
    attendanceId: uuid().references(() => attendances.id, { onDelete: 'set null' }),
    outcome: text({ enum: checkInOutcomes }).notNull(),
    /** What the row was: « annuler » gives it back. null where there was no row. */
    beforeStatus: text({ enum: attendanceStatuses }),
    beforeMode: text({ enum: attendanceModes }),
    at: moment().notNull(),
  },
  (table) => [
    index('check_in_gesture_activity_idx').on(table.activityId),
    index('check_in_gesture_attendance_idx').on(table.attendanceId, table.at),
    index('check_in_gesture_at_idx').on(table.at),
  ],
)

/** A connection list of a video meeting, read once: its file is not kept. */
export const connectionImports = activitiesSchema.table(
  'connection_import',
  {
    id: uuid().primaryKey().defaultRandom(),
    activityId: activityReference(),
    fileName: text().notNull(),
    tool: text({ enum: connectionTools }).notNull(),
    /** SHA-256 of the file: sent twice, it is the same list. */
    digest: text().notNull(),
    state: text({ enum: connectionStates }).notNull().default('draft'),
    /** Who has been connected long enough: so many minutes, or such a share of the session. One of them at most. */
    minimumMinutes: integer(),
    minimumShare: integer(),
    /** Minutes added to every time of the file, written on the clock of another country. */
    shift: integer().notNull().default(0),
    createdAt: moment().notNull(),
    createdBy: text().notNull(),
    appliedAt: moment(),
    /** Names and addresses of those who connected were erased. */
    forgottenAt: moment(),
  },
  (table) => [
    index('connection_import_activity_idx').on(table.activityId, table.createdAt),
    index('connection_import_kept_idx').on(table.createdAt).where(sql`${table.forgottenAt} is null`),
    check(
      'connection_minimum_is_sensible',
      sql`coalesce(${table.minimumMinutes}, 0) between 0 and 1440 and coalesce(${table.minimumShare}, 0) between 0 and 100`,
    ),
    check('connection_minimum_is_one', sql`${table.minimumMinutes} is null or ${table.minimumShare} is null`),
  ],
)

/** Somebody as a connection list shows them. */
export const connectionParticipants = activitiesSchema.table(
  'connection_participant',
  {
    id: uuid().primaryKey().defaultRandom(),
    importId: uuid()
      .notNull()
      .references(() => connectionImports.id, { onDelete: 'cascade' }),
    /** Sealed with the key of the house: says that two connections bear one name, never which. */
    key: text().notNull(),
    /** As the file writes them; erased thirty days after. */
    name: text(),
    email: text(),
    role: text({ enum: ['host', 'participant'] }).notNull(),
    phone: boolean().notNull().default(false),
    /** People behind this connection. */
    heads: integer().notNull().default(1),
    /** Seconds since 1970: [[from, to], …]. */
    joins: jsonb().$type<[number, number][]>().notNull().default([]),
    /** Where the file gives a duration without times. */
    saidSeconds: integer(),
    verdict: text({ enum: connectionVerdicts }).notNull(),
    /** null: to be decided. */
    decision: text({ enum: connectionDecisions }),
    /** Decided by somebody, not proposed. */
    byHand: boolean().notNull().default(false),
    personId: personReference(),
  },
  (table) => [
    unique('connection_participant_once').on(table.importId, table.key),
    index('connection_participant_key_idx').on(table.key),
    index('connection_participant_person_idx').on(table.personId),
    check(
      'connection_person_is_decided',
      sql`(${table.decision} is not distinct from 'person') = (${table.personId} is not null)`,
    ),
    check('connection_heads_are_sensible', sql`${table.heads} between 1 and 500`),
  ],
)

/** What a list did to a row of the attendance sheet: undoing it gives back what the row was. */
export const connectionEffects = activitiesSchema.table(
  'connection_effect',
  {
    importId: uuid()
      .notNull()
      .references(() => connectionImports.id, { onDelete: 'cascade' }),
    attendanceId: uuid()
      .notNull()
      .references(() => attendances.id, { onDelete: 'cascade' }),
    /** null: the list added the row. */
    beforeStatus: text({ enum: attendanceStatuses }),
    beforeMode: text({ enum: attendanceModes }),
    afterStatus: text({ enum: attendanceStatuses }).notNull(),
    afterMode: text({ enum: attendanceModes }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.attendanceId] }),
    index('connection_effect_attendance_idx').on(table.attendanceId),
  ],
)
