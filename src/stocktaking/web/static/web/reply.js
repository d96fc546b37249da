// A section of a reply is saved while somebody types; without this script its buttons do it.
// What is not saved yet stands in localStorage, by reply, section and question, with the revision
// it was typed upon; it is put back into the page and sent as soon as that is possible.
// Only questions that were touched are sent, each with the revision of which its author saw the
// answer: what others change meanwhile is merged or comes back as a conflict, never overwritten.
// After a conflict the cookie "settled" (<reply>.<part>:<code>.<code>) says what was chosen.
// The form is #section (data-save, data-reply, data-part), what happens is told in #state.

const PAUSE = 2000 // ms after the last key
const LONGEST = 8000 // ms of typing without a pause
const MIRROR = 300
const AGAIN = [3000, 10000, 30000]
// fields that are no part of an answer: searches, and what belongs to a file not sent yet
const ASIDE = /\.(find|upload|new\.\w+)$/

const form = document.querySelector('form#section')
if (form) start(form)

function start(form) {
  const { reply, part, save: address, signIn } = form.dataset
  const key = `reply/${reply}/${part}`
  const state = document.getElementById('state')
  const places = new Map([...form.querySelectorAll('[data-question]')].map((one) => [one.dataset.question, one]))
  const hidden = (name) => form.querySelector(`input[type=hidden][name=${name}]`)
  const seen = new Map() // by code: the revision of the answer that the page shows or was typed upon
  const synced = new Map() // by code: the fields as they were saved last
  const tried = new Map() // by code: fields that were refused or clash; not sent again unchanged
  let busy = null
  let timer = 0
  let mirrorTimer = 0
  let since = 0
  let failures = 0
  let nowhere = false
  let stopped = false
  let leaving = false

  const own = (code, name) => name === `q-${code}` || name.startsWith(`q-${code}.`)

  function fieldsOf(code, data = new FormData(form)) {
    const aside = places.get(code).dataset.kind === 'country' ? `q-${code}.name` : ''
    return [...data].filter(([name, value]) =>
      typeof value === 'string' && own(code, name) && !ASIDE.test(name) && name !== aside)
  }

  const written = (fields) => new URLSearchParams(fields).toString()
  // as the server keeps it: it drops blanks around a text
  const alike = (fields) => written(fields.map(([name, value]) => [name, value.replaceAll('\r\n', '\n').trim()])
    .filter(([, value]) => value))

  function dirty() {
    const data = new FormData(form)
    return [...places.keys()].filter((code) => written(fieldsOf(code, data)) !== synced.get(code))
  }

  function put(code, fields) {
    const values = new Map()
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value])
    for (const control of places.get(code).querySelectorAll('input, textarea, select')) {
      const wanted = values.get(control.name)
      if (!own(code, control.name ?? '') || control.type === 'file' || ASIDE.test(control.name)) continue
      if (control.type === 'checkbox' || control.type === 'radio') control.checked = Boolean(wanted?.includes(control.value))
      else if (wanted) control.value = wanted[0]
    }
    places.get(code).dispatchEvent(new Event('input', { bubbles: true }))
  }

  function mirror() {
    clearTimeout(mirrorTimer)
    const data = new FormData(form)
    const open = dirty()
    const kept = Object.fromEntries(open.map((code) => [code, { base: seen.get(code), fields: fieldsOf(code, data) }]))
    try {
      if (open.length) localStorage.setItem(key, JSON.stringify(kept))
      else localStorage.removeItem(key)
      nowhere = false
    } catch {
      nowhere = open.length > 0
    }
  }

  // what was chosen on the page with both texts need not be kept here any more
  function settled() {
    const [place, codes] = (document.cookie.match(/(?:^|; )settled=([^;]+)/)?.[1] ?? '').split(':')
    if (!codes) return
    const mirrored = `reply/${place.replace('.', '/')}`
    document.cookie = 'settled=; max-age=0; path=/'
    try {
      const kept = JSON.parse(localStorage.getItem(mirrored) ?? '{}')
      for (const code of codes.split('.')) delete kept[code]
      localStorage.setItem(mirrored, JSON.stringify(kept))
    } catch { /* not to be had */ }
  }

  function restore() {
    settled()
    let kept = {}
    try {
      kept = JSON.parse(localStorage.getItem(key) ?? '{}')
    } catch { /* not ours, or not to be had */ }
    let some = false
    for (const [code, { base, fields }] of Object.entries(kept)) {
      if (!places.has(code) || alike(fieldsOf(code)) === alike(fields)) continue
      seen.set(code, base)
      put(code, fields)
      some = true
    }
    if (some) document.getElementById('device').hidden = false
  }

  function tell(name, time = '', more = '') {
    state.hidden = false
    state.textContent = [state.dataset[name].replace('{time}', time), more].filter(Boolean).join(' ')
    state.classList.toggle('due', !['saved', 'saving'].includes(name))
    if (name === 'signedOut') {
      const link = document.createElement('a')
      Object.assign(link, { href: signIn, target: '_blank', rel: 'noopener', textContent: state.dataset.signIn })
      state.append(' ', link)
    }
  }

  const failed = (name, more = '') => tell(nowhere ? 'nowhere' : name, '', more)

  function later(wait) {
    clearTimeout(timer)
    timer = setTimeout(save, wait)
  }

  // 'saved', 'nothing', 'offline', 'signedOut', 'refused'
  async function save() {
    if (busy) await busy
    busy = send().finally(() => { busy = null })
    return busy
  }

  async function send() {
    clearTimeout(timer)
    if (stopped) return 'refused'
    mirror()
    const data = new FormData(form)
    const all = dirty().filter((code) => written(fieldsOf(code, data)) !== tried.get(code))
    if (!all.length) return 'nothing'
    const base = Math.min(...all.map((code) => seen.get(code)))
    const codes = all.filter((code) => seen.get(code) === base)
    const sent = new Map(codes.map((code) => [code, fieldsOf(code, data)]))
    const body = new URLSearchParams([...sent.values()].flat())
    body.set('based_on', base)
    body.set('shown', codes.join(' '))
    tell('saving')
    let answer
    try {
      answer = await fetch(address, { method: 'POST', body, redirect: 'manual', headers: { 'X-CSRFToken': token() } })
    } catch {
      return retry('offline')
    }
    // another page than the one asked for: sign in first, or the protection was renewed by it
    if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) return retry('signedOut')
    if (answer.status === 409 || answer.status === 404) {
      const said = await answer.json().catch(() => ({}))
      stopped = true
      failed('refused', said.message)
      return 'refused'
    }
    if (!answer.ok) return retry('refused')
    took(await answer.json(), base, sent)
    if (all.length > codes.length) return send()
    return 'saved'
  }

  function took({ revision, saved, conflicts, others, problems }, base, sent) {
    failures = 0
    since = 0
    for (const [code, was] of seen) {
      if (sent.has(code) && (conflicts.includes(code) || problems[code])) tried.set(code, written(sent.get(code)))
      else if (sent.has(code)) {
        synced.set(code, written(sent.get(code)))
        seen.set(code, revision)
      } else if (was >= base && !others.includes(code)) seen.set(code, revision)
    }
    mirror()
    const time = new Date(saved).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', numberingSystem: 'latn' })
    if (conflicts.length) failed('clash')
    else tell('saved', time, Object.values(problems).flat().join(' '))
    const badge = document.getElementById('saved-state')
    if (badge) badge.textContent = state.dataset.saved.replace('{time}', time)
    if (dirty().some((code) => written(fieldsOf(code)) !== tried.get(code))) later(PAUSE)
  }

  function retry(name) {
    failed(name)
    later(AGAIN[Math.min(failures++, AGAIN.length - 1)])
    return name
  }

  // from the cookie: signing in elsewhere has made a new one
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? hidden('csrfmiddlewaretoken').value
  const files = () => [...form.querySelectorAll('input[type=file]')].filter((one) => one.files.length)

  function typed() {
    clearTimeout(mirrorTimer)
    mirrorTimer = setTimeout(mirror, MIRROR)
    since ||= Date.now()
    later(Date.now() - since > LONGEST ? 0 : PAUSE)
  }

  async function submitted(event) {
    if (leaving) return
    event.preventDefault()
    const { submitter } = event
    if (dirty().length && await save() === 'offline') return
    // what is saved already needs no comparing; clashes, refusals and files go with the form
    const asked = submitter?.value?.split(':')[1]
    const codes = new Set([...dirty(), ...files().map((one) => one.name.slice(2).split('.')[0])])
    if (places.has(asked)) codes.add(asked)
    hidden('shown').value = [...codes].join(' ')
    hidden('based_on').value = Math.min(...[...(codes.size ? codes : seen.keys())].map((code) => seen.get(code)))
    leaving = true
    // not before this event has ended: a form that is being submitted cannot be submitted
    await new Promise((resolve) => { setTimeout(resolve) })
    form.requestSubmit(submitter)
    setTimeout(() => { leaving = false })
  }

  const unsaved = Boolean(document.getElementById('kept'))
  const first = Number(hidden('based_on').value)
  const data = new FormData(form)
  for (const [code, place] of places) {
    const now = written(fieldsOf(code, data))
    seen.set(code, first)
    // text that a page shows because it could not be saved
    synced.set(code, unsaved || place.classList.contains('bad') ? null : now)
    if (!unsaved && place.classList.contains('bad')) tried.set(code, now)
  }
  form.addEventListener('input', typed)
  form.addEventListener('change', typed)
  form.addEventListener('submit', submitted)
  addEventListener('online', () => later(0))
  addEventListener('offline', () => { mirror(); if (dirty().length) failed('offline') })
  addEventListener('focus', () => { if (failures) later(0) })
  document.addEventListener('visibilitychange', () => { if (document.hidden) save() })
  addEventListener('beforeunload', (event) => {
    mirror()
    if (!leaving && (nowhere || files().length)) event.preventDefault()
  })
  restore()
  if (unsaved || !document.getElementById('device').hidden) later(0)
}
