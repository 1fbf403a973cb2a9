// What people who know spreadsheets expect of the grid: pasting many cells, moving by keys.
const form = document.querySelector("[data-grid]");
const CELL = /^c-(\d+)-(\d+)$/;

function cell(row, column) {
  return document.getElementById(`c-${row}-${column}`);
}

form?.addEventListener("paste", (event) => {
  const found = CELL.exec(event.target.id);
  const text = event.clipboardData.getData("text/plain");
  if (!found || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  form.elements.pasted.value = text;
  form.elements.paste_row.value = Number(found[1]) + 1;
  form.elements.paste_column.value = found[2];
  form.querySelector("button[name=do][value=paste]").click();
});

form?.addEventListener("keydown", (event) => {
  const found = CELL.exec(event.target.id);
  if (!found || event.altKey || event.ctrlKey || event.metaKey) return;
  const steps = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 };
  const step = steps[event.key];
  if (!step) return;
  const next = cell(Number(found[1]) + step, found[2]);
  if (!next && event.key !== "Enter") return;
  event.preventDefault();
  next?.focus();
  next?.select();
});
