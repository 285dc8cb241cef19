// Draws the whole graph on a canvas: moved by dragging, zoomed by the wheel, the buttons or the keys + and -.
"use strict";

(async () => {
  const field = document.getElementById("field"), told = document.getElementById("told");
  const pen = field.getContext("2d");
  const { nodes, ties } = await (await fetch("/explore/all.json")).json();
  const beside = nodes.map(() => []);
  ties.forEach(([a, b]) => { beside[a].push(b); beside[b].push(a); });
  const order = nodes.map((_, i) => i).sort((a, b) => nodes[b][2] - nodes[a][2]);
  // While the picture moves, so many ties stand for all.
  const fewer = 1500;
  let scale = 1, left = 0, top = 0, lit = -1, waiting = false, moving = 0, colours = [];

  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const paint = () => { if (!waiting) { waiting = true; requestAnimationFrame(draw); } };
  const glide = () => {
    clearTimeout(moving);
    moving = setTimeout(() => { moving = 0; paint(); }, 150);
    paint();
  };

  function line(a, b) {
    pen.moveTo(nodes[a][0] * scale + left, nodes[a][1] * scale + top);
    pen.lineTo(nodes[b][0] * scale + left, nodes[b][1] * scale + top);
  }

  // One path a colour: thousands of fills would take as long as all else.
  function dots(chosen) {
    const paths = colours.map(() => new Path2D());
    for (const i of chosen) {
      const [nx, ny, r, group] = nodes[i], x = nx * scale + left, y = ny * scale + top, size = Math.max(1.5, r * Math.sqrt(scale));
      if (x < -size || y < -size || x > field.clientWidth + size || y > field.clientHeight + size) continue;
      paths[group].moveTo(x + size, y);
      paths[group].arc(x, y, size, 0, 7);
    }
    paths.forEach((path, group) => { pen.fillStyle = colours[group]; pen.fill(path); });
  }

  function names(chosen) {
    const taken = [], most = field.clientWidth * field.clientHeight / 16000;
    pen.font = `13px ${getComputedStyle(document.body).fontFamily}`;
    pen.textAlign = "center";
    pen.lineWidth = 4;
    pen.strokeStyle = style("--paper");
    pen.fillStyle = style("--ink");
    for (const i of chosen) {
      const [nx, ny, r, , name] = nodes[i], x = nx * scale + left, y = ny * scale + top - r * Math.sqrt(scale) - 5;
      const half = pen.measureText(name).width / 2 + 4;
      if (x < half || x > field.clientWidth - half || y < 15 || y > field.clientHeight) continue;
      if (taken.some(([a, b, h]) => Math.abs(a - x) < h + half && Math.abs(b - y) < 17)) continue;
      taken.push([x, y, half]);
      pen.strokeText(name, x, y);
      pen.fillText(name, x, y);
      if (taken.length > most) break;
    }
  }

  function draw() {
    field.dataset.frames = 1 + Number(field.dataset.frames || 0);
    waiting = false;
    const dense = devicePixelRatio || 1, width = field.clientWidth, height = field.clientHeight;
    field.width = width * dense;
    field.height = height * dense;
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.lineWidth = 1;
    pen.strokeStyle = style("--soft");
    pen.globalAlpha = lit < 0 ? 0.12 : 0.05;
    pen.beginPath();
    const step = moving ? Math.ceil(ties.length / fewer) : 1;
    for (let i = 0; i < ties.length; i += step) line(...ties[i]);
    pen.stroke();
    pen.globalAlpha = lit < 0 ? 1 : 0.25;
    dots(order);
    pen.globalAlpha = 1;
    if (lit >= 0) {
      pen.strokeStyle = style("--warn");
      pen.beginPath();
      beside[lit].forEach((other) => line(lit, other));
      pen.stroke();
      dots([...beside[lit], lit]);
    }
    names(lit < 0 ? order : [lit, ...beside[lit]]);
  }

  function fit() {
    colours = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => style(`--c${i}`));
    const xs = nodes.map((n) => n[0]), ys = nodes.map((n) => n[1]);
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    scale = Math.min(field.clientWidth / (x1 - x0 + 60), field.clientHeight / (y1 - y0 + 60));
    left = field.clientWidth / 2 - scale * (x0 + x1) / 2;
    top = field.clientHeight / 2 - scale * (y0 + y1) / 2;
    paint();
  }

  function zoom(by, x = field.clientWidth / 2, y = field.clientHeight / 2) {
    const next = Math.min(12, Math.max(0.1, scale * by));
    left = x - (x - left) * next / scale;
    top = y - (y - top) * next / scale;
    scale = next;
    paint();
  }

  function at(event) {
    const box = field.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    let found = -1, least = 144;
    nodes.forEach(([nx, ny], i) => {
      const far = (nx * scale + left - x) ** 2 + (ny * scale + top - y) ** 2;
      if (far < least) { least = far; found = i; }
    });
    return found;
  }

  let held = null, began = null, moved = false;
  field.addEventListener("pointerdown", (e) => { held = began = [e.clientX, e.clientY]; moved = false; field.setPointerCapture(e.pointerId); });
  field.addEventListener("pointermove", (e) => {
    if (held) {
      moved = moved || Math.hypot(e.clientX - began[0], e.clientY - began[1]) > 4;
      left += e.clientX - held[0];
      top += e.clientY - held[1];
      held = [e.clientX, e.clientY];
      return glide();
    }
    const now = at(e);
    if (now !== lit) {
      lit = now;
      field.style.cursor = lit < 0 ? "grab" : "pointer";
      if (lit >= 0) told.textContent = `${nodes[lit][4]} · ${beside[lit].length}`;
      paint();
    }
  });
  field.addEventListener("pointerup", (e) => {
    const chosen = at(e);
    if (!moved && chosen >= 0) location.href = nodes[chosen][5] + (document.documentElement.lang === "en" ? "?lang=en" : "");
    held = null;
  });
  field.addEventListener("wheel", (e) => {
    e.preventDefault();
    const box = field.getBoundingClientRect();
    glide();
    zoom(e.deltaY < 0 ? 1.2 : 1 / 1.2, e.clientX - box.left, e.clientY - box.top);
  }, { passive: false });
  field.addEventListener("keydown", (e) => {
    const step = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[e.key];
    if (e.key === "+" || e.key === "=") zoom(1.25);
    else if (e.key === "-") zoom(0.8);
    else if (step) { left += step[0]; top += step[1]; paint(); } else return;
    e.preventDefault();
  });
  document.getElementById("nearer").addEventListener("click", () => zoom(1.3));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.3));
  addEventListener("resize", fit);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", fit);
  fit();
})();
