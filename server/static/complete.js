// Suggests the ontology's terms while one types ckg:… into the query; Enter or Tab takes one, Escape leaves.
"use strict";

const text = document.getElementById("query"), choices = document.getElementById("terms");
const terms = JSON.parse(document.getElementById("ontology-terms").textContent);
let at = -1;

const hide = () => { choices.hidden = true; at = -1; text.removeAttribute("aria-activedescendant"); };

const typed = () => {
  const match = /(?:^|[\s^|/(!])(ckg:\w*)$/.exec(text.value.slice(0, text.selectionStart));
  return match && match[1];
};

const mark = (place) => {
  at = place;
  [...choices.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
  text.setAttribute("aria-activedescendant", choices.children[place].id);
  choices.children[place].scrollIntoView({ block: "nearest" });
};

const offer = () => {
  const start = typed();
  const found = start ? terms.filter(([name]) => name.toLowerCase().startsWith(start.toLowerCase()) && name !== start).slice(0, 8) : [];
  choices.replaceChildren(...found.map(([name, zh, en], i) => {
    const option = document.createElement("li");
    option.id = `term-${i}`;
    option.role = "option";
    option.dataset.name = name;
    option.textContent = `${name}  ${zh} · ${en}`;
    return option;
  }));
  choices.hidden = !found.length;
  if (found.length) mark(0);
  else hide();
};

const take = (option) => {
  const end = text.selectionStart, begin = end - typed().length;
  text.setRangeText(option.dataset.name, begin, end, "end");
  hide();
};

text.addEventListener("input", offer);
text.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return text.form.requestSubmit();
  if (choices.hidden) return;
  const last = choices.children.length - 1;
  if (event.key === "ArrowDown") mark(at < last ? at + 1 : 0);
  else if (event.key === "ArrowUp") mark(at > 0 ? at - 1 : last);
  else if (event.key === "Enter" || event.key === "Tab") take(choices.children[at]);
  else if (event.key === "Escape") hide();
  else return;
  event.preventDefault();
});
choices.addEventListener("mousedown", (event) => {
  const option = event.target.closest("li");
  if (option) { event.preventDefault(); take(option); }
});
text.addEventListener("blur", hide);
