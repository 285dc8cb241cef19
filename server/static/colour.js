// Colours the query while one types, and leads to the place where it could not be read.
"use strict";

{
  const text = document.getElementById("query"), shown = document.getElementById("colours");
  const parts = /(?<comment>#[^\n]*)|(?<iri><[^<>\s]*>)|(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<variable>[?$]\w+)|(?<name>[\w-]*:[\w.-]*)|(?<word>\b[A-Za-z]+\b)|(?<number>\b\d[\d.]*\b)/gu;
  const words = new Set(("select distinct reduced construct describe ask where from named prefix base order by asc desc limit offset group having " +
    "union optional filter minus graph values bind as in not exists true false a undef service count sum avg min max sample group_concat separator " +
    "str lang datatype bound iri coalesce if regex contains strstarts strends strlen replace lcase ucase concat isiri isliteral now year round").split(" "));

  const piece = (kind, words) => {
    const span = document.createElement("span");
    span.className = `t-${kind}`;
    span.textContent = words;
    return span;
  };

  const colour = () => {
    const query = text.value, found = [];
    let at = 0;
    for (const match of query.matchAll(parts)) {
      const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
      if (kind === "word" && !words.has(match[0].toLowerCase())) continue;
      found.push(query.slice(at, match.index), piece(kind, match[0]));
      at = match.index + match[0].length;
    }
    shown.replaceChildren(...found, `${query.slice(at)}\n`);
  };

  text.addEventListener("input", colour);
  text.parentElement.classList.add("coloured");
  colour();
  if (text.dataset.line) {
    const before = text.value.split("\n").slice(0, text.dataset.line - 1).join("\n").length, column = Number(text.dataset.column);
    const place = before + (text.dataset.line > 1 ? 1 : 0) + column - 1;
    text.focus();
    text.setSelectionRange(place, place);
  }
}
