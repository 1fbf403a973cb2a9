// Narrows a long list of boxes to those whose words hold what was typed, tones left aside.
(() => {
  const plain = (text) =>
    text.normalize("NFD").replace(/\p{Diacritic}/gu, "").replace(/đ/gi, "d").toLowerCase();
  for (const list of document.querySelectorAll("[data-filtered]")) {
    const input = list.querySelector("[data-filter]");
    const rows = list.querySelectorAll(".govuk-checkboxes__item");
    if (!input || rows.length === 0) continue;
    input.closest("[hidden]")?.removeAttribute("hidden");
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    input.addEventListener("input", () => {
      const wanted = plain(input.value).split(/\s+/).filter(Boolean);
      for (const row of rows) {
        const words = plain(row.textContent);
        row.hidden = !wanted.every((word) => words.includes(word));
      }
    });
  }
})();
