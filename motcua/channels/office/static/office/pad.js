// A signature drawn with a finger: kept as points on a sheet of 600 by 200, sent with the form.
const WIDTH = 600;
const HEIGHT = 200;
const MOST = 3900;

for (const pad of document.querySelectorAll("[data-pad]")) {
  const canvas = pad.querySelector("canvas");
  const kept = pad.parentElement.querySelector("[data-strokes]");
  const paper = canvas.getContext("2d");
  let strokes = [];
  let count = 0;
  pad.hidden = false;
  paper.lineWidth = 4;
  paper.lineCap = "round";
  paper.lineJoin = "round";

  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [
      within(((event.clientX - box.left) / box.width) * WIDTH, WIDTH),
      within(((event.clientY - box.top) / box.height) * HEIGHT, HEIGHT),
    ];
  };
  const draw = () => {
    paper.clearRect(0, 0, WIDTH, HEIGHT);
    for (const line of strokes) {
      paper.beginPath();
      for (const [x, y] of line) paper.lineTo(x, y);
      paper.stroke();
    }
  };
  const keep = () => {
    kept.value = strokes.map((line) => line.map((dot) => dot.join(",")).join(" ")).join(";");
  };

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    strokes.push([point(event)]);
    count += 1;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId) || count >= MOST) return;
    strokes.at(-1).push(point(event));
    count += 1;
    draw();
  });
  canvas.addEventListener("pointerup", keep);
  canvas.addEventListener("pointercancel", keep);
  pad.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    count = 0;
    draw();
    keep();
  });
}
