import { useState } from 'react'
import { LinkButton, Button } from '#app/ui/button.tsx'
import { BarChart } from '#app/ui/charts/bar-chart.tsx'
import { HBarTable } from '#app/ui/charts/hbar-table.tsx'
import { StackedBar } from '#app/ui/charts/stacked-bar.tsx'
import { Checkbox, CheckboxGroup, RadioGroup, TickGroup } from '#app/ui/choices.tsx'
import { Combobox } from '#app/ui/client/combobox.tsx'
import { CommandPalette } from '#app/ui/client/command-palette.tsx'
import { Dialog } from '#app/ui/client/dialog.tsx'
import { TagPicker } from '#app/ui/client/tag-picker.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import {
  DateBlock,
  DescriptionList,
  Kbd,
  PageHead,
  Section,
  StateTag,
  Tag,
  Timeline,
  Toolbar,
} from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Meter, Notice, Progress } from '#app/ui/feedback.tsx'
import { DefinitionNote, Drawer, Figure, KeyFigures, WithDrawer } from '#app/ui/figure.tsx'
import { ErrorSummary, FieldRow, Fieldset, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { Day, Fr, MomentRange } from '#app/ui/fr.tsx'
import { monthNames, shortMonthNames } from '#app/ui/french.ts'
import {
  DateField,
  DateTimeField,
  NumberField,
  SearchField,
  Select,
  SuggestField,
  TextArea,
  TextField,
  TimeField,
} from '#app/ui/inputs.tsx'
import { Tabs } from '#app/ui/navigation.tsx'
import { OfficePage, OfficeShell } from '#app/ui/office-shell.tsx'
import { PersonalShell, SiteShell } from '#app/ui/site-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Column } from '#app/ui/table.ts'
import { Weave } from '#app/ui/weave.tsx'

/** Every piece of the design system on screens like those of the house. Names and numbers are invented. */

const siteNav = ['Agenda', 'Missions', 'Ressources', 'Offres d’emploi', 'Qui sommes-nous'].map((label, i) => ({
  label,
  href: `/page-${i}`,
}))

const agenda = [
  {
    date: '2022-11-24',
    title: 'Femmes et espaces publics',
    detail: 'Séminaire, avec le Département et deux associations',
    place: 'Toulouse',
    tone: 'good',
    state: '38 places',
  },
  {
    date: '2022-12-01',
    title: 'Évaluer son contrat de ville : par où commencer',
    detail: 'Webinaire · cycle « Évaluation », 2 sur 3',
    place: 'À distance',
    tone: 'warn',
    state: 'Liste d’attente',
  },
  {
    date: '2022-12-08',
    title: 'Réseau des équipes de réussite éducative',
    detail: 'Rencontre de réseau, réservée aux membres',
    place: 'Montpellier et à distance',
  },
] as const

function Site() {
  return (
    <SiteShell
      name="Centre de ressources"
      nav={siteNav}
      path="/page-0"
      actions={<LinkButton href="/recherche">Rechercher</LinkButton>}
      footerNav={[
        { label: 'Mentions légales', href: '/mentions' },
        { label: 'Accessibilité : partiellement conforme', href: '/accessibilite' },
      ]}
      footer="Association régionale, 12 rue des Arts, 31000 Toulouse."
    >
      <section className="wrap opening" aria-label="À la une">
        <div className="stack">
          <Tag>Séminaire · Égalité femmes-hommes</Tag>
          <h1>
            <Fr>Femmes et espaces publics : concevoir la ville avec celles qui l’habitent</Fr>
          </h1>
          <p className="lead">
            <Fr>
              Une journée pour les équipes des contrats de ville et des conseils citoyens : méthodes, marches
              exploratoires, retours de trois sites.
            </Fr>
          </p>
          <div className="row">
            <LinkButton href="/inscription" look="primary">
              S’inscrire
            </LinkButton>
            <LinkButton href="/programme">Voir le programme</LinkButton>
            <span className="small soft">
              <MomentRange start={new Date('2022-11-24T08:30:00Z')} end={new Date('2022-11-24T15:30:00Z')} /> · Toulouse
            </span>
          </div>
        </div>
        <Weave id="femmes-et-espaces-publics" />
      </section>
      <section className="band">
        <div className="wrap">
          <div className="head">
            <h2>Agenda</h2>
            <p>
              <a href="/agenda">Toute l’année</a> · <a href="/agenda.ics">S’abonner (iCal)</a>
            </p>
          </div>
          <ul className="lines">
            {agenda.map((line) => (
              <li key={line.date}>
                <a className="agenda-line" href="/activite">
                  <DateBlock date={line.date} />
                  <div>
                    <h3>
                      <Fr>{line.title}</Fr>
                    </h3>
                    <span className="soft">
                      <Fr>{line.detail}</Fr>
                    </span>
                  </div>
                  <span className="small">
                    {line.place} {'state' in line && <StateTag tone={line.tone}>{line.state}</StateTag>}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      </section>
      <section className="wrap space">
        <div className="head">
          <h2>Dernières productions</h2>
          <p>
            <a href="/ressources">Toutes les ressources</a>
          </p>
        </div>
        <div className="three">
          {[
            ['L’abattement de TFPB, mode d’emploi pour les quartiers', 205],
            ['Ce que disent les parents d’une Cité éducative', 80],
            ['Le droit commun dans les contrats de ville', 150],
            ['Participation : dix ans de conseils citoyens', 320],
            ['Rénovation urbaine et mémoire', 20],
            ['Emploi et jeunesse', 265],
          ].map(([title, hue]) => (
            <a key={title} className="cover-card" href="/ressource">
              <Weave id={String(title)} hue={Number(hue)} ratio="3/2" />
              <Tag>Guide</Tag>
              <h3>
                <Fr>{String(title)}</Fr>
              </h3>
              <span className="soft small">PDF, 32 pages · Cadre de vie</span>
            </a>
          ))}
        </div>
      </section>
      <section className="figs" aria-label="L’année en chiffres">
        <div className="wrap">
          <KeyFigures
            items={[
              { value: 403, href: '/c/1', label: 'présences à nos rencontres' },
              { value: 295, href: '/c/2', label: 'personnes différentes' },
              { value: '14 / 19', href: '/c/3', label: 'contrats de ville représentés' },
              { value: 8, href: '/c/4', label: 'publications' },
            ]}
          />
        </div>
      </section>
      <section className="wrap space prose">
        <h2>À propos</h2>
        <p>
          <Fr>Le centre rassemble 1 234 personnes. Il est ouvert dès 9 h 30 le 1er mai : « entrez ! »</Fr> Voir le{' '}
          <a href="https://example.org/rapport">rapport</a>.
        </p>
      </section>
    </SiteShell>
  )
}

const groups = [
  {
    label: 'Au quotidien',
    items: [
      { label: 'Aujourd’hui', href: '/bureau' },
      { label: 'Activités', href: '/bureau/activites' },
      { label: 'Annuaire', href: '/bureau/annuaire' },
    ],
  },
  {
    label: 'L’année',
    items: [
      { label: 'Chiffres', href: '/bureau/chiffres' },
      { label: 'Territoires', href: '/bureau/territoires' },
    ],
  },
  {
    label: 'Réglages',
    items: [
      { label: 'Équipe et droits', href: '/bureau/equipe' },
      { label: 'Envois et tâches', href: '/bureau/taches' },
    ],
  },
]

const Office = ({ path, children }: { path: string; children: React.ReactNode }) => (
  <OfficeShell
    name="Maillage"
    homeHref="/bureau"
    groups={groups}
    path={path}
    user={{ label: 'Inès Bouzid', detail: 'Chargée de mission' }}
    userMenu={
      <form>
        <SubmitButton look="quiet">Se déconnecter</SubmitButton>
      </form>
    }
    search={
      <CommandPalette
        searchHref="/bureau/recherche"
        source="/found.json"
        pages={groups.flatMap((group) => group.items)}
      />
    }
    actions={
      <LinkButton look="primary" href="/bureau/activites/nouvelle">
        Nouvelle activité
      </LinkButton>
    }
  >
    {children}
  </OfficeShell>
)

const profiles = [
  { label: 'Collectivités', value: 171, href: '?f=1', previous: 150 },
  { label: 'Associations', value: 99, href: '?f=2', previous: 110 },
  { label: 'État', value: 58, href: '?f=3', previous: 40 },
  { label: 'Habitants, conseils citoyens', value: 39, href: '?f=4', previous: 39 },
  { label: 'Non identifiées', value: 36, href: '?f=5', kind: 'unknown' as const, previous: 21 },
]
const perMonth = [27, 18, 41, 13, 35, 61, 7, 0, 31, 38, 68, 20]

function Figures() {
  const drawer = (
    <Drawer
      title="403 présences cumulées"
      definition={
        <p>
          <Fr>Une ligne par personne et par activité, présence confirmée ; 36 non identifiées comprises.</Fr>
        </p>
      }
      closeHref="?page=figures"
      actions={
        <>
          <LinkButton href="/lignes.xlsx">Exporter les 403 lignes</LinkButton>
          <a className="small" href="?imprimer">
            Imprimer
          </a>
        </>
      }
    >
      <table>
        <thead>
          <tr>
            <th>Personne</th>
            <th>Activité</th>
            <th className="n">Le</th>
          </tr>
        </thead>
        <tbody>
          {['Nadia Serrano', 'Paul Estève', 'Inès Bouzid', 'Hugo Lacaze'].map((name) => (
            <tr key={name}>
              <td>
                <a href="/p">{name}</a>
                <br />
                <span className="small soft">Cheffe de projet, Tarn</span>
              </td>
              <td>Femmes et espaces publics</td>
              <td className="n">24/11</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small soft">
        1 à 25 sur 403 · <a href="?p=2">suivantes</a>
      </p>
    </Drawer>
  )
  return (
    <Office path="/bureau/chiffres">
      <WithDrawer drawer={drawer}>
        <OfficePage wide>
          <PageHead
            title="Participants et profils"
            detail={
              <>
                <Fr>Activités organisées ou co-organisées, du 1er janvier au 31 décembre 2022.</Fr>{' '}
                <a href="?perimetre">Changer le périmètre</a>
              </>
            }
          />
          <KeyFigures
            label="L’année en quatre chiffres"
            items={[
              { value: 403, href: '?f=a', label: 'présences cumulées', detail: '+ 12 % sur 2021', current: true },
              { value: 295, href: '?f=b', label: 'personnes uniques', detail: '295 à 331 avec 36 non identifiées' },
              { value: 14, href: '?f=c', label: 'activités', detail: 'dont 9 à distance' },
              { value: 57, href: '?f=d', label: 'demi-journées', detail: '3 modifiées à la main' },
            ]}
          />
          <div className="two space-top">
            <Section title="Par profil, à la date de l’activité">
              <HBarTable
                title="Présences par profil"
                unit="Présences"
                labelHead="Profil"
                rows={profiles}
                shares
                total
                previousPeriod="2021"
              />
            </Section>
            <BarChart
              title="Par mois"
              unit="présences"
              period="2022"
              previousPeriod="2021"
              rows={perMonth.map((value, i) => ({
                label: monthNames[i] ?? '',
                short: shortMonthNames[i],
                value,
                previous: [20, 22, 30, 12, 40, 44, 3, 0, 28, 41, 50, 31][i],
                href: `?mois=${i + 1}`,
                kind: i === 5 ? 'estimate' : undefined,
              }))}
            />
          </div>
          <StackedBar
            title="Par mode"
            unit="présences"
            rows={[
              { label: 'Sur place', value: 212, href: '?m=1' },
              { label: 'À distance', value: 155, href: '?m=2' },
              { label: 'Non identifiées', value: 36, kind: 'unknown' },
            ]}
          />
          <DefinitionNote>
            <Fr>
              Personne unique : une personne identifiée est comptée une fois sur la période, après fusion des doublons.
            </Fr>
          </DefinitionNote>
          <p>
            En 2022, <Figure value={403} href="?f=a" /> présences et{' '}
            <Figure value={295} href="?f=b" of="personnes uniques" /> personnes.
          </p>
        </OfficePage>
      </WithDrawer>
    </Office>
  )
}

interface Person {
  id: string
  name: string
  place: string
  since: string
  visits: number
  at: Date
}
const people: Person[] = [
  'Bouzid Inès',
  'Cazals Mireille',
  'Estève Paul',
  'Lacaze Hugo',
  'Nguyen Anh',
  'Serrano Nadia',
].map((name, i) => ({
  id: String(i),
  name,
  place: ['Gard', 'Tarn', 'Hérault', 'Haute-Garonne', 'Haute-Garonne', 'Tarn'][i] ?? '',
  since: `20${10 + i}-0${i + 1}-01`,
  visits: i * 731,
  at: new Date('2022-11-24T08:30:00Z'),
}))
const columns: Column<Person>[] = [
  {
    key: 'nom',
    label: 'Nom',
    value: (p) => p.name,
    render: (p) => <a href={`/p/${p.id}`}>{p.name}</a>,
    sortable: true,
    weight: 'main',
  },
  { key: 'departement', label: 'Département', value: (p) => p.place, sortable: true },
  { key: 'depuis', label: 'Depuis', value: (p) => p.since, kind: 'day', sortable: true, weight: 'wide' },
  { key: 'maj', label: 'Mise à jour', value: (p) => p.at, kind: 'datetime', weight: 'wide' },
  { key: 'presences', label: 'Présences', value: (p) => p.visits, kind: 'number', sortable: true },
]

function List() {
  return (
    <Office path="/bureau/annuaire">
      <OfficePage>
        <PageHead
          title="Annuaire"
          breadcrumb={[{ label: 'Bureau', href: '/bureau' }]}
          actions={<LinkButton href="/doublons">Doublons</LinkButton>}
        />
        <DataTable
          caption="Personnes de l’annuaire"
          columns={columns}
          rows={people}
          rowKey={(p) => p.id}
          total={403}
          noun={{ one: 'personne' }}
          exportHref="/bureau/annuaire/export"
          empty={<EmptyState title="Aucune personne" />}
          state={{
            page: 4,
            pageSize: 50,
            q: 'ab',
            filters: { departement: ['31'] },
            sort: { key: 'nom', direction: 'asc' },
          }}
          filters={
            <>
              <SearchField name="q" label="Chercher un nom" placeholder="Chercher un nom" defaultValue="ab" />
              <Select
                name="departement"
                label="Département"
                placeholder="Tous"
                options={[{ value: '31', label: 'Haute-Garonne' }]}
                defaultValue="31"
              />
            </>
          }
        />
        <Section title="Vide">
          <EmptyState
            title="Aucune activité en novembre"
            action={
              <LinkButton look="primary" href="/nouvelle">
                Créer une activité
              </LinkButton>
            }
          >
            <p>Les activités que l’équipe enregistre apparaissent ici, les plus proches d’abord.</p>
          </EmptyState>
        </Section>
        <Section title="États">
          <Toolbar label="États">
            {(['info', 'good', 'warn', 'bad', 'neutral'] as const).map((tone) => (
              <StateTag key={tone} tone={tone}>
                {tone}
              </StateTag>
            ))}
            <Kbd>Ctrl K</Kbd>
            <Button small>Petit</Button>
            <Button look="plain">Simple</Button>
            <Button look="danger">Danger</Button>
            <Button disabled>Indisponible</Button>
          </Toolbar>
          {(['info', 'good', 'warn', 'bad'] as const).map((tone) => (
            <Notice key={tone} tone={tone} title="Un titre">
              Une phrase qui dit <a href="/x">quoi faire</a>.
            </Notice>
          ))}
          <Progress label="Lecture des 1 200 lignes" value={420} max={1200} />
          <Progress label="Préparation du fichier" />
          <ConfirmForm
            label="Annuler l’activité…"
            question="Les 62 personnes inscrites recevront un message."
            confirmLabel="Annuler l’activité"
          />
        </Section>
        <Section title="Faits">
          <DescriptionList
            items={[
              { label: 'Lieu', value: 'Toulouse' },
              { label: 'Date', value: <Day date="2022-12-01" style="full" /> },
              { label: 'Vide', value: null },
            ]}
          />
        </Section>
        <Section title="Historique">
          <Timeline
            entries={[
              {
                id: '1',
                when: '24 novembre 2022, 9 h 30',
                who: 'Inès Bouzid',
                what: 'Fiche modifiée',
                changes: [
                  { field: 'Titre', before: 'Femmes', after: 'Femmes et espaces publics' },
                  { field: 'Lieu', before: '', after: 'Toulouse' },
                ],
              },
              { id: '2', when: '2 octobre 2022', who: 'Paul Estève', what: 'Fiche créée' },
            ]}
          />
        </Section>
      </OfficePage>
    </Office>
  )
}

const tickOptions = [
  { value: 'present', label: 'Présent·e' },
  { value: 'excused', label: 'Excusé·e', tone: 'warn' as const },
  { value: 'absent', label: 'Absent·e', tone: 'neutral' as const },
]

function Attendance() {
  return (
    <Office path="/bureau/activites/12/presence">
      <OfficePage>
        <PageHead
          title="Femmes et espaces publics"
          breadcrumb={[{ label: 'Activités', href: '/a' }, { label: 'Séminaire' }]}
          detail={
            <>
              Jeudi 24 novembre 2022 · Toulouse · <StateTag tone="good">Publié</StateTag>
            </>
          }
        />
        <Tabs
          label="Activité"
          path="/a/presence"
          items={[
            { label: 'Fiche', href: '/a/fiche' },
            { label: 'Programme', href: '/a/programme' },
            { label: 'Inscriptions', href: '/a/inscriptions', count: 62 },
            { label: 'Présence', href: '/a/presence' },
            { label: 'Documents', href: '/a/documents' },
            { label: 'Historique', href: '/a/historique' },
          ]}
        />
        <div className="row space-top">
          <b className="big">41 / 62</b>
          <Meter value={41} max={62} label="41 présences pointées sur 62 inscriptions" />
          <span className="small soft">41 présentes, 3 excusées, 2 absentes, 16 à pointer</span>
          <Button small>Tout pointer présent</Button>
        </div>
        <table className="stacked">
          <thead>
            <tr>
              <th>Personne</th>
              <th className="wide">Département</th>
              <th className="n">Présence</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person, i) => (
              <tr key={person.id} className={i === 0 ? 'now' : undefined}>
                <th scope="row">
                  <a href="/p">{person.name}</a>
                  <br />
                  <span className="small soft">Association Les Passerelles</span>
                </th>
                <td className="wide">{person.place}</td>
                <td className="n">
                  <TickGroup
                    name={`r${i}`}
                    label={person.name}
                    options={tickOptions}
                    defaultValue={['present', 'present', 'excused', 'absent'][i]}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </OfficePage>
    </Office>
  )
}

function Forms() {
  const errors = {
    title: 'Donnez un titre à l’activité.',
    start: ['Le 31/02/2022 n’existe pas.'],
    kind: 'Choisissez un type.',
    consent: 'Cochez la case pour continuer.',
  }
  return (
    <Office path="/bureau/activites">
      <OfficePage>
        <PageHead title="Nouvelle activité" breadcrumb={[{ label: 'Activités', href: '/a' }]} />
        <form className="stack">
          <ErrorSummary errors={errors} labels={{ title: 'Titre', start: 'Date', kind: 'Type' }} />
          <FormSection title="L’essentiel" detail="Ce que le public lira dans l’agenda.">
            <TextField name="title" label="Titre" errors={errors.title} required />
            <TextArea name="summary" label="Présentation" optional hint="Deux ou trois phrases." />
            <FieldRow>
              <DateField name="start" label="Date" errors={errors.start} defaultValue="31/02/2022" />
              <TimeField name="from" label="Début" defaultValue="09:30" />
              <TimeField name="to" label="Fin" />
            </FieldRow>
            <DateTimeField name="opens" label="Ouverture des inscriptions" defaultValue="2022-10-01T09:00" />
            <FieldRow>
              <Select
                name="theme"
                label="Thème"
                placeholder="Choisir…"
                options={[
                  { label: 'Cadre de vie', options: [{ value: '1', label: 'Rénovation urbaine et cadre de vie' }] },
                ]}
              />
              <NumberField name="places" label="Places" unit="personnes" defaultValue="80" />
            </FieldRow>
            <SuggestField name="town" label="Commune" suggestions={['Toulouse', 'Montpellier']} />
          </FormSection>
          <FormSection title="Avec qui">
            <Combobox
              name="organisation"
              textName="organisationName"
              label="Organisation"
              source="/items.json"
              allowsText
              hint="Écrivez les premières lettres."
            />
            <TagPicker
              name="partners"
              label="Partenaires"
              source="/items.json"
              defaultItems={[
                { id: '1', label: 'Commune de Lavaur' },
                { id: '2', label: 'Centre social du Mirail' },
              ]}
            />
            <RadioGroup
              name="kind"
              label="Type"
              errors={errors.kind}
              options={[
                { value: 'a', label: 'Séminaire' },
                { value: 'b', label: 'Webinaire', hint: 'Un lien de connexion sera demandé.' },
              ]}
            />
            <RadioGroup
              name="mode"
              label="Mode"
              inline
              defaultValue="a"
              options={[
                { value: 'a', label: 'Présentiel' },
                { value: 'b', label: 'Distanciel' },
                { value: 'c', label: 'Hybride' },
              ]}
            />
            <CheckboxGroup
              name="needs"
              label="Besoins d’accessibilité"
              optional
              options={[
                { value: 'a', label: 'Boucle magnétique' },
                { value: 'b', label: 'Interprète en langue des signes' },
              ]}
              defaultValue={['a']}
            />
            <Fieldset legend="Consentements">
              <Checkbox
                name="consent"
                label="J’accepte que mon adresse serve à m’envoyer la lettre d’information."
                errors={errors.consent}
              />
              <Checkbox
                name="photo"
                label="J’accepte d’apparaître sur les photographies."
                hint="Vous pourrez changer d’avis."
              />
            </Fieldset>
          </FormSection>
          <FormActions>
            <SubmitButton>Enregistrer</SubmitButton>
            <LinkButton href="/a">Revenir sans enregistrer</LinkButton>
            <Dialog label="Aperçu…" title="Aperçu">
              {(close) => (
                <>
                  <p>Voici ce que le public verra.</p>
                  <div className="row">
                    <Button onClick={close}>Fermer</Button>
                  </div>
                </>
              )}
            </Dialog>
          </FormActions>
        </form>
      </OfficePage>
    </Office>
  )
}

function Personal() {
  const [places] = useState(2)
  return (
    <PersonalShell
      name="Centre de ressources"
      person="Nadia Serrano"
      nav={[
        { label: 'Mes inscriptions', href: '/moi', count: places },
        { label: 'Mes attestations', href: '/moi/attestations' },
        { label: 'Mes choix', href: '/moi/choix' },
      ]}
      path="/moi"
    >
      <div className="stack">
        <h1>Votre inscription</h1>
        <Notice tone="good" title="Votre place est réservée.">
          <Fr>Un message de confirmation part vers nadia@example.fr ; il contient l’invitation pour votre agenda.</Fr>
        </Notice>
        <h2>Femmes et espaces publics</h2>
        <DescriptionList
          items={[
            {
              label: 'Quand',
              value: <MomentRange start={new Date('2022-12-01T08:30:00Z')} end={new Date('2022-12-02T11:00:00Z')} />,
            },
            { label: 'Où', value: 'Espace Roguet, Toulouse' },
          ]}
        />
        <form className="stack">
          <TextField name="phone" label="Téléphone" optional type="tel" width="medium" />
          <SubmitButton>Enregistrer les changements</SubmitButton>
        </form>
        <ConfirmForm
          label="Annuler mon inscription…"
          question="Votre place sera proposée à la première personne de la liste d’attente."
          confirmLabel="Annuler mon inscription"
        />
      </div>
    </PersonalShell>
  )
}

export const pages = {
  site: Site,
  figures: Figures,
  list: List,
  attendance: Attendance,
  forms: Forms,
  personal: Personal,
}
