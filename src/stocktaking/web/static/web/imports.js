// Draws the progress of an import anew every few seconds, and shows its page once it has ended.
// Without this script the page has a link that does the same.

const box = document.querySelector('[data-import-progress]')
const EVERY = 2000 // milliseconds
const MISSES = 10 // answers that may fail in a row

if (box) look(0)

async function look(missed) {
  await new Promise((resolve) => { setTimeout(resolve, EVERY * (missed + 1)) })
  let told
  try {
    const answer = await fetch(box.dataset.importProgress, { headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error(String(answer.status))
    told = await answer.json()
  } catch {
    if (missed < MISSES) look(missed + 1)
    return
  }
  if (!told.open) {
    location.reload()
    return
  }
  const bar = box.querySelector('progress')
  if (told.share === null) bar.removeAttribute('value')
  else bar.value = told.share
  const words = box.querySelector('[data-told]')
  if (words.textContent !== told.told) words.textContent = told.told
  look(0)
}
