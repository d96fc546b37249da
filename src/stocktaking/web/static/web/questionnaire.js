// The rules of questionnaires in the browser: what is shown, what is required, how long a text is.
// Half of a pair: questionnaires/rules/conditions.py, values.py and kernel/text/counting.py say
// the same; tests/browser/test_questionnaire_rules.py runs both on the same cases. Without this
// script the server does all of it when a section is saved.
//
// For a page: <form data-questionnaire="{{ ... }}"> with the JSON of
// questionnaires.rules.browser.for_browser(definition, answers, facts) as the attribute's value
// (escaped like any attribute; nothing to allow in the security policy), and
//   <script type="module" src="{% asset "web/questionnaire.js" %}"></script>
// Within the form: around each question an element with data-question (its code) and data-kind,
// controls named as web/forms/questions does (q-<code>, q-<code>.year, q-<code>.note.<term>,
// q-<code>.0.url ...). It is hidden while its condition does not hold; what stands in it stays
// and is sent. [data-optional] within is hidden while the answer is required. Anywhere on the
// page: [data-section="<code>"] is hidden while nothing of the section is shown.
// Counters: [data-for="<id of the control>"] holds [data-count="words"] or "characters"; a .gauge
// beside it is drawn by data-min-words, data-max-words, data-min-chars, data-max-chars.
// After each look the form gets the event "questionnaire:looked" with detail.visible, a Set.

const HAN = '\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}'
const JOINERS = '\\u00ad\\u200b-\\u200f\\u2060\\ufeff'
const HAN_CHARACTER = new RegExp(`[${HAN}]`, 'gu')
const RUN = new RegExp(`[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}${JOINERS}]*`, 'gu')
const BLANK = /^[\t-\r\x1c-\x20\x85\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]*$/u
const DEEP = 3

export function countWords(text) {
  const han = text.match(HAN_CHARACTER)?.length ?? 0
  const runs = text.replace(HAN_CHARACTER, ' ').match(RUN)?.length ?? 0
  return runs + Math.floor((5 * han + 4) / 8)
}

export function countCharacters(text) {
  let count = 0
  for (const _ of text.replaceAll('\r\n', '\n')) count += 1
  return count
}

export function answered(value, depth = 0) {
  if (depth > DEEP) return true
  if (value === null || value === undefined || value === false) return false
  if (typeof value === 'string') return !BLANK.test(value)
  if (Array.isArray(value)) return value.some((one) => answered(one, depth + 1))
  if (typeof value === 'object') return Object.values(value).some((one) => answered(one, depth + 1))
  return true
}

function chosen(value) {
  if (!answered(value)) return []
  if (Array.isArray(value)) {
    const codes = value.map((one) => (one !== null && typeof one === 'object' ? own(one, 'code') : one))
    return codes.filter((code) => answered(code))
  }
  return typeof value === 'object' ? [] : [value]
}

// an answer or fact, and never something that every object has
function own(held, name) {
  return Object.hasOwn(held, name) ? held[name] : undefined
}

function amount(value) {
  if (Array.isArray(value)) return value.filter((one) => answered(one)).length || null
  return typeof value === 'number' ? value : null
}

// Whether a condition is met by the answers of what is shown, and by facts about who answers.
export function holds(condition, answers, facts) {
  if (condition === null || condition === undefined) return true
  if ('all' in condition) return condition.all.every((one) => holds(one, answers, facts))
  if ('any' in condition) return condition.any.some((one) => holds(one, answers, facts))
  if ('not' in condition) return !holds(condition.not, answers, facts)
  if ('fact' in condition) {
    const wanted = 'in' in condition ? condition.in : [condition.is]
    return wanted.includes(own(facts, condition.fact) || '')
  }
  const value = own(answers, condition.question)
  if ('answered' in condition) return answered(value) === condition.answered
  const found = chosen(value)
  if ('is' in condition) return found.length === 1 && found[0] === condition.is
  if ('in' in condition) return found.some((one) => condition.in.includes(one))
  if ('has' in condition) return found.includes(condition.has)
  const words = typeof value === 'string' ? countWords(value) : 0
  if ('words_more_than' in condition) return words > condition.words_more_than
  if ('words_less_than' in condition) return words < condition.words_less_than
  const number = amount(value)
  if (number === null) return false
  return 'more_than' in condition ? number > condition.more_than : number < condition.less_than
}

function* mentioned(condition) {
  if (condition === null || condition === undefined) return
  if ('question' in condition) yield condition.question
  for (const one of [...(condition.all ?? []), ...(condition.any ?? [])]) yield* mentioned(one)
  if ('not' in condition) yield* mentioned(condition.not)
}

// The codes of the questions that are shown, as a Set. Those caught in a circle are not.
export function visible(definition, answers, facts) {
  const questions = new Map()
  for (const section of definition.sections) {
    for (const question of section.questions) questions.set(question.code, [section.shown_when, question.shown_when])
  }
  const needs = new Map()
  for (const [code, conditions] of questions) {
    needs.set(code, conditions.flatMap((one) => [...mentioned(one)]).filter((one) => questions.has(one)))
  }
  const shown = {}
  const placed = new Set()
  const found = new Set()
  let waiting = [...needs.keys()]
  while (waiting.length) {
    const ready = waiting.filter((code) => needs.get(code).every((one) => placed.has(one)))
    if (!ready.length) break
    for (const code of ready) {
      placed.add(code)
      if (questions.get(code).every((condition) => holds(condition, shown, facts))) {
        found.add(code)
        shown[code] = own(answers, code) ?? null
      }
    }
    waiting = waiting.filter((code) => !placed.has(code))
  }
  return found
}

