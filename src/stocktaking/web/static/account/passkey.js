// Passkeys need a script: shows what the browser can do, and says when it failed.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll('[data-passkey]')) part.hidden = false
}
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  for (const note of document.querySelectorAll('[data-passkey-failed]')) {
    note.hidden = true
    requestAnimationFrame(() => { note.hidden = false })
  }
})
