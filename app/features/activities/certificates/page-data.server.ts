import { data, redirect } from 'react-router'
import { type AppContext, can } from '#app/platform/context.ts'
import { readForm } from '#app/platform/forms.server.ts'
import { readProgress } from '#app/platform/progress.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { askCertificates } from './bulk.server.ts'
import { issueCertificate, type IssueError } from './issue.server.ts'
import { certificateList } from './list.server.ts'
import { PART } from './queries.server.ts'
import type { Subject } from './subject.server.ts'
import { notEntitledSentence, subjectSentence } from './words.ts'

/** What the page of an activity and that of a cycle both show. */
export async function certificatesPage(ctx: AppContext, subject: Subject, url: URL) {
  const list = await certificateList(ctx, subject)
  if (!list) throw notFound()
  const lot = url.searchParams.get('lot')
  const progress = lot ? await readProgress(ctx, idParam(lot)) : null
  const { refusal, ...rest } = list
  return {
    ...rest,
    subject,
    sentence: refusal && subjectSentence(refusal),
    progress,
    parts: Math.ceil(list.given / PART),
    may: { write: can(ctx.actor, 'attendance:write'), export: can(ctx.actor, 'attendance:export') },
  }
}

/** Everybody's at once, as a job; or one person's, opened at once. */
export async function certificatesAction(ctx: AppContext, subject: Subject, request: Request) {
  const form = await readForm(request)
  const intent = String(form.get('intent') ?? '')
  if (intent === 'tous' || intent === 'envoyer') {
    const asked = await askCertificates(ctx, { subject, send: intent === 'envoyer' })
    if (asked.ok) return redirect(`${new URL(request.url).pathname}?lot=${asked.value.progressId}`, 303)
    return refused(asked.error)
  }
  if (intent !== 'une') return data({ sentence: 'Cette action n’existe pas.' }, { status: 400 })
  const issued = await issueCertificate(ctx, {
    subject,
    only: { personId: idParam(String(form.get('personne') ?? '')) },
  })
  return issued.ok ? redirect(`/bureau/attestations/${issued.value.id}.pdf`, 303) : refused(issued.error)
}

function refused(error: IssueError) {
  switch (error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'no-such-subject':
      throw notFound()
    case 'not-entitled':
      return data({ sentence: notEntitledSentence }, { status: 409 })
    case 'not-given':
    case 'no-date':
    case 'not-over':
    case 'no-certificate':
      return data({ sentence: subjectSentence(error) }, { status: 409 })
    default:
      return error satisfies never
  }
}