// The codes of the required questions among those shown, as a Set.
export function required(definition, answers, facts, shown = visible(definition, answers, facts)) {
  const counting = Object.fromEntries(Object.entries(answers).filter(([code]) => shown.has(code)))
  const found = new Set()
  for (const { questions } of definition.sections) {
    for (const question of questions) {
      const asked = question.required || (question.required_when && holds(question.required_when, counting, facts))
      if (asked && shown.has(question.code)) found.add(question.code)
    }
  }
  return found
}

// --- pages

const ROWS = 51
const PARTS = { people: ['name', 'email', 'role'], link: ['url', 'label'] }

function trimmed(text) {
  return text.replaceAll('\r\n', '\n').replace(/^[ \t\n\u00a0\u3000]+|[ \t\n\u00a0\u3000]+$/gu, '')
}

function typed(data, name) {
  const value = data.get(name)
  return typeof value === 'string' ? trimmed(value) : ''
}

// A number as people type it; what cannot be read here is judged by the server alone.
function numberOf(text) {
  const bare = text.replace(/[\s'’_\u00a0\u202f]/gu, '').replaceAll('٫', '.').replace(/\p{Nd}/gu, digit)
  const plain = /^-?\d{1,3}([.,]\d{3})+$/.test(bare) ? bare.replace(/[.,]/g, '') : bare.replace(',', '.')
  return /^-?\d{1,15}(\.\d{1,9})?$/.test(plain) ? Number(plain) : null
}

function digit(letter) {
  if (letter <= '9') return letter
  const code = letter.codePointAt(0)
  // digits stand together in tens: count back to the one that is no digit any more
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return code < 0x1d7ce || code > 0x1d7ff ? String(code - zero) : String((code - 0x1d7ce) % 10)
}

const READ = {
  number: (data, name) => numberOf(typed(data, name)),
  date: (data, name) => {
    const parts = [['year', 4], ['month', 2], ['day', 2]].map(([part, size]) =>
      typed(data, `${name}.${part}`).replace(/\p{Nd}/gu, digit).padStart(size, '0'))
    const given = parts.findIndex((part) => /^0*$/.test(part))
    return parts.slice(0, given < 0 ? 3 : given).join('-')
  },
  many: (data, name) => data.getAll(name),
  country: (data, name) => data.getAll(name),
  terms: (data, name) => data.getAll(name).filter(answered)
    .map((code) => ({ code, note: typed(data, `${name}.note.${code}`) })),
  organisation: (data, name) => (data.get(name) === 'new'
    ? { name: typed(data, `${name}.name`) } : { number: Number(data.get(name)) || null }),
  people: rows, link: rows,
  file: files, image: files,
  statement: (data, name) => data.has(name),
}

function rows(data, name, kind) {
  return Array.from({ length: ROWS }, (_, place) => `${name}.${place}`)
    .filter((row) => !data.get(`${row}.remove`))
    .map((row) => Object.fromEntries(PARTS[kind].map((part) => [part, typed(data, `${row}.${part}`)])))
    .filter((row) => answered(row))
}

function files(data, name) {
  const kept = Array.from({ length: ROWS }, (_, place) => `${name}.${place}`)
    .filter((row) => data.get(`${row}.file`) && !data.get(`${row}.remove`))
  const sent = data.getAll(`${name}.upload`).filter((one) => typeof one === 'object' && one.size > 0)
  return [...kept, ...sent].map((_, place) => ({ file: place + 1 }))
}

function look(form, told) {
  const data = new FormData(form)
  const answers = { ...told.answers }
  const places = form.querySelectorAll('[data-question]')
  for (const { dataset } of places) {
    const read = READ[dataset.kind] ?? typed
    answers[dataset.question] = read(data, `q-${dataset.question}`, dataset.kind)
  }
  const shown = visible(told, answers, told.facts)
  const asked = required(told, answers, told.facts, shown)
  for (const place of places) {
    place.hidden = !shown.has(place.dataset.question)
    for (const mark of place.querySelectorAll('[data-optional]')) mark.hidden = asked.has(place.dataset.question)
  }
  for (const section of told.sections) {
    const empty = !section.questions.some(({ code }) => shown.has(code))
    for (const place of document.querySelectorAll('[data-section]')) {
      if (place.dataset.section === section.code) place.hidden = empty
    }
  }
  form.dispatchEvent(new CustomEvent('questionnaire:looked', { detail: { visible: shown } }))
}

function count(told) {
  const control = document.getElementById(told.dataset.for)
  const figure = told.querySelector('[data-count]')
  if (!control || !figure) return
  const words = figure.dataset.count === 'words'
  const [least, most] = words
    ? [control.dataset.minWords, control.dataset.maxWords]
    : [control.dataset.minChars, control.dataset.maxChars]
  const bar = told.parentElement.querySelector('.gauge rect:not([class])')
  const show = () => {
    const now = (words ? countWords : countCharacters)(trimmed(control.value))
    figure.textContent = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' }).format(now)
    const whole = Math.max(Number(most) || Math.ceil((Number(least) || 0) * 4 / 3), 1)
    bar?.setAttribute('width', `${Math.min(100, Math.floor(now * 100 / whole))}%`)
  }
  control.addEventListener('input', show)
}

if (typeof document !== 'undefined') {
  for (const form of document.querySelectorAll('form[data-questionnaire]')) {
    const told = JSON.parse(form.dataset.questionnaire)
    form.addEventListener('input', () => look(form, told))
    form.addEventListener('change', () => look(form, told))
    look(form, told)
  }
  for (const told of document.querySelectorAll('[data-for]')) count(told)
}
