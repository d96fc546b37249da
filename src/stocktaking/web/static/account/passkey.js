// Passkeys need a script: shows what the browser can do, and says when it failed.
// They belong to a name, so there are none where the site is reached by a number.
const named = !/^[\d.]+$|:/.test(location.hostname)
if (window.PublicKeyCredential && named) {
  for (const part of document.querySelectorAll('[data-passkey]')) part.hidden = false
}
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  for (const note of document.querySelectorAll('[data-passkey-failed]')) {
    note.hidden = true
    requestAnimationFrame(() => { note.hidden = false })
  }
})
