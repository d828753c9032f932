// A second press while the first is on its way would cost another try, or find its own work done: it is dropped.
// Nothing is disabled. Where no page follows (a download, a stopped page), the form answers again after a while.
const PATIENCE_MILLISECONDS = 10000;
let pending = new WeakSet();

function once(event) {
  const form = event.target;
  if (form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (pending.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  pending.add(form);
  setTimeout(() => pending.delete(form), PATIENCE_MILLISECONDS);
}

// Before anybody else hears of it, and also for forms that come later: in a dialog, or brought by htmx.
document.addEventListener("submit", once, { capture: true });
document.addEventListener("htmx:afterRequest", (event) => pending.delete(event.target));
// Who comes back to the page begins anew.
window.addEventListener("pageshow", () => (pending = new WeakSet()));
