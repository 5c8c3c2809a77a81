import type { z } from 'zod'
import type { AppContext } from '#app/platform/context.ts'
import type { Result } from '#app/platform/result.ts'
import type { Scope } from './scopes.ts'

/** What went wrong, as RFC 9457 writes it; `fields` names what to correct. */
export interface Problem {
  status: 400 | 403 | 404 | 409 | 422
  title: string
  fields?: Record<string, string[]>
  /** Records that the caller should look at. */
  candidates?: readonly { id: string; label: string }[]
}

export type Outcome<Value> = Result<Value, Problem>

interface Asked<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
}

/** One thing that a program may do here: its address, its schemas, what it runs. The description is made from it. */
export interface Operation {
  id: string
  method: 'get' | 'post' | 'patch' | 'put'
  /** « /activities/{id} » */
  path: string
  tag: string
  summary: string
  scope: Scope
  params: z.ZodObject
  query: z.ZodObject
  /** Name and schema: the name is that of the description. */
  body: Named | null
  answer: Named & { status: 200 | 201 }
  run: (ctx: AppContext, asked: Asked<never, never, never>) => Promise<Outcome<unknown>>
}

export interface Named<Schema extends z.ZodType = z.ZodType> {
  name: string
  schema: Schema
}

export const named = <Schema extends z.ZodType>(name: string, schema: Schema): Named<Schema> => ({ name, schema })

interface Declared<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> extends Omit<Operation, 'params' | 'query' | 'body' | 'answer' | 'run'> {
  params: Params
  query: Query
  body: Named<Body> | null
  answer: Named<Answer> & { status: 200 | 201 }
  run: (
    ctx: AppContext,
    asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>>,
  ) => Promise<Outcome<z.input<Answer>>>
}

/** Ties what an operation runs to the schemas it declares. */
export const operation = <
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  declared: Declared<Params, Query, Body, Answer>,
): Operation => declared as unknown as Operation
