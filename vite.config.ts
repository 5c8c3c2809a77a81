import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'

export default defineConfig(({ command }) => ({
  plugins: [reactRouter()],
  // Two development servers at once do not share what Vite prepares for each.
  cacheDir: `node_modules/.vite-${process.env.PORT ?? 'dev'}`,
  build: { target: 'es2023', assetsInlineLimit: 0 },
  // The built server holds its libraries: hundreds of small files less to read at each start (drizzle-orm alone: 0.7 s, 170 MB).
  // Left outside: what is native, or finds files beside itself.
  ssr: {
    noExternal: command === 'build' ? true : ['react-aria-components'],
    external: ['@node-rs/argon2', '@etalab/decoupage-administratif', 'pg', 'pg-boss', 'nodemailer'],
  },
  server: { hmr: false, ws: false },
}))
