import { hydrateRoot } from 'react-dom/client'
import { pages } from './gallery.tsx'

const box = document.getElementById('gallery')
const Page = pages[(box?.dataset.page ?? 'site') as keyof typeof pages]
if (box) hydrateRoot(box, <Page />)
