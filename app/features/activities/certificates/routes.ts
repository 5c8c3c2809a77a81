import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/certificates/pages/${name}`

export const certificatesRoutes: FeatureRoutes = {
  site: [route('attestations', page('verify-form.tsx')), route('attestations/:code', page('verify.tsx'))],
  door: [route('inscription/:token/attestation', page('own-certificate.tsx'))],
  office: [
    route('activites/:id/attestations', page('activity-certificates.tsx')),
    route('series/:id/attestations', page('series-certificates.tsx')),
  ],
  bare: [
    route('bureau/activites/:id/attestations.pdf', page('all-pdf.ts'), { id: 'activity-certificates-pdf' }),
    route('bureau/series/:id/attestations.pdf', page('all-pdf.ts'), { id: 'series-certificates-pdf' }),
    route('bureau/attestations/:certificateId.pdf', page('one-pdf.ts')),
    route('attestation/:token', page('linked-pdf.ts')),
    route('inscription/:token/attestation.pdf', page('own-pdf.ts')),
  ],
}
