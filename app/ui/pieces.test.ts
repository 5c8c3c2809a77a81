import { createElement as h } from 'react'
import { renderToStaticMarkup as render } from 'react-dom/server'
import { expect, test } from 'vitest'
import { BarChart } from './charts/bar-chart.tsx'
import { DataTable } from './data-table.tsx'
import { Figure } from './figure.tsx'
import { ErrorSummary } from './form-layout.tsx'
import { DateField, TextField } from './inputs.tsx'
import { currentItem } from './nav.ts'
import { pagesAround } from './navigation.tsx'
import type { Column } from './table.ts'

test('a field is tied to its label, its hint and its error', () => {
  const html = render(
    h(TextField, { name: 'email', label: 'Adresse', hint: 'Professionnelle', errors: ['Manque un @.'] }),
  )
  expect(html).toContain('<label for="email"')
  expect(html).toContain('aria-describedby="email-aide email-erreur"')
  expect(html).toContain('aria-invalid="true"')
  expect(html).toContain('<p class="error" id="email-erreur">Manque un @.</p>')
})

test('markup in a name is written, not run', () => {
  expect(render(h(TextField, { name: 'n', label: '<script>', defaultValue: '"><script>' }))).not.toContain('<script>')
})

test('a refused date is shown as it was typed, a good one as the browser’s date', () => {
  expect(render(h(DateField, { name: 'd', label: 'Date', defaultValue: '31/02/2022' }))).toMatch(
    /type="text"[^>]*value="31\/02\/2022"/,
  )
  expect(render(h(DateField, { name: 'd', label: 'Date', defaultValue: '24/11/2022' }))).toMatch(
    /type="date"[^>]*value="2022-11-24"/,
  )
})

test('the summary of errors leads to the fields', () => {
  const html = render(
    h(ErrorSummary, { errors: { email: 'Manque un @.', '': 'Trop tard.' }, labels: { email: 'Adresse' } }),
  )
  expect(html).toContain('2 points sont à corriger')
  expect(html).toContain('href="#email"')
  expect(render(h(ErrorSummary, { errors: {} }))).toBe('')
})

interface Row {
  name: string
  visits: number
}
const columns: Column<Row>[] = [
  { key: 'nom', label: 'Nom', value: (row) => row.name, sortable: true, weight: 'main' },
  { key: 'visites', label: 'Visites', value: (row) => row.visits, kind: 'number', sortable: true },
]
const state = { page: 2, pageSize: 1, q: 'é&', filters: { d: ['31'] }, sort: { key: 'nom', direction: 'asc' as const } }
const list = (rows: Row[]) =>
  render(
    h(DataTable<Row>, {
      caption: 'Gens',
      columns,
      rows,
      rowKey: (row) => row.name,
      state,
      total: 3,
      exportHref: '/export',
      noun: { one: 'personne' },
      empty: 'vide',
    }),
  )

test('a list sorts, pages and exports by plain links that keep its filters', () => {
  const html = list([{ name: 'Ada', visits: 1234 }])
  expect(html).toContain('aria-sort="ascending"')
  expect(html).toContain('href="?q=%C3%A9%26&amp;d=31&amp;tri=nom&amp;ordre=desc"')
  expect(html).toContain('page=3')
  expect(html).toContain('href="/export.xlsx?q=%C3%A9%26&amp;d=31')
  expect(html).toContain('1\u202f234')
})

test('filters that leave nothing say so, and how to come back', () => {
  expect(list([])).toContain('Rien ne correspond')
})

test('a figure without rows to open is plain text', () => {
  expect(render(h(Figure, { value: 403 }))).not.toContain('<a')
  expect(render(h(Figure, { value: 403, href: '?f' }))).toContain('class="figure"')
})

test('a chart always has its table', () => {
  const html = render(
    h(BarChart, {
      title: 'Par mois',
      unit: 'présences',
      rows: [
        { label: 'janvier', value: 27, href: '?m=1' },
        { label: 'février', value: 0 },
      ],
    }),
  )
  expect(html).toContain('<table>')
  expect(html).not.toContain('NaN')
  expect(render(h(BarChart, { title: 'Rien', unit: 'présences', rows: [] }))).not.toContain('NaN')
})

test('the current page of a menu is the longest address that holds it', () => {
  const items = [
    { label: 'Aujourd’hui', href: '/bureau' },
    { label: 'Activités', href: '/bureau/activites' },
  ]
  expect(currentItem(items, '/bureau/activites/12')?.label).toBe('Activités')
  expect(currentItem(items, '/bureau')?.label).toBe('Aujourd’hui')
  expect(currentItem(items, '/bureaucratie')).toBeUndefined()
})

test('pages around the present one leave a gap only where there is one', () => {
  expect(pagesAround(5, 17)).toEqual([1, null, 4, 5, 6, null, 17])
  expect(pagesAround(3, 4)).toEqual([1, 2, 3, 4])
  expect(pagesAround(1, 1)).toEqual([1])
})
