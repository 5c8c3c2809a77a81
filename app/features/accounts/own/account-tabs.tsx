import { PageHead } from '#app/ui/content.tsx'
import { Tabs } from '#app/ui/navigation.tsx'

const items = [
  { label: 'Mon compte', href: '/bureau/mon-compte' },
  { label: 'Sécurité', href: '/bureau/mon-compte/securite' },
  { label: 'Appareils et connexions', href: '/bureau/mon-compte/connexions' },
]

export const AccountHead = ({ path }: { path: string }) => (
  <>
    <PageHead title="Mon compte" />
    <Tabs label="Mon compte" items={items.map((item) => ({ ...item, current: item.href === path }))} />
  </>
)
