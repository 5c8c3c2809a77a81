import { notFound } from '../platform/web.server.ts'

export const loader = () => {
  throw notFound('L’adresse a peut-être changé, ou contient une faute de frappe.')
}

export const action = loader

export default function Missing() {
  return null
}
