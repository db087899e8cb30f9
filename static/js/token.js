/* A page that waits to be sent again (templates/accounts/unsaved_form.html): back from signing in elsewhere,
   its form takes the token of the new session. Without this script "Send again" has to be pressed twice. */

const form = document.querySelector("form[data-fresh-token]");

async function refresh() {
  const answer = await fetch(form.dataset.freshToken, { credentials: "same-origin" });
  if (!answer.ok) return;
  const { token, is_signed_in: isSignedIn } = await answer.json();
  form.elements.csrfmiddlewaretoken.value = token;
  const status = form.querySelector("[data-signed-in]");
  status.textContent = isSignedIn ? status.dataset.signedIn : "";
}

addEventListener("focus", () => form && refresh());
document.addEventListener("visibilitychange", () => {
  if (form && document.visibilityState === "visible") refresh();
});
