import { Tabs } from '#app/ui/navigation.tsx'

export const AccessTabs = ({ current }: { current: 'keys' | 'webhooks' }) => (
  <Tabs
    label="Accès des programmes"
    items={[
      { label: 'Clés', href: '/bureau/acces', current: current === 'keys' },
      { label: 'Rappels', href: '/bureau/acces/rappels', current: current === 'webhooks' },
    ]}
  />
)
