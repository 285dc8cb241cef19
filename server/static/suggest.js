// Names to choose from while one types into the search box. No question is sent while an input method composes.
// A printed page says when it was printed.
"use strict";

addEventListener("beforeprint", () => { document.getElementById("main").dataset.printed = new Date().toLocaleDateString("sv"); });

const box = document.querySelector('[role="combobox"]');
if (box) {
  const list = document.getElementById("suggestions");
  let timer = 0, asked = "", chosen = -1;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    chosen = place;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
    if (place < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (items) => {
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement("li");
      option.id = `suggestion-${i}`;
      option.role = "option";
      option.dataset.path = new URL(item.iri).pathname.replace(/^.*?(?=\/id\/)/, "");
      option.textContent = item.label;
      return option;
    }));
    list.hidden = !items.length;
    box.setAttribute("aria-expanded", String(!!items.length));
    choose(-1);
  };

  const ask = async () => {
    const words = asked = box.value.trim();
    if (!words) return close();
    try {
      const answer = await fetch(`/api/v1/suggest?limit=8&q=${encodeURIComponent(words)}`);
      if (answer.ok && words === asked) show((await answer.json()).items);
    } catch { close(); }
  };

  const go = (option) => { location.href = option.dataset.path + (document.documentElement.lang === "en" ? "?lang=en" : ""); };

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, 120);
  });
  box.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : 0);
    else if (event.key === "ArrowUp") choose(chosen > 0 ? chosen - 1 : last);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) go(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => { const option = event.target.closest("li"); if (option) go(option); });
  box.addEventListener("blur", close);
}
