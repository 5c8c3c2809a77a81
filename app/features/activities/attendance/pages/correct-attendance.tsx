import { data, redirect } from 'react-router'
import type { Route } from './+types/correct-attendance'
import { departementOptions } from '#app/features/territory/index.server.ts'
import { can } from '#app/platform/context.ts'
import { parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { termOptions, termsOf } from '#app/platform/terms.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { LinkButton } from '#app/ui/button.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { minutesSaid } from '../../connections/sentences.ts'
import { attendanceSourceLabels, attendanceStatusLabels } from '../../labels.ts'
import { AskCertificate } from '../../certificates/ask-certificate.tsx'
import { attendanceRecord } from '../attendance-record.server.ts'
import { correctAttendance } from '../correct-attendance.server.ts'
import { CorrectionForm, History, KnownSituation, Untick } from '../correction-form.tsx'
import { correctionForm } from '../forms.server.ts'
import { markAttendance } from '../mark-attendance.server.ts'
import { refusalOf } from '../sentences.ts'

const idsOf = (params: { id?: string; attendanceId?: string }) => ({
  activityId: idParam(params.id),
  attendanceId: idParam(params.attendanceId),
})

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const record = await attendanceRecord(ctx, idsOf(params))
  if (!record) throw notFound()
  return {
    record,
    mayWrite: can(ctx.actor, 'attendance:write'),
    profiles: termOptions(await termsOf(ctx.db, 'profil'), record.snapshot.profileId),
    departements: await departementOptions(ctx),
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const ids = idsOf(params)
  const list = `/bureau/activites/${ids.activityId}/presence`
  const form = await parseForm(request, correctionForm)
  if (!form.ok) return data({ ...form.error }, { status: 400 })
  const { intent, fonction, profil, departement, annuaire, organisation, organisationId } = form.value
  const result =
    intent === 'a-pointer'
      ? await markAttendance(ctx, {
          activityId: ids.activityId,
          marks: [{ attendanceId: ids.attendanceId, status: 'registered' }],
        })
      : await correctAttendance(ctx, {
          ...ids,
          function: fonction,
          profileId: profil,
          departementId: departement,
          organisationId,
          organisationName: organisation,
          toDirectory: annuaire,
        })
  if (result.ok) return redirect(list)
  const { status, message, field = '' } = refusalOf(result.error)
  return data({ errors: { [field]: [message] }, values: {} }, { status })
}

export default function CorrectAttendance({ loaderData, actionData }: Route.ComponentProps) {
  const { record, mayWrite, profiles, departements } = loaderData
  const list = `/bureau/activites/${record.activityId}/presence`
  return (
    <OfficePage>
      <title>{`${record.name} – ${record.activityTitle}`}</title>
      <PageHead
        title={record.name}
        breadcrumb={[
          { label: 'Activités', href: '/bureau/activites' },
          { label: record.activityTitle, href: list },
          { label: 'Présence', href: list },
        ]}
        detail={
          <>
            {attendanceStatusLabels[record.status]} · {attendanceSourceLabels[record.source].toLowerCase()}
            {record.connectedMinutes !== null && ` · connexion de ${minutesSaid(record.connectedMinutes)}`} · situation
            au <Day date={record.day} style="long" />
          </>
        }
        actions={
          <>
            {mayWrite && record.status === 'present' && <AskCertificate record={record} />}
            <LinkButton href={`/bureau/personnes/${record.personId}`}>Fiche de la personne</LinkButton>
          </>
        }
      />
      <div className="main-side">
        <div className="stack">
          <CorrectionForm {...{ record, profiles, departements, mayWrite }} failure={actionData} back={list} />
        </div>
        <div className="stack">
          <KnownSituation record={record} mayWrite={mayWrite} />
          {mayWrite && <Untick record={record} />}
          <History record={record} />
        </div>
      </div>
    </OfficePage>
  )
}
