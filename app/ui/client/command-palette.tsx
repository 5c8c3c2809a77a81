import { useCallback, useMemo, useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  I18nProvider,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components'
import { useInRouterContext, useNavigate } from 'react-router'
import { nb } from '../french.ts'
import { useRemote } from './remote.ts'
import { useShortcut, useShortcuts } from './shortcuts.ts'

export interface FoundGroup {
  /** « Personnes », « Organisations », « Activités », « Pages » */
  label: string
  items: readonly { id: string; label: string; detail?: string | null; href: string }[]
}

export interface CommandPaletteProps {
  /** The search page: where the link leads without script, and from the list’s last line. */
  searchHref: string
  /** Answers `?q=` with { groups: FoundGroup[] }. */
  source: string
  /** Pages offered before anything is typed. */
  pages?: readonly { label: string; href: string }[]
  placeholder?: string
}

const NOTHING: { groups: FoundGroup[] } = { groups: [] }
const FILES = /\.(xlsx|csv|ics|pdf|zip)(\?|$)/

/** The one search of the office: Ctrl+K, then a few letters. */
export function CommandPalette(props: CommandPaletteProps) {
  return useInRouterContext() ? (
    <Routed {...props} />
  ) : (
    <Palette {...props} go={(href) => window.location.assign(href)} />
  )
}

function Routed(props: CommandPaletteProps) {
  const navigate = useNavigate()
  return <Palette {...props} go={(href) => (FILES.test(href) ? window.location.assign(href) : void navigate(href))} />
}

function Palette({
  searchHref,
  source,
  pages = [],
  placeholder = 'Chercher une personne, une activité…',
  go,
}: CommandPaletteProps & { go: (href: string) => void }) {
  const [open, setOpen] = useState(false)
  useShortcuts()
  useShortcut(
    'ctrl+k',
    useCallback((event) => {
      event.preventDefault()
      setOpen((before) => !before)
    }, []),
  )
  return (
    <I18nProvider locale="fr-FR">
      <a
        className="find"
        href={searchHref}
        aria-keyshortcuts="Control+K"
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <span>{placeholder}</span>
        <kbd>Ctrl K</kbd>
      </a>
      <ModalOverlay className="veil" isDismissable isOpen={open} onOpenChange={setOpen}>
        <Modal className="dialog-box palette">
          <Dialog aria-label="Chercher">
            <Finder
              source={source}
              pages={pages}
              searchHref={searchHref}
              placeholder={placeholder}
              go={(href) => {
                setOpen(false)
                go(href)
              }}
            />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  )
}

const everywhereHref = (searchHref: string, text: string) => `${searchHref}?q=${encodeURIComponent(text)}`

type FinderProps = Required<CommandPaletteProps> & { go: (href: string) => void }

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function Finder({ source, pages, searchHref, placeholder, go }: FinderProps) {
  const [query, setQuery] = useState('')
  const { answer, state } = useRemote(source, query, NOTHING)
  const groups = useMemo((): FoundGroup[] => {
    const near = pages.filter(({ label }) => plain(label).includes(plain(query.trim())))
    const own = near.map(({ label, href }) => ({ id: href, label, href }))
    const text = query.trim()
    const everywhere = {
      id: 'everywhere',
      label: nb(`Chercher « ${text} » partout`),
      href: everywhereHref(searchHref, text),
    }
    // what comes later is added below what may already have the focus; the last line waits for the answer
    return [
      ...(own.length > 0 ? [{ label: 'Aller à', items: own }] : []),
      ...answer.groups.filter(({ items }) => items.length > 0),
      ...(text !== '' && state !== 'loading' ? [{ label: 'Recherche', items: [everywhere] }] : []),
    ]
  }, [answer, state, pages, query, searchHref])
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <SearchField
        aria-label={placeholder}
        autoFocus
        onSubmit={(text) => text.trim() && groups.length === 0 && go(everywhereHref(searchHref, text.trim()))}
      >
        <Input placeholder={placeholder} maxLength={200} />
      </SearchField>
      <Menu
        className="choices-list"
        aria-label="Résultats"
        renderEmptyState={() => <p className="nothing">Écrivez un nom, un titre, une commune…</p>}
      >
        {groups.map((group) => (
          <MenuSection key={group.label} id={group.label}>
            <Header className="group-title">{group.label}</Header>
            {group.items.map(({ id, label, detail, href }) => (
              <MenuItem key={id} id={`${group.label}:${id}`} textValue={label} onAction={() => go(href)}>
                <span>{label}</span>
                {detail && <span className="small soft">{detail}</span>}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
      <p className="palette-foot small soft" role="status">
        <span>
          {state === 'loading'
            ? 'Recherche…'
            : state === 'failed'
              ? 'La recherche n’a pas répondu.'
              : `${groups.reduce((sum, { items }) => sum + items.length, 0)} propositions`}
        </span>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choisir · <kbd>Entrée</kbd> ouvrir · <kbd>Échap</kbd> fermer
        </span>
      </p>
    </Autocomplete>
  )
}
