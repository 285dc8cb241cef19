// Lights the range that the address names: #char=1234,1260 are characters of the source file.
"use strict";

function light() {
  const match = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
  if (!match) return;
  const range = `${match[1]},${match[2]}`;
  const lit = [...document.querySelectorAll("mark")].filter((m) => m.dataset.ranges.split(" ").includes(range));
  const place = document.getElementById(`char=${range}`);
  if (!place) {
    const at = `${match[1]}-${match[2]}`;
    if (new URLSearchParams(location.search).get("at") !== at) location.replace(`?at=${at}${location.hash}`);
    return;
  }
  document.querySelectorAll("mark.m-lit").forEach((m) => m.classList.remove("m-lit"));
  lit.forEach((m) => m.classList.add("m-lit"));
  (lit[0] || place).scrollIntoView({ block: "center" });
}

addEventListener("hashchange", light);
light();
