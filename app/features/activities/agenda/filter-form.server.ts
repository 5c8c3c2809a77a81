import { departementOptions } from '#app/features/territory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { ListRules } from '#app/platform/list-params.ts'
import { termsOf } from '#app/platform/terms.server.ts'
import { modes } from '../schema.server.ts'
import type { AgendaFilter } from './filters.ts'

interface Choice {
  code: string
  label: string
}

/** What the agenda can be narrowed to, as its addresses write it: ?theme=culture&type=seminaire&departement=34&format=hybride. */
export interface AgendaChoices {
  themes: Choice[]
  kinds: Choice[]
  departements: Choice[]
}

export async function agendaChoices(ctx: AppContext): Promise<AgendaChoices> {
  const [themes, kinds, departements] = await Promise.all([
    termsOf(ctx.db, 'theme'),
    termsOf(ctx.db, 'activite'),
    departementOptions(ctx),
  ])
  return {
    themes: themes.map(({ code, label }) => ({ code, label })),
    kinds: kinds.map(({ code, label }) => ({ code, label })),
    departements: departements.map(({ value, label }) => ({ code: value.replace(/^dep-/, ''), label })),
  }
}

export const agendaRules = ({ themes, kinds, departements }: AgendaChoices, pageSize: number): ListRules => ({
  sortable: [],
  defaultSort: { key: 'date', direction: 'asc' },
  pageSize,
  filters: {
    theme: themes.map(({ code }) => code),
    type: kinds.map(({ code }) => code),
    departement: departements.map(({ code }) => code),
    format: modes,
    quand: ['passees'],
  },
})

export function agendaFilter(filters: Record<string, readonly string[]>): AgendaFilter {
  const { theme = [], type = [], departement = [], format = [] } = filters
  return {
    themeId: theme[0] ? `theme:${theme[0]}` : null,
    kindId: type[0] ? `activite:${type[0]}` : null,
    departementId: departement[0] ? `dep-${departement[0]}` : null,
    mode: modes.find((mode) => mode === format[0]) ?? null,
  }
}
