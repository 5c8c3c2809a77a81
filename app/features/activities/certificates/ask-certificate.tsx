import { Button } from '#app/ui/button.tsx'

/** Gives a person's certificate, and opens it: a plain form, whose answer is a file. */
export const AskCertificate = ({ record }: { record: { activityId: string; personId: string } }) => (
  <form method="post" action={`/bureau/activites/${record.activityId}/attestations`}>
    <input type="hidden" name="intent" value="une" />
    <input type="hidden" name="personne" value={record.personId} />
    <Button type="submit">Attestation (PDF)</Button>
  </form>
)
