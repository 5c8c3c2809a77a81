import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { type DataSection, ERASED, type PersonalData, type Subject } from '#app/platform/personal-data.server.ts'
import { type Role, roleLabels } from '#app/platform/permissions.ts'
import { formatDate, formatDateTime } from '#app/ui/french.ts'

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`

/** The account of a member of the team: closed before its person can be erased, then gone with all that hangs on it. */
export const accountsPersonalData: PersonalData = {
  key: 'accounts',
  tables: {
    'accounts.user': 'deleted',
    'accounts.session': 'deleted',
    'accounts.one_time_link': 'deleted',
    'accounts.totp': 'deleted',
    'accounts.recovery_code': 'deleted',
    'accounts.passkey': 'deleted',
    'accounts.external_identity': 'deleted',
    'accounts.pending_step': 'deleted',
    'accounts.sign_in': 'deleted',
  },
  traces: sql`select 'user' as entity, id::text as entity_id, person_id from accounts."user"`,
  lastActions: sql`select person_id, 'sign-in' as kind, last_seen_at as at from accounts."user" where last_seen_at is not null`,
  obstacles: (records) => sql`
    select person_id, 'account' as why from accounts."user" where status = 'active' and person_id = any(${uuids(records)})`,
  collect: collectAccount,
  erase: eraseAccount,
}

async function collectAccount(ctx: AppContext, { records }: Subject): Promise<DataSection[]> {
  const { rows } = await ctx.db.execute<{
    email: string
    role: Role
    status: string
    made: string
    seen: string | null
  }>(sql`
    select email, role, status, created_at as made, last_seen_at as seen from accounts."user" where person_id = any(${uuids(records)})`)
  if (rows.length === 0) return []
  const entries = rows.map(({ email, role, status, made, seen }) => ({
    facts: [
      ['Adresse de connexion', email],
      ['Rôle', roleLabels[role]],
      ['État', status === 'active' ? 'ouvert' : 'suspendu'],
      ['Créé le', formatDate(new Date(made))],
      ['Dernière connexion', seen ? formatDate(new Date(seen)) : null],
    ] as [string, string | null][],
  }))
  return [{ key: 'account', title: 'Compte dans l’équipe', entries }, await signIns(ctx, records)]
}

async function signIns(ctx: AppContext, records: readonly string[]): Promise<DataSection> {
  const { rows } = await ctx.db.execute<{ at: string; device: string | null; network: string | null }>(sql`
    select s.at, s.device, s.network from accounts.sign_in s join accounts."user" u on u.id = s.user_id
    where u.person_id = any(${uuids(records)}) order by s.id desc limit 1000`)
  const entries = rows.map(({ at, device, network }) => ({
    facts: [
      ['Le', formatDateTime(new Date(at))],
      ['Appareil', device],
      ['Réseau', network],
    ] as [string, string | null][],
  }))
  return { key: 'sign-ins', title: 'Connexions au bureau', entries }
}

async function eraseAccount(tx: Database, _ctx: AppContext, { records }: { records: readonly string[] }) {
  const theirs = sql`(select id from accounts."user" where person_id = any(${uuids(records)}))`
  await tx.execute(sql`update platform.change set actor_id = null, actor_label = ${ERASED} where actor_id in ${theirs}`)
  await tx.execute(sql`delete from accounts."user" where person_id = any(${uuids(records)})`)
}
