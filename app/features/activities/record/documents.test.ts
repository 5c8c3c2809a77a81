import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, asVisitor, inSandbox } from '../../../../tests/context.ts'
import { makeActivity } from '../fixtures.ts'
import {
  addDocument,
  documentFile,
  documentsOf,
  type NewDocument,
  removeDocument,
  showDocument,
} from './documents.server.ts'

const pdf = (name = 'Compte rendu.pdf') => new File(['%PDF-1.4\n%essai'], name, { type: 'application/pdf' })
const nothing: NewDocument = { title: null, url: null, file: null, public: false }
const add = (ctx: AppContext, activityId: string, document: Partial<NewDocument>) =>
  addDocument(ctx, { activityId, version: null }, { ...nothing, ...document })

test('un document est un fichier, qui prend son nom pour titre, ou un lien', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    await add(ctx, id, { file: pdf() })
    await add(ctx, id, { url: 'https://exemple.fr/', title: 'Site', public: true })
    expect(await documentsOf(ctx.db, id)).toMatchObject([
      { title: 'Compte rendu.pdf', fileName: 'Compte rendu.pdf', url: null, public: false },
      { title: 'Site', url: 'https://exemple.fr/', public: true },
    ])
  }))

test('ni les deux, ni rien, ni un lien sans titre, ni un programme', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    const problem = async (document: Partial<NewDocument>) => {
      const added = await add(ctx, id, document)
      return added.ok ? null : added.error.type
    }
    expect(await problem({})).toBe('nothing-given')
    expect(await problem({ file: pdf(), url: 'https://exemple.fr/' })).toBe('both-given')
    expect(await problem({ url: 'https://exemple.fr/' })).toBe('no-title')
    expect(await problem({ file: new File(['MZ\u0000\u0001'], 'virus.pdf') })).toBe('unknown-file-kind')
    expect(await documentsOf(ctx.db, id)).toEqual([])
  }))

test('le public n’a que les documents publics des activités qu’il peut voir', () =>
  inSandbox(async (ctx) => {
    const [activity, internal] = [await makeActivity(ctx), await makeActivity(ctx, { visibility: 'internal' })]
    const draft = await makeActivity(ctx, { status: 'draft', publishedAt: null })
    for (const { id } of [activity, internal, draft]) await add(ctx, id, { file: pdf(), public: true })
    await add(ctx, activity.id, { file: pdf('Note.pdf') })
    const [shown, hidden] = await documentsOf(ctx.db, activity.id)
    const seen = async (reader: AppContext, documentId: string) =>
      (await documentFile(reader, documentId))?.name ?? null
    const visitor = asVisitor(ctx)
    expect(await seen(visitor, shown!.id)).toBe('Compte rendu.pdf')
    expect(await seen(visitor, hidden!.id)).toBeNull()
    for (const { id } of [internal, draft])
      expect(await seen(visitor, (await documentsOf(ctx.db, id))[0]!.id)).toBeNull()
    expect(await seen(asRole(ctx, 'lecture'), hidden!.id)).toBe('Note.pdf')
    expect(await seen(ctx, crypto.randomUUID())).toBeNull()
  }))

test('un document se montre, se cache et se retire, dans sa propre activité seulement', () =>
  inSandbox(async (ctx) => {
    const [{ id }, other] = [await makeActivity(ctx), await makeActivity(ctx)]
    await add(ctx, id, { file: pdf() })
    const [document] = await documentsOf(ctx.db, id)
    const target = { activityId: id, version: null }
    const elsewhere = { activityId: other.id, version: null }
    expect(await removeDocument(ctx, elsewhere, document!.id)).toEqual({
      ok: false,
      error: { type: 'no-such-document' },
    })
    expect((await showDocument(ctx, target, document!.id, true)).ok).toBe(true)
    expect(await documentsOf(ctx.db, id)).toMatchObject([{ public: true }])
    expect((await removeDocument(ctx, target, document!.id)).ok).toBe(true)
    expect(await documentsOf(ctx.db, id)).toEqual([])
  }))

test('qui ne fait que lire n’ajoute, ne montre ni ne retire de document', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    const [reader, target, refused] = [
      asRole(ctx, 'gestion'),
      { activityId: id, version: null },
      { ok: false, error: { type: 'not-allowed' } },
    ]
    expect(await add(reader, id, { file: pdf() })).toEqual(refused)
    expect(await showDocument(reader, target, crypto.randomUUID(), true)).toEqual(refused)
    expect(await removeDocument(reader, target, crypto.randomUUID())).toEqual(refused)
  }))
