import type { Config } from '@react-router/dev/config'

export default { ssr: true, appDirectory: 'app', serverBuildFile: 'index.js' } satisfies Config
