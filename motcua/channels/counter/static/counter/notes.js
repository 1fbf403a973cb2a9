// Notes counted: the sum beside each denomination and below, and how far it is from the book.
const number = new Intl.NumberFormat("vi-VN");

function count(box) {
  let sum = 0;
  for (const input of box.querySelectorAll("[data-note]")) {
    const many = /^\d+$/.test(input.value.trim()) ? Number(input.value) : 0;
    const worth = many * Number(input.dataset.note);
    input.closest("tr").querySelector("[data-note-sum]").textContent = worth ? number.format(worth) : "";
    sum += worth;
  }
  box.querySelector("[data-sum]").textContent = number.format(sum);
  const off = box.querySelector("[data-off]");
  if (off) off.textContent = words(sum - Number(box.dataset.expected));
}

function words(off) {
  if (!off) return "Khớp";
  return off > 0 ? `thừa ${number.format(off)}` : `thiếu ${number.format(-off)}`;
}

document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-notes]");
  if (box) count(box);
});
for (const box of document.querySelectorAll("[data-notes]")) count(box);
