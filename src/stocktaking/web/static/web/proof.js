// Proof of work for forms of visitors: finds the number below `cost` for which SHA-256 of
// "nonce.number" is the target that stands in the form (guards/rules/proof.py). In small pieces
// on the main thread: a worker would need an exception to the page's security policy.
// Begins when somebody begins to fill in the form; sending waits for it. No script: code by mail.

const PIECE = 10 // milliseconds of work at a time
const CONSTANTS = constants(64, 3)
const START = constants(8, 2)

for (const field of document.querySelectorAll('input[name="guard-proof"]')) guard(field)

function guard(field) {
  const form = field.form
  const number = form.elements['guard-number']
  const told = form.querySelector('[data-proof-told]')
  const instead = form.querySelector('[data-proof-instead]')
  if (!told || !instead || number.value) return
  instead.hidden = true
  for (const part of instead.querySelectorAll('input, button')) part.disabled = true

  let work
  const begin = () => { work ??= solve(field.value).then((found) => { number.value = found }) }
  form.addEventListener('input', begin, { once: true })
  form.addEventListener('focusin', begin, { once: true })
  form.addEventListener('submit', async (event) => {
    if (number.value || !instead.hidden) return
    event.preventDefault()
    event.stopImmediatePropagation()
    told.textContent = told.dataset.busy
    begin()
    try {
      await work
    } catch {
      instead.hidden = false
      instead.open = true
      for (const part of instead.querySelectorAll('input, button')) part.disabled = false
      told.textContent = ''
      return
    }
    told.textContent = ''
    form.requestSubmit(event.submitter)
  }, { capture: true })
}

async function solve(challenge) {
  const [version, , , cost, nonce, target] = challenge.split('.')
  const goal = target && target.match(/.{8}/g).map((part) => parseInt(part, 16) | 0)
  if (version !== '1' || !goal || goal.length !== 8) throw new Error('unknown challenge')
  let until = performance.now() + PIECE
  for (let number = 0; number < cost; number++) {
    if (number % 64 === 0 && performance.now() > until) {
      await new Promise((resolve) => setTimeout(resolve))
      until = performance.now() + PIECE
    }
    const hash = sha256(`${nonce}.${number}`)
    if (hash[0] === goal[0] && hash.every((word, place) => word === goal[place])) return String(number)
  }
  throw new Error('no number answers')
}

// SHA-256 of a text of at most 55 ASCII signs (one block), as eight words.
function sha256(text) {
  const words = new Int32Array(64)
  for (let place = 0; place < text.length; place++) {
    words[place >> 2] |= text.charCodeAt(place) << (24 - 8 * (place % 4))
  }
  words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length % 4))
  words[15] = text.length * 8
  for (let t = 16; t < 64; t++) {
    const a = words[t - 15]
    const b = words[t - 2]
    const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)
    const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10)
    words[t] = words[t - 16] + s0 + words[t - 7] + s1
  }
  let [a, b, c, d, e, f, g, h] = START
  for (let t = 0; t < 64; t++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const first = (h + s1 + ((e & f) ^ (~e & g)) + CONSTANTS[t] + words[t]) | 0
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g; g = f; f = e; e = (d + first) | 0
    d = c; c = b; b = a; a = (first + second) | 0
  }
  return [a, b, c, d, e, f, g, h].map((word, place) => (word + START[place]) | 0)
}

function turned(word, by) {
  return (word >>> by) | (word << (32 - by))
}

// The first 32 bits behind the point of the square (2) or cube (3) roots of the first primes.
function constants(count, root) {
  const found = []
  for (let n = 2; found.length < count; n++) {
    let prime = true
    for (let by = 2; by * by <= n; by++) if (n % by === 0) prime = false
    if (prime) found.push(fraction(n, root) | 0)
  }
  return found
}

// Exact, by whole numbers: floating point misses the last bits of some roots.
function fraction(n, root) {
  const goal = BigInt(n) << BigInt(32 * root)
  let low = 0n
  let high = 1n << 40n
  while (low < high - 1n) {
    const middle = (low + high) >> 1n
    if (middle ** BigInt(root) <= goal) low = middle
    else high = middle
  }
  return Number(low & 0xffffffffn)
}
