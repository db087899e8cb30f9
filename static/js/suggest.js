/* Suggestions below a search box (input[data-suggestions], whose value is their address): a combobox with a list of links in
   groups. Without the script, and whenever the list is not there, the form searches as it always does. */

const WAIT = 150;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.list = element("div", { role: "listbox", id: `${input.id}-suggestions`, class: "suggestions" });
    this.list.setAttribute("aria-label", input.getAttribute("aria-label"));
    this.list.hidden = true;
    this.said = element("p", { role: "status", class: "visually-hidden" });
    input.after(this.list);
    input.form.append(this.said);
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]])
      input.setAttribute(name, value);
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The box keeps the focus while somebody clicks on a suggestion.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const text = this.input.value.trim();
    this.request?.abort();
    if (text.length < 2) return this.close();
    this.request = new AbortController();
    const address = `${this.input.dataset.suggestions}?q=${encodeURIComponent(text)}`;
    try {
      const answer = await fetch(address, { signal: this.request.signal });
      if (answer.ok && document.activeElement === this.input) this.show((await answer.json()).groups);
    } catch (error) {
      // Another letter was typed, or there is no connection: the form works as it is.
      if (error.name !== "AbortError") this.close();
    }
  }

  show(groups) {
    let number = 0;
    const made = groups.map((group, place) => {
      const heading = element("p", { class: "suggestions-label", id: `${this.list.id}-${place}` }, group.label);
      const options = group.items.map((item) => {
        const option = element("a", { role: "option", id: `${this.list.id}-o${number++}`, href: item.url, tabindex: "-1" });
        option.setAttribute("aria-selected", "false");
        option.append(element("span", {}, item.text));
        if (item.note) option.append(" ", element("span", { class: "suggestions-note" }, item.note));
        return option;
      });
      return element("div", { role: "group", "aria-labelledby": heading.id }, heading, ...options);
    });
    this.list.replaceChildren(...made);
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.choose(-1);
    this.open(number > 0);
    const { one, several, none } = this.input.dataset;
    this.said.textContent = number === 0 ? none : number === 1 ? one : several.replace("{number}", number);
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.open(false);
    this.choose(-1);
  }

  choose(place) {
    this.chosen = place;
    (this.options ?? []).forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    const option = this.options?.[place];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      // One place more than there are options: the words themselves.
      const places = this.options.length + 1;
      this.choose(((this.chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      this.options[this.chosen].click();
    }
  }
}

document.querySelectorAll("input[data-suggestions]").forEach((input) => new Suggestions(input));
