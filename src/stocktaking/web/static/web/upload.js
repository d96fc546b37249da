// Sends the files of <input type="file" data-upload="/…/uploads/"> in pieces as soon as they are
// chosen, goes on after a torn connection, and after a reload once the same file is chosen again.
// The contract is in web/views/uploads.py; without this script the form sends its files itself.

const SMALLEST = 32 * 1024
const LARGEST = 4 * 1024 * 1024
const SLOW = 4000 // milliseconds that a piece should take at most
const TRIES = 12 // without any progress
const KEPT = 2 * 24 * 3600 * 1000 // as long as the server keeps what is unfinished

for (const field of document.querySelectorAll('input[type="file"][data-upload]')) {
  field.addEventListener('change', () => { sendAll(field) })
}

async function sendAll(field) {
  const files = [...field.files]
  if (!files.length) return
  const told = tell(field)
  const turn = field.dataset.uploadTurn = String(Math.random())
  try {
    for (const file of files) {
      if (file.size > Number(field.dataset.uploadMegabytes) * 1024 * 1024) {
        throw new Refusal(field.dataset.uploadWordsLarge)
      }
      const done = await send(field, file, told)
      if (field.dataset.uploadTurn !== turn) return // other files were chosen meanwhile
      put(field, done)
    }
    field.value = '' // arrived: the form need not send them once more
    told.say(field.dataset.uploadWordsDone)
  } catch (error) {
    if (field.dataset.uploadTurn !== turn) return
    told.say(error instanceof Refusal && error.message || field.dataset.uploadWordsFailed, true)
  }
}

class Refusal extends Error {}

// The file's number and name, once all of it has arrived.
async function send(field, file, told) {
  const place = `upload:${file.size}:${file.lastModified}:${file.name}`
  const key = remembered(place) ?? remember(place)
  let answer = await insisting(told, field, () => begin(field, file, key))
  let size = 256 * 1024
  while (answer.state === 'open') {
    told.show(file.name, answer.offset / file.size)
    const from = answer.offset
    const began = performance.now()
    answer = await insisting(told, field, async (again) => {
      if (again) {
        size = Math.max(SMALLEST, Math.floor(size / 2))
        const now = await ask(field, answer.url, { method: 'GET' })
        if (now.state !== 'open' || now.offset !== from) return now
      }
      const body = file.slice(from, from + size)
      return ask(field, answer.url, { method: 'PATCH', body, headers: { 'Upload-Offset': from } })
    })
    if (performance.now() - began < SLOW / 2) size = Math.min(LARGEST, size * 2)
  }
  localStorage.removeItem(place)
  told.show(file.name, 1)
  return { file: answer.file, name: answer.name }
}

async function begin(field, file, key) {
  const body = new URLSearchParams({
    key, name: file.name, size: file.size, kinds: field.dataset.uploadKinds ?? '', sha256: await digest(file)
  })
  return ask(field, field.dataset.upload, { method: 'POST', body })
}

async function digest(file) {
  if (!crypto.subtle) return '' // only where the address is a safe one
  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

// Again and again, more and more slowly, as long as it may help.
async function insisting(told, field, act) {
  for (let tried = 0; ; tried++) {
    try {
      return await act(tried > 0)
    } catch (error) {
      if (error instanceof Refusal || tried >= TRIES) throw error
      told.say(field.dataset.uploadWordsWaiting)
      const wait = error.wait ?? Math.min(30000, 500 * 2 ** tried) * (0.5 + Math.random())
      await Promise.race([
        new Promise((resolve) => { setTimeout(resolve, wait) }),
        new Promise((resolve) => { addEventListener('online', resolve, { once: true }) })
      ])
    }
  }
}

async function ask(field, url, options) {
  const token = field.form.elements.csrfmiddlewaretoken.value
  const headers = { Accept: 'application/json', 'X-CSRFToken': token, ...options.headers }
  const response = await fetch(url, { ...options, headers, redirect: 'error' })
  const body = await response.json().catch(() => ({}))
  if (response.ok) return body
  if (response.status === 409 && response.headers.has('Upload-Offset')) {
    return ask(field, url, { method: 'GET' })
  }
  const later = response.status === 409 || response.status >= 500
  if (!later) throw new Refusal(body.message ?? body.detail ?? '')
  const wait = Number(response.headers.get('Retry-After')) * 1000
  throw Object.assign(new Error(String(response.status)), wait ? { wait } : {})
}

// Hidden fields beside those of the files that are there already.
function put(field, done) {
  const into = field.dataset.uploadInto
  const places = [...field.form.elements]
    .map((one) => one.name.startsWith(`${into}.`) && /^(\d+)\.file$/.exec(one.name.slice(into.length + 1)))
    .filter(Boolean).map((match) => Number(match[1]))
  const next = Math.max(-1, ...places) + 1
  for (const [part, value] of [['file', done.file], ['name', done.name]]) {
    const hidden = document.createElement('input')
    Object.assign(hidden, { type: 'hidden', name: `${into}.${next}.${part}`, value })
    field.after(hidden)
  }
  // what was said of the file to come belongs to this one now
  const said = [...field.form.elements].filter((one) => one.name.startsWith(`${into}.new.`))
  for (const one of said) one.name = one.name.replace(`${into}.new.`, `${into}.${next}.`)
  field.dispatchEvent(new Event('input', { bubbles: true })) // for what saves while people type
  field.dispatchEvent(new CustomEvent('upload:done', { bubbles: true, detail: done }))
}

function remembered(place) {
  const [key, at] = (localStorage.getItem(place) ?? '').split(' ')
  return key && Date.now() - Number(at) < KEPT ? key : null
}

function remember(place) {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const key = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  try { localStorage.setItem(place, `${key} ${Date.now()}`) } catch { /* a full or closed store: no resuming after a reload */ }
  return key
}

// A bar and a sentence under the field.
function tell(field) {
  let box = field.parentElement.querySelector('[data-upload-told]')
  if (!box) {
    box = document.createElement('div')
    box.dataset.uploadTold = ''
    box.append(document.createElement('progress'), document.createElement('p'))
    box.lastChild.className = 'hint'
    box.lastChild.setAttribute('role', 'status')
    box.firstChild.setAttribute('aria-label', field.dataset.uploadWordsSending)
    field.after(box)
  }
  const [bar, words] = box.children
  bar.hidden = true
  words.textContent = ''
  return {
    show(name, share) {
      bar.hidden = share >= 1
      bar.value = share
      words.textContent = `${field.dataset.uploadWordsSending} ${name}`
    },
    say(sentence, failed = false) {
      if (failed) bar.hidden = true
      words.textContent = sentence
      words.className = failed ? 'error' : 'hint'
    }
  }
}
