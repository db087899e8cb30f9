/* Says below a text how many characters are left (data-count) or read well (data-advice). The limit itself stands in the
   hint beside the question; what is too long is never cut. The words come from the script's own data attributes. */

const words = document.querySelector("script[data-characters-left]").dataset;

function say(input, output) {
  const length = [...input.value].length;
  const [most, advice] = [Number(input.dataset.count), Number(input.dataset.advice)];
  // Where both stand, the limit is far beyond what reads well.
  const isLimit = !advice || length >= most * 0.6;
  const limit = isLimit ? most : advice;
  const left = limit - length;
  const text = !isLimit ? words.charactersAdvised : left < 0 ? words.charactersOver : words.charactersLeft;
  output.textContent = text.replace("{number}", isLimit ? Math.abs(left) : length).replace("{limit}", limit);
  output.classList.toggle("is-over", isLimit && left < 0);
  // A short answer to a question with much room needs no counting.
  output.hidden = isLimit ? length < limit * 0.6 : length < limit * 0.5;
}

function watch(input) {
  const output = document.createElement("p");
  output.className = "count";
  input.after(output);
  input.addEventListener("input", () => say(input, output));
  say(input, output);
}

const watchAll = (root) => root.querySelectorAll("[data-count], [data-advice]").forEach(watch);

watchAll(document);
document.addEventListener("rows:added", (event) => watchAll(event.detail));
