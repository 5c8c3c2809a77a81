import { existsSync, readdirSync } from 'node:fs'
import * as parser from '@typescript-eslint/parser'
import reactHooks from 'eslint-plugin-react-hooks'

/** Which feature may call which (see ARCHITECTURE.md). A missing arrow is a lint error; add it here first, with a reason. */
export const mayUse = {
  accounts: ['directory'],
  territory: [],
  directory: ['territory'],
  activities: ['directory', 'territory'],
  report: ['activities', 'directory', 'territory'],
  // the person's own page opens from their registration, the monthly notice goes to members of the team, what is kept of
  // mails and changes is read back in the words of the journal
  privacy: ['accounts', 'activities', 'directory', 'house'],
  // another program reads and writes through the same verbs as the office
  api: ['activities', 'directory'],
  // the settings name the départements; the journal says in French what every feature did
  house: ['accounts', 'activities', 'directory', 'territory'],
}

const languageOptions = { parser, parserOptions: { ecmaFeatures: { jsx: true } } }

const restrict = (files, patterns) => ({
  files,
  languageOptions,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
})

const features = existsSync('app/features')
  ? readdirSync('app/features', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  : []

export default [
  { ignores: ['build/', 'data/', 'data-demo/', '.react-router/', 'node_modules/', '**/+types/'] },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    languageOptions,
    rules: {
      'no-debugger': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['app/**/*.tsx'],
    languageOptions,
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  restrict(
    ['app/platform/**/*.{ts,tsx}'],
    [{ regex: '(features|#app/ui|\\.\\./ui)/', message: 'platform/ knows no feature and no screen.' }],
  ),
  restrict(
    ['app/ui/**/*.{ts,tsx}'],
    [{ regex: 'features/|\\.server', message: 'ui/ knows no feature and reads no data.' }],
  ),
  ...features.map(({ name }) => {
    const allowed = mayUse[name]
    if (!allowed) throw new Error(`app/features/${name} is not in the list of arrows of eslint.config.js`)
    return restrict(
      [`app/features/${name}/**/*.{ts,tsx}`],
      [
        {
          // its own files through #app are refused too: inside a feature, imports are relative
          regex: `^#app/features/(?!(${allowed.join('|') || '-'})/(index\\.server|labels|fixtures)\\.ts$)`,
          message: `${name} may use index.server.ts (or labels.ts, fixtures.ts in tests) of: ${allowed.join(', ') || 'no feature'}.`,
        },
        {
          regex: `^(\\.\\./)+(features|platform|ui|${features.map((feature) => feature.name).join('|')})/`,
          message: 'Do not leave the feature by a relative path.',
        },
        { regex: '^#server/', message: 'A feature does not know the process that serves it.' },
      ],
    )
  }),
]
