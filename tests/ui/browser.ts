import chromiumPackage from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'

/** The Chromium carried by its npm package, or the one named by CHROMIUM_PATH. */
export async function launchBrowser({ args = [] }: { args?: string[] } = {}): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await chromiumPackage.executablePath())
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  try {
    return await chromium.launch({ executablePath, args: [...root, '--disable-gpu', ...args] })
  } catch (cause) {
    const message = 'Chromium did not start: a system library may be missing. Name another browser in CHROMIUM_PATH.'
    throw new Error(message, { cause })
  }
}
