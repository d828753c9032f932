// A button that prints the page, as the menu of the browser does.
for (const button of document.querySelectorAll("[data-vp-print]")) {
  button.addEventListener("click", () => window.print());
  button.dataset.vpReady = "";
}
