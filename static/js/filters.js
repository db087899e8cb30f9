/* On a wide screen a filter applies itself: the page that the form would lead to is fetched, and its #answer takes the
   place of this one's. Address, back button, focus and open lists stay as they are; #told says aloud what was found.
   Without this module, on a narrow screen or without a connection, the form is sent as forms are. */

const WIDE = matchMedia("(min-width: 56rem)");
const form = document.getElementById("filters");
const told = document.getElementById("told");
let shown = location.pathname + location.search;
let underWay;

/* The address that asks what stands in the form, without what is left empty. */
function addressOf(form) {
  const asked = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(asked).toString();
  return form.getAttribute("action") + (query && `?${query}`);
}

/* How to find an element again after the answer has come: every field has a name, options a value, the rest an id. */
function selectorOf(element) {
  if (!element || element === document.body) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (!element.name) return null;
  const value = element.type === "checkbox" ? `[value="${CSS.escape(element.value)}"]` : "";
  return `[name="${CSS.escape(element.name)}"]${value}`;
}

const openLists = () => [...form.querySelectorAll("fieldset[id]:has(details[open])")].map((one) => one.id);
const ticked = () => [...form.querySelectorAll("input[form]:checked")].map(selectorOf);

/* Puts the answer in place; what has the focus stays where it is on the screen. */
function show(answer) {
  const selector = selectorOf(document.activeElement);
  const before = selector && document.activeElement.getBoundingClientRect().top;
  const [open, ticks] = [openLists(), ticked()];
  form.querySelector(".hero").className = answer.querySelector("#filters .hero").className;
  form.querySelector("#answer").replaceWith(document.adoptNode(answer.querySelector("#answer")));
  for (const id of open) document.querySelector(`#${CSS.escape(id)} details`)?.setAttribute("open", "");
  for (const tick of ticks) if (form.querySelector(tick)) form.querySelector(tick).checked = true;
  const again = selector && document.querySelector(selector);
  again?.focus({ preventScroll: true });
  if (again) scrollBy({ top: again.getBoundingClientRect().top - before, behavior: "instant" });
  document.title = answer.title;
  told.textContent = document.getElementById("results").textContent;
}

async function ask(address) {
  underWay?.abort();
  underWay = new AbortController();
  const { signal } = underWay;
  form.setAttribute("aria-busy", "true");
  const response = await fetch(address, { signal, headers: { Accept: "text/html" }, credentials: "same-origin" });
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (signal.aborted) return;
  form.removeAttribute("aria-busy");
  shown = address;
  show(answer);
}

const isAborted = (error) => error.name === "AbortError";

form.addEventListener("change", (event) => {
  if (!WIDE.matches || event.target.form !== form || event.target.name === "q") return;
  const address = addressOf(form);
  ask(address).then(
    () => history.pushState(null, "", address),
    (error) => isAborted(error) || form.submit(),
  );
});

addEventListener("popstate", () => {
  const address = location.pathname + location.search;
  if (address === shown) return;
  ask(address).catch((error) => isAborted(error) || location.reload());
});

form.classList.add("is-live");
