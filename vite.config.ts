import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [reactRouter()],
  // Two development servers at once do not share what Vite prepares for each.
  cacheDir: `node_modules/.vite-${process.env.PORT ?? 'dev'}`,
  build: { target: 'es2023', assetsInlineLimit: 0 },
  ssr: { noExternal: ['react-aria-components'] },
  server: { hmr: false, ws: false },
})
