/* Passkeys: allauth's script does the work and reports what went wrong; the person reads it beside the button. */

const messages = document.querySelector("[data-passkey-failed]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  messages.textContent = messages.dataset.passkeyFailed;
  messages.hidden = false;
  messages.focus();
});
