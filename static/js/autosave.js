/* Saves on the server what is being typed into every <form data-autosave>, before it is saved.
   The form's own address (its action, else this page) says under which address; data-autosave="/path" overrides it.
   Three seconds after the last key, at the latest five after the first; when the page is left; before it is sent.
   Without a connection a form is not sent: it would give way to the browser's error page. It waits and tries again.
   components/autosaved.html drops what was kept: from then on nothing of that form is kept until the page is loaded anew.
   A script that changes a form (adds a row, say) lets a bubbling "change" event go from a field or from the form.
   templates/components/autosave_status.html has the words of the status; nothing is stored in this browser. */

const PAUSE = 3000;
const LONGEST = 5000;
const RETRY = 10000;
const PATIENCE = 5000;
const HUNG = 60000;
const KEEPALIVE_LIMIT = 60000;
const NOBODY_THERE = [502, 503, 504]; // a proxy answers, the portal does not
const page = document.documentElement.lang;
const language = page === "en" ? "en-GB" : page; // “22 November 2026”, as the server writes dates
const endpoint = document.querySelector("script[data-autosave-url]").dataset.autosaveUrl;

const wait = (duration) => new Promise((resolve) => setTimeout(resolve, duration));
const pathOf = (url) => new URL(url, location.href).pathname;

class AutosavedForm {
  constructor(form) {
    this.form = form;
    this.address = pathOf(form.dataset.autosave || form.getAttribute("action") || location.href);
    this.changes = 0;
    this.sent = 0;
    this.saved = 0;
    this.isDiscarded = false;
    this.isReached = true;
    this.isFailing = false;
    form.addEventListener("submit", (event) => this.submit(event));
  }

  get isDirty() {
    return !this.isDiscarded && this.changes > this.saved;
  }

  /* Raw fields, without files: these are chosen again or uploaded on their own. */
  get body() {
    const data = new FormData(this.form);
    for (const name of new Set(data.keys())) {
      if (data.getAll(name).some((value) => value instanceof File)) data.delete(name);
    }
    return new URLSearchParams(data);
  }

  /* Leaving now would lose words. */
  get isAtRisk() {
    return this.isDirty && this.isFailing;
  }

