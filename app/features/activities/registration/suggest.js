// Suggestions under a text field, as one types; the field works without. Kept under 3 KB, served on one page.
for (const input of document.querySelectorAll('[data-suggest]')) {
  const box = document.createElement('div')
  box.className = 'suggest'
  input.before(box)
  const list = document.createElement('div')
  list.id = `${input.id}-propositions`
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Propositions')
  box.append(input, list)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    input.setAttribute(name, value)

  let now = -1
  let asked = 0
  const show = (open) => {
    list.hidden = !open
    input.setAttribute('aria-expanded', String(open))
    if (!open) point(-1)
  }
  const point = (at) => {
    now = at
    ;[...list.children].forEach((one, i) => one.setAttribute('aria-selected', String(i === at)))
    if (at < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', list.children[at].id)
  }
  const take = (one) => {
    input.value = one.textContent
    show(false)
  }
  const ask = async () => {
    const mine = ++asked
    const text = input.value.trim()
    if (text.length < 2) return show(false)
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`).catch(() => null)
    const found = answer?.ok ? await answer.json() : []
    if (mine !== asked) return
    list.replaceChildren(
      ...found.slice(0, 6).map(({ label }, i) => {
        const one = document.createElement('div')
        one.id = `${list.id}-${i}`
        one.setAttribute('role', 'option')
        one.setAttribute('aria-selected', 'false')
        one.textContent = label
        one.onpointerdown = (event) => {
          event.preventDefault()
          take(one)
        }
        return one
      }),
    )
    point(-1)
    show(found.length > 0)
  }
  let wait
  input.addEventListener('input', () => {
    clearTimeout(wait)
    wait = setTimeout(ask, 150)
  })
  input.addEventListener('blur', () => show(false))
  input.addEventListener('keydown', (event) => {
    const count = list.children.length
    if (list.hidden || count === 0) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      point((now + (event.key === 'ArrowDown' ? 1 : count - 1) + (now < 0 && event.key === 'ArrowUp' ? 1 : 0)) % count)
    } else if (event.key === 'Enter' && now >= 0) {
      event.preventDefault()
      take(list.children[now])
    } else if (event.key === 'Escape') show(false)
  })
}
