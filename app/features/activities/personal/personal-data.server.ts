import { sql } from 'drizzle-orm'
import type { PersonalData } from '#app/platform/personal-data.server.ts'
import { collectActivities } from './collect.server.ts'
import { eraseFromActivities } from './erase.server.ts'

/** What activities hold of a person. Presences stay, of nobody: every figure counts them (decision 0013). */
export const activitiesPersonalData: PersonalData = {
  key: 'activities',
  tables: {
    'activities.attendance': {
      erased: [
        'id',
        'person_id',
        'function',
        'organisation_id',
        'organisation_name',
        'accessibility_needs',
        'answers',
        'registered_at',
        'status_at',
        'link_version',
        'reminder_sent_at',
        'link_sent_at',
        'follow_up_refused_at',
        'form_id',
        'told_sequence',
      ],
      kept: ['activity_id', 'status', 'mode', 'source', 'arrival', 'profile_id', 'departement_id', 'connected_minutes'],
    },
    'activities.speaker': {
      erased: ['person_id', 'name', 'function', 'organisation_id', 'organisation_name'],
      kept: ['id', 'activity_id', 'programme_item_id', 'position'],
    },
    'activities.activity': { erased: ['lead_person_id'], kept: 'the-rest' },
    'activities.follow_up': { erased: ['updated_by'], kept: 'the-rest' },
    'activities.check_in_link': { erased: ['created_by', 'label'], kept: 'the-rest' },
    'activities.certificate': 'deleted',
    'activities.follow_up_send': 'deleted',
    'activities.check_in_gesture': 'deleted',
    'activities.connection_participant': 'deleted',
    'activities.connection_effect': 'deleted',
    'activities.connection_import': { erased: ['created_by'], kept: 'the-rest' },
  },
  traces: sql`select 'attendance' as entity, id::text as entity_id, person_id from activities.attendance
    union all select 'certificate', id::text, person_id from activities.certificate`,
  // who changes or gives back a registration without a session does it from their own link
  lastActions: sql`
    select person_id, 'registration' as kind, max(registered_at) as at from activities.attendance
      where source = 'registration' group by person_id
    union all select n.person_id, 'presence', max(a.starts_at) from activities.attendance n
      join activities.activity a on a.id = n.activity_id where n.status = 'present' group by n.person_id
    union all select s.person_id, 'presence', max(a.starts_at) from activities.speaker s
      join activities.activity a on a.id = s.activity_id where s.person_id is not null and a.status = 'published' group by s.person_id
    union all select n.person_id, 'link', max(c.at) from platform.change c
      join activities.attendance n on n.id::text = c.entity_id
      where c.entity = 'attendance' and c.actor_id is null
        and c.action in ('activities.registration-changed', 'activities.registration-cancelled') group by n.person_id`,
  collect: collectActivities,
  erase: eraseFromActivities,
}
