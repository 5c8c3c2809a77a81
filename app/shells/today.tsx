import { OfficePage } from '../ui/office-shell.tsx'
import { PageHead } from '../ui/content.tsx'

export default function Today() {
  return (
    <OfficePage>
      <title>Aujourd’hui</title>
      <PageHead title="Aujourd’hui" />
    </OfficePage>
  )
}
