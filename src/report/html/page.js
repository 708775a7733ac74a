"use strict";
(() => {
  const form = document.getElementById("filters");
  const table = document.getElementById("claims-table");
  if (!form || !table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const shown = document.getElementById("shown");
  const fields = ["state", "kind", "confidence", "file"];

  function filter() {
    const words = form.elements.words.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits = fields.every((name) => {
        const wanted = form.elements[name].value;
        return wanted === "" || row.dataset[name] === wanted;
      });
      const has = words === "" || row.textContent.toLowerCase().includes(words);
      row.hidden = !(fits && has);
      if (!row.hidden) count += 1;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  }

  function sort(header) {
    const down = header.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) {
      if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
    }
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = header.dataset.sort;
    const value = (row) => row.dataset[key];
    const numeric = header.dataset.numeric === "yes";
    const sorted = rows.map((row, index) => [row, index]).sort(([a, i], [b, j]) => {
      const order = numeric ? Number(value(a)) - Number(value(b)) : value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0;
      return (down ? -order : order) || i - j;
    });
    body.append(...sorted.map(([row]) => row));
  }

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  for (const header of table.tHead.rows[0].cells) {
    const button = header.querySelector("button");
    if (button) button.addEventListener("click", () => sort(header));
  }
  filter();
})();
