// After an outcome the keyboard and the screen reader start at what happened, not at the top of the page.
document.querySelector("[data-vp-focus]")?.focus();

for (const link of document.querySelectorAll("[data-vp-error-link]")) {
  link.addEventListener("click", (event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.matches("input, select, textarea") ? field : (field.querySelector("input") ?? field)).focus();
    field.closest(".vp-form-field")?.scrollIntoView();
  });
}
