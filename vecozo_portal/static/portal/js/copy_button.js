// A button beside a number copies exactly that number: no spaces, nothing else on the line.
const SHOWN_FOR_MILLISECONDS = 4000;

for (const button of document.querySelectorAll("[data-vp-copy]")) {
  if (!navigator.clipboard) continue; // stays invisible: browsers only offer the clipboard on https and localhost
  const label = button.querySelector("[data-vp-copy-label]");
  const before = label.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.vpCopy);
      label.textContent = "Gekopieerd";
    } catch {
      label.textContent = "Kopiëren lukt niet";
    }
    setTimeout(() => (label.textContent = before), SHOWN_FOR_MILLISECONDS);
  });
  button.dataset.vpReady = "";
}
