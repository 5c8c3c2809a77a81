import { type DemoActivity, everybody } from './activity.ts'
import type { Profile } from './organisations.ts'
import type { DemoPerson, Population } from './people.ts'
import type { Draw } from './random.ts'

export type RowStatus = 'present' | 'excused' | 'absent' | 'cancelled' | 'registered' | 'waitlisted'

export interface DemoAttendance {
  activity: DemoActivity
  person: DemoPerson
  status: RowStatus
}

/** How many people came twice, three times, four times in 2022: 403 presences of 295 people, whatever the rest of the draw. */
const RETURNING = [
  { times: 4, people: 4 },
  { times: 3, people: 14 },
  { times: 2, people: 68 },
] as const
/** Of those who came twice, the ones who belong to the PRE network and came to both of its meetings. */
const PRE_PAIRS = 12

/** Who came to what: people first, each with their own year, then the lists around them. */
export class Lists {
  readonly rows: DemoAttendance[] = []
  readonly people: DemoPerson[] = []
  private on = new Map<DemoActivity, Set<DemoPerson>>()
  private draw: Draw
  private population: Population

  constructor(draw: Draw, population: Population) {
    this.draw = draw
    this.population = population
  }

  /** Activities of the perimeter of participation: those who return, then people who came once fill the seats left. */
  fillYear(activities: readonly DemoActivity[]): void {
    const pre = activities.filter(({ series }) => series === 'Réseau PRE Hérault')
    for (let made = 0; made < PRE_PAIRS; made += 1) {
      const person = this.newcomer('agent-collectivite', '34')
      for (const activity of pre) this.add(activity, person, 'present')
    }
    for (const { times, people } of RETURNING) {
      const left = times === 2 ? people - PRE_PAIRS : people
      for (let made = 0; made < left; made += 1) this.addReturning(activities, times)
    }
    for (const activity of activities)
      while (this.seatsLeft(activity) > 0) this.add(activity, this.newcomer(this.profileFor(activity)), 'present')
    for (const activity of activities) this.addOthers(activity)
  }

  /** Any other activity: people already known where they fit, `share` of them, and new ones. */
  fill(activity: DemoActivity, share: number): void {
    while (this.seatsLeft(activity) > 0) {
      const profile = this.profileFor(activity)
      const known = this.draw.chance(share) ? this.knownFor(activity, profile) : undefined
      this.add(activity, known ?? this.newcomer(profile), 'present')
    }
    this.addOthers(activity)
  }

  /** People registered for what is still to come. */
  register(activity: DemoActivity, registered: number, waitlisted: number): void {
    for (let made = 0; made < registered + waitlisted; made += 1) {
      const known = this.draw.chance(0.7) ? this.knownFor(activity, this.profileFor(activity)) : undefined
      this.add(
        activity,
        known ?? this.newcomer(this.profileFor(activity)),
        made < registered ? 'registered' : 'waitlisted',
      )
    }
  }

  presencesOf = (person: DemoPerson): DemoAttendance[] =>
    this.rows.filter((row) => row.person === person && row.status === 'present')

  private addReturning(activities: readonly DemoActivity[], times: number): void {
    const person = this.newcomer(this.draw.weighted(everybody))
    const profile = person.situations[0]!.profile
    for (let time = 0; time < times; time += 1) {
      const weights = Object.fromEntries(
        activities.map((activity) => [activity.slug, this.appeal(activity, person, profile)]),
      )
      const slug = this.draw.weighted(weights)
      this.add(activities.find((activity) => activity.slug === slug)!, person, 'present')
    }
  }

  /** Seats left, as far as the activity speaks to this profile; somebody is listed once. */
  private appeal(activity: DemoActivity, person: DemoPerson, profile: Profile): number {
    if (this.listed(activity).has(person)) return 0
    return this.seatsLeft(activity) * (2 + ((activity.profiles ?? everybody)[profile] ?? 0))
  }

  private addOthers(activity: DemoActivity): void {
    const { excused = 0, absent = 0, cancelled = 0 } = activity
    const statuses = [
      ...Array.from({ length: excused }, () => 'excused' as const),
      ...Array.from({ length: absent }, () => 'absent' as const),
      ...Array.from({ length: cancelled }, () => 'cancelled' as const),
    ]
    for (const status of statuses) {
      const profile = this.profileFor(activity)
      const known = this.draw.chance(0.6) ? this.knownFor(activity, profile) : undefined
      this.add(activity, known ?? this.newcomer(profile), status)
    }
  }

  private knownFor(activity: DemoActivity, profile: Profile): DemoPerson | undefined {
    const able = this.people.filter(
      (person) => person.situations[0]!.profile === profile && !this.listed(activity).has(person),
    )
    return able.length > 0 ? this.draw.one(able) : undefined
  }

  private newcomer(profile: Profile, departement?: '34'): DemoPerson {
    const person = this.population.make(profile, departement)
    this.people.push(person)
    return person
  }

  private profileFor = ({ profiles = everybody }: DemoActivity): Profile => this.draw.weighted(profiles)

  private seatsLeft = (activity: DemoActivity): number =>
    activity.present - this.rows.filter((row) => row.activity === activity && row.status === 'present').length

  private listed(activity: DemoActivity): Set<DemoPerson> {
    const known = this.on.get(activity) ?? new Set()
    this.on.set(activity, known)
    return known
  }

  private add(activity: DemoActivity, person: DemoPerson, status: RowStatus): void {
    this.listed(activity).add(person)
    this.rows.push({ activity, person, status })
  }
}
