// Lights the range that the address names: #char=1234,1260 are characters of the source file. What stands in another
// part of a long document is asked for from the server.
"use strict";

function ask(name, value) {
  const query = new URLSearchParams(location.search);
  if (query.get(name) === value) return;
  query.delete("part");
  query.set(name, value);
  location.replace(`?${query}${location.hash}`);
}

function light() {
  const hash = decodeURIComponent(location.hash);
  const paragraph = /^#p(\d+)$/.exec(hash);
  if (paragraph && !document.getElementById(hash.slice(1))) return ask("p", paragraph[1]);
  const match = /^#char=(\d+),(\d+)$/.exec(hash);
  if (!match) return;
  const range = `${match[1]},${match[2]}`;
  const place = document.getElementById(`char=${range}`);
  if (!place) return ask("at", `${match[1]}-${match[2]}`);
  const lit = [...document.querySelectorAll("mark")].filter((m) => m.dataset.ranges.split(" ").includes(range));
  document.querySelectorAll("mark.m-lit").forEach((m) => m.classList.remove("m-lit"));
  lit.forEach((m) => m.classList.add("m-lit"));
  (lit[0] || place).scrollIntoView({ block: "center" });
}

addEventListener("hashchange", light);
light();
