// The bar under the list counts what is ticked and offers to tick everything; without it the bar simply works.
const form = document.querySelector("[data-vp-bulk]");

if (form) {
  const boxes = [...document.querySelectorAll('input[name="block"]')];
  const all = form.querySelector("[data-vp-bulk-all]");
  const counter = form.querySelector("[data-vp-bulk-count]");
  const nothingYet = counter.textContent;

  const recount = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    counter.textContent = chosen === 0 ? nothingYet : chosen === 1 ? "1 blokkade gekozen." : `${chosen} blokkades gekozen.`;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };

  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    recount();
  });
  for (const box of boxes) box.addEventListener("change", recount);
  // The browser may bring ticks back when one returns to the page.
  window.addEventListener("pageshow", recount);
  all.closest("[data-vp-script]").dataset.vpReady = "";
  recount();
}
