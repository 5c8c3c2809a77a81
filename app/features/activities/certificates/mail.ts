import { htmlOf, link, text, textOf } from '../registration/mails/compose.ts'

interface CertificateMail {
  givenName: string
  subject: string
  centre: string
  link: string
  code: string
  check: string
}

export function certificateMail(said: CertificateMail): { subject: string; text: string; html: string } {
  const blocks = [
    text(`Bonjour ${said.givenName},`),
    text(`Merci de votre participation à « ${said.subject} ». Votre attestation de présence est prête.`),
    link('Ouvrir mon attestation (PDF)', said.link, true),
    text('Ce lien vous est personnel. Il reste ouvert un an ; gardez le document.'),
    text(`Elle porte le code ${said.code} : qui la reçoit peut vérifier qu’elle est authentique.`),
    link('Vérifier cette attestation', said.check),
    text(said.centre),
  ]
  return { subject: `Votre attestation de présence : ${said.subject}`, text: textOf(blocks), html: htmlOf(blocks) }
}
