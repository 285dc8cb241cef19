// Lets the things in the picture of a neighbourhood be dragged aside with the mouse; their ties follow.
"use strict";

for (const picture of document.querySelectorAll("svg.graph")) {
  const nodes = [...picture.querySelectorAll("a")], ties = [...picture.querySelectorAll("path[data-ends]")];
  const spots = nodes.map((node) => ["cx", "cy"].map((name) => Number(node.querySelector("circle").getAttribute(name))));
  const starts = spots.map((spot) => [...spot]);
  let held = -1, from = [0, 0], moved = false;

  const draw = (tie) => {
    const [[ax, ay], [bx, by]] = tie.dataset.ends.split(",").map((end) => spots[end]), middle = (ax + bx) / 2;
    tie.setAttribute("d", `M${ax},${ay}C${middle},${ay} ${middle},${by} ${bx},${by}`);
  };
  const place = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    return [x, y];
  };

  nodes.forEach((node, i) => {
    node.addEventListener("dragstart", (event) => event.preventDefault());
    node.addEventListener("click", (event) => { if (moved) event.preventDefault(); });
    node.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button) return;
      const [x, y] = place(event);
      held = i;
      moved = false;
      from = [x - spots[i][0], y - spots[i][1]];
    });
  });
  addEventListener("pointermove", (event) => {
    if (held < 0) return;
    const [x, y] = place(event), to = [x - from[0], y - from[1]];
    moved = moved || Math.hypot(to[0] - spots[held][0], to[1] - spots[held][1]) > 3;
    if (!moved) return;
    spots[held] = to;
    nodes[held].setAttribute("transform", `translate(${to[0] - starts[held][0]} ${to[1] - starts[held][1]})`);
    ties.filter((tie) => tie.dataset.ends.split(",").includes(String(held))).forEach(draw);
  });
  addEventListener("pointerup", () => { held = -1; });
}
