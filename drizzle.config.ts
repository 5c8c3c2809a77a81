import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: [
    './app/platform/schema.server.ts',
    './app/features/*/schema.server.ts',
    './app/features/*/*/schema.server.ts',
  ],
  out: './migrations',
})
