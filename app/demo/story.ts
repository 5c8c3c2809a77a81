import type { DemoActivity } from './activity.ts'
import { Lists } from './attendance.ts'
import { type Employer, type DemoPerson, Population } from './people.ts'
import { Draw } from './random.ts'
import { type ComingActivity, upcoming } from './upcoming.ts'
import { year2021 } from './year-2021.ts'
import { year2022 } from './year-2022.ts'

const SEED = 20_220_101

/** A second record of somebody, made by mistake and merged since: its rows count for the person kept. */
export interface Duplicate {
  kept: DemoPerson
  dropped: DemoPerson
}

export interface Story {
  activities: DemoActivity[]
  coming: ComingActivity[]
  lists: Lists
  duplicates: Duplicate[]
  draw: Draw
}

const OWN = new Set<DemoActivity['role']>(['organisateur', 'co-organisateur'])
const APART = /^(accompagnement-|copil|entretien|instance|externe)/

/** The perimeter of participation, as a chargé de mission would say it: ours, and collective. */
export const inPerimeter = ({ role, kind }: DemoActivity) => OWN.has(role) && !APART.test(kind)

/** Who does what in the demonstration: people and lists, always the same but for the days of what is to come. */
export function tellStory(employers: readonly Employer[], draw: Draw, now: Date): Story {
  const population = new Population(draw, employers)
  const lists = new Lists(draw, population)
  lists.fillYear(year2022.filter(inPerimeter))
  moveSome(lists, population)
  for (const activity of year2022.filter((one) => !inPerimeter(one))) lists.fill(activity, 0.5)
  for (const activity of year2021) lists.fill(activity, 0.65)
  const coming = upcoming(now)
  for (const activity of coming) lists.register(activity, activity.registered, activity.waitlisted)
  return { activities: [...year2021, ...year2022], coming, lists, duplicates: mergeSome(lists, draw), draw }
}

export const storyDraw = () => new Draw(SEED)

const returning = (lists: Lists, from: string, to: string) =>
  lists.people.filter((person) => {
    const days = lists.presencesOf(person).map(({ activity }) => activity.day)
    return days.some((day) => day < from) && days.some((day) => day >= to)
  })

/** Five people who came before and after the summer have changed work meanwhile. */
function moveSome(lists: Lists, population: Population): void {
  const profiles = ['chef-projet-pv', 'association', 'etat-service', 'agent-collectivite', 'consultant'] as const
  const movers = returning(lists, '2022-06-30', '2022-09-01').slice(0, profiles.length)
  for (const [i, person] of movers.entries()) population.move(person, '2022-09-01', profiles[i]!)
}

/** Four people known twice: one of their rows was made under the other record. */
function mergeSome(lists: Lists, draw: Draw): Duplicate[] {
  return returning(lists, '2022-04-30', '2022-05-01')
    .slice(-4)
    .map((kept) => {
      const dropped: DemoPerson = {
        ...kept,
        id: draw.id(),
        givenName: kept.givenName.normalize('NFD').replace(/\p{M}/gu, ''),
        email: `${kept.email.split('@')[0]}@courriel.example`,
      }
      lists.presencesOf(kept)[0]!.person = dropped
      lists.people.push(dropped)
      return { kept, dropped }
    })
}
