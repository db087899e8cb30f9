/* Passkeys: allauth's script does the work and reports what went wrong; the person reads it above the form.
   Their buttons do nothing without a script, so they stay hidden without one. */

for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = false;

const messages = document.querySelector("[data-passkey-failed]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  messages.textContent = messages.dataset.passkeyFailed;
  messages.hidden = false;
  messages.focus();
});