  /* Whoever writes on while a form waits for a connection decides anew when to send it. */
  changed() {
    this.changes += 1;
    if (this.isHeld) this.wanted = null;
    this.firstAt ??= Date.now();
    this.later(Math.min(PAUSE, Math.max(0, this.firstAt + LONGEST - Date.now())));
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.wanted ? this.pass() : this.save()), delay);
  }

  /* One request at a time; what is typed meanwhile goes with the next one. */
  save({ leaving = false, always = false } = {}) {
    const isNeeded = always || (this.isDirty && !(leaving && this.sent === this.changes));
    if (!isNeeded) return this.sending ?? Promise.resolve();
    if (this.sending && !leaving) return this.sending.then(() => this.save({ always }));
    clearTimeout(this.timer);
    this.sending = this.send(leaving).finally(() => (this.sending = null));
    return this.sending;
  }

  async send(leaving) {
    const changes = (this.sent = this.changes);
    this.firstAt = null;
    try {
      const answer = await this.post(leaving);
      this.isReached = !NOBODY_THERE.includes(answer.status);
      if (!answer.ok) return this.failed(answer.status === 401 ? "signedOut" : answer.status === 413 ? "tooLong" : "failed");
      this.saved = Math.max(this.saved, changes);
      this.isFailing = false;
      this.say("saved", new Date((await answer.json()).saved_at));
    } catch {
      this.isReached = false;
      this.failed("failed");
    }
  }

  /* Somebody who signed in again in another tab has a new token: the answer brings it, every form here takes it. */
  async post(leaving) {
    const answer = await this.request(leaving);
    if (answer.status !== 403 || leaving) return answer;
    const { token } = await answer.json();
    if (!token) return answer;
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    return this.request(leaving);
  }

  request(leaving) {
    const body = this.body;
    const keepalive = leaving && body.toString().length < KEEPALIVE_LIMIT;
    const headers = { "X-Form-Address": this.address, Accept: "application/json" };
    this.underWay = new AbortController();
    const { signal } = this.underWay;
    return fetch(endpoint, { method: "POST", body, headers, keepalive, signal, credentials: "same-origin" });
  }

  failed(reason) {
    this.sent = this.saved;
    this.isFailing = true;
    if (this.wanted && !this.isReached) return this.hold();
    this.say(reason);
    if (this.isDirty) this.later(RETRY);
  }

  /* Says that nothing was sent; it goes as soon as the portal answers. */
  hold() {
    this.isHeld = true;
    this.say("offline");
    this.later(RETRY);
  }

  say(what, moment) {
    const status = this.form.querySelector("[data-autosave-status]");
    if (!status) return;
    const time = moment?.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    status.textContent = status.dataset[what].replace("{time}", time);
    if (what === "offline" && this.hasFiles) status.textContent += ` ${status.dataset.offlineFile}`;
    status.classList.toggle("is-failed", what !== "saved");
  }

  /* The last words are kept before the form goes, and no request arrives after it: it would bring back saved words.
     They are sent even if they were kept before: where this gets an answer, the form will get one too. */
  submit(event) {
    if (this.isReleased || this.isDiscarded) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const isUnderWay = this.wanted && !this.isHeld;
    this.wanted = { submitter: event.submitter };
    if (!isUnderWay) this.pass();
  }

  async pass() {
    clearTimeout(this.timer);
    const impatience = setTimeout(() => this.hold(), PATIENCE);
    const despair = setTimeout(() => this.underWay.abort(), HUNG);
    await this.save({ always: true });
    clearTimeout(impatience);
    clearTimeout(despair);
    if (this.wanted && this.isReached) this.release();
  }

  release() {
    const { submitter } = this.wanted;
    clearTimeout(this.timer);
    this.wanted = null;
    this.isHeld = false;
    this.saved = this.changes;
    this.sending = null;
    this.isReleased = true;
    this.form.requestSubmit(submitter);
    this.isReleased = false;
  }

  /* Aborting alone is not enough: what the server has begun to read it would keep after the drop. So wait first. */
  discard(event) {
    this.isDiscarded = true;
    clearTimeout(this.timer);
    if (!this.sending) return;
    event.preventDefault();
    if (this.passing) return;
    this.passing = true;
    const { target, submitter } = event;
    Promise.race([this.sending, wait(PATIENCE)]).finally(() => {
      this.passing = false;
      this.underWay.abort();
      this.sending = null;
      target.requestSubmit(submitter);
    });
  }

  get hasFiles() {
    return [...this.form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  }

  /* The connection is back, or so the browser says. */
  tryAgain() {
    if (this.wanted || this.isAtRisk) this.later(0);
  }

  /* The page was put aside by the browser and is back: it is as if it had just been opened. */
  wakeUp() {
    this.isDiscarded = false;
    this.isHeld = false;
    this.wanted = null;
  }

  /* The server names an address without its language and its escapes. */
  isAt(address) {
    return decodeURIComponent(this.address).endsWith(address);
  }
}

const forms = [...document.querySelectorAll("form[data-autosave]")].map((form) => new AutosavedForm(form));
const formOf = (element) => forms.find(({ form }) => form === element || form === element.form);
const saveAll = (options) => Promise.all(forms.map((form) => form.save(options)));

/* The answer to a form that was not saved can be asked for again: back and reload find the words that it kept. */
if (forms.length) history.replaceState(history.state, "", location.href);

for (const type of ["input", "change"]) {
  document.addEventListener(type, (event) => formOf(event.target)?.changed());
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveAll({ leaving: true });
});
addEventListener("pagehide", () => saveAll({ leaving: true }));

for (const discarding of document.querySelectorAll("form[data-discard]")) {
  discarding.addEventListener("submit", (event) => {
    forms.find((form) => form.isAt(discarding.dataset.discard))?.discard(event);
  });
}

/* Back on a page that the browser had put aside: what is typed now is kept again. */
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of forms) form.wakeUp();
});

addEventListener("online", () => forms.forEach((form) => form.tryAgain()));

/* The browser asks before it leaves a page whose words could not be kept. */
addEventListener("beforeunload", (event) => {
  if (forms.some((form) => form.isAtRisk)) event.preventDefault();
});

/* Another language is another page: it must find the words there. */
for (const link of document.querySelectorAll("a[hreflang]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !forms.some((form) => form.isDirty)) return;
    event.preventDefault();
    Promise.race([saveAll(), wait(PATIENCE)]).finally(() => location.assign(link.href));
  });
}

/* Moments the server writes in UTC, in the reader's own time. */
for (const time of document.querySelectorAll("time[data-local-time]")) {
  const moment = new Date(time.dateTime);
  time.textContent = moment.toLocaleString(language, { dateStyle: "long", timeStyle: "short", hourCycle: "h23" });
}
