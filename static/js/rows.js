/* Adds, removes and moves rows without asking the server (templates/components/rows.html); the same buttons work
   without this script. Rows are numbered by their order: that is the order in which they are saved. */

const NUMBERED = ["name", "id", "for", "aria-describedby"];

class Rows {
  constructor(section) {
    this.name = section.dataset.rows;
    this.section = section;
    this.list = section.querySelector("[data-rows-list]");
    this.template = section.querySelector("template");
    section.addEventListener("click", (event) => this.click(event));
    this.renumber();
  }

  get rows() {
    return [...this.list.querySelectorAll("[data-row]")];
  }

  click(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("[data-row]");
    if ("rowsAdd" in button.dataset) this.add();
    else if ("rowRemove" in button.dataset) this.remove(row);
    else if ("rowUp" in button.dataset) this.move(row, row.previousElementSibling, button);
    else if ("rowDown" in button.dataset) this.move(row.nextElementSibling, row, button);
    else return;
    event.preventDefault();
    this.renumber();
    // The button itself may have gone with its row.
    this.section.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
  }

  add() {
    const row = this.template.content.firstElementChild.cloneNode(true);
    this.list.append(row);
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
    document.dispatchEvent(new CustomEvent("rows:added", { detail: row }));
  }

  remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    if (next) next.focus();
    else this.add();
  }

  /* The later row goes before the earlier one; whoever pressed the button keeps it. */
  move(later, earlier, button) {
    if (!later || !earlier) return;
    this.list.insertBefore(later, earlier);
    this.renumber();
    (button.hidden ? button.closest("[data-row]") : button).focus();
  }

  renumber() {
    const rows = this.rows;
    rows.forEach((row, number) => {
      this.rename(row, number);
      for (const place of row.querySelectorAll("[data-row-place]")) place.textContent = number + 1;
      // Rows without an order of their own have no such buttons.
      for (const button of row.querySelectorAll("[data-row-up]")) button.hidden = number === 0;
      for (const button of row.querySelectorAll("[data-row-down]")) button.hidden = number === rows.length - 1;
    });
  }

  rename(row, number) {
    const old = new RegExp(`(^|_|-| |id_)${this.name}-(?:\\d+|__new__)(?=$|-)`, "g");
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of NUMBERED) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace(old, `$1${this.name}-${number}`));
      }
    }
  }
}

for (const section of document.querySelectorAll("[data-rows]")) new Rows(section);
