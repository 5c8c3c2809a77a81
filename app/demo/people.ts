import { familyNames, menNames, womenNames } from './names.ts'
import { type DemoOrganisation, type Departement, functions, type Profile } from './organisations.ts'
import type { Draw } from './random.ts'

export interface Employer extends DemoOrganisation {
  id: string
}

export interface Situation {
  employer: Employer
  function: string
  profile: Profile
  /** Days inclusive; null = still true. */
  from: string
  to: string | null
}

export interface DemoPerson {
  id: string
  givenName: string
  familyName: string
  woman: boolean
  email: string
  departement: Departement
  /** The first to the last. */
  situations: Situation[]
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** Where people come from: the east of Occitanie first, the west by videoconference. */
const origins: Record<Departement, number> = {
  '34': 41,
  '30': 27,
  '11': 13,
  '66': 6,
  '48': 2,
  '31': 6,
  '81': 3,
  '65': 2,
}

/** Makes invented people, each under a name of their own. */
export class Population {
  private taken = new Set<string>()
  private draw: Draw
  private employers: readonly Employer[]

  constructor(draw: Draw, employers: readonly Employer[]) {
    this.draw = draw
    this.employers = employers
  }

  make(profile: Profile, departement?: Departement): DemoPerson {
    const { draw } = this
    const woman = draw.chance(0.58)
    const [givenName, familyName] = this.name(woman)
    const employer = this.employerOf(profile, departement)
    const [her, his] = draw.one(functions[profile])
    const host =
      employer.profiles[0] === 'conseil-citoyen-habitant'
        ? 'courriel'
        : plain(employer.name).slice(0, 40).replace(/-$/, '')
    return {
      id: draw.id(),
      givenName,
      familyName,
      woman,
      email: `${plain(givenName)}.${plain(familyName)}@${host}.example`,
      departement: employer.departement ?? '34',
      situations: [{ employer, function: woman ? her : his, profile, from: '2019-01-01', to: null }],
    }
  }

  private name(woman: boolean): [string, string] {
    for (;;) {
      const pair: [string, string] = [this.draw.one(woman ? womenNames : menNames), this.draw.one(familyNames)]
      if (this.taken.has(pair.join(' '))) continue
      this.taken.add(pair.join(' '))
      return pair
    }
  }

  private employerOf(profile: Profile, departement?: Departement): Employer {
    const able = this.employers.filter(({ profiles }) => profiles.includes(profile))
    const wanted = departement ?? this.draw.weighted(origins)
    const near = able.filter((one) => one.departement === wanted)
    return this.draw.one(near.length > 0 ? near : able)
  }

  /** Another work from that day on: what was true before stays on the rows of before. */
  move(person: DemoPerson, day: string, profile: Profile): void {
    const last = person.situations.at(-1)!
    last.to = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
    const employer = this.draw.one(
      this.employers.filter((one) => one !== last.employer && one.profiles.includes(profile)),
    )
    person.situations.push({
      employer,
      function: this.draw.one(functions[profile])[person.woman ? 0 : 1],
      profile,
      from: day,
      to: null,
    })
  }
}

export const situationOn = (person: DemoPerson, day: string): Situation =>
  person.situations.find(({ from, to }) => from <= day && (to === null || to >= day)) ?? person.situations[0]!
