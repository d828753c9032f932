// Password and PIN fields: show or hide what is typed, and say when Caps Lock is on (or, for PINs, Num Lock is off).
const CAPS_LOCK_IS_ON = "Caps Lock staat aan.";
const NUM_LOCK_IS_OFF = "Num Lock staat uit.";
// These keyboards have no Num Lock, and always report it off.
const HAS_NUM_LOCK = !/Mac|iPhone|iPad/.test(navigator.platform);

for (const field of document.querySelectorAll("[data-vp-secret]")) {
  const input = field.querySelector("input");
  offerToShow(input, field.querySelector("[data-vp-secret-toggle]"));
  watchLocks(input, field.parentElement.querySelector("[data-vp-secret-hint]"), field.dataset.vpSecret === "pin");
}

function offerToShow(input, button) {
  const label = button.querySelector("[data-vp-secret-action]");
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    label.textContent = visible ? "Verberg" : "Toon";
    button.setAttribute("aria-pressed", String(visible));
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // Never leave a readable secret behind for the browser to remember as ordinary text.
  input.form.addEventListener("submit", () => show(false));
  window.addEventListener("pagehide", () => show(false));
  button.dataset.vpReady = "";
}

function watchLocks(input, hint, isPin) {
  const text = hint.querySelector("[data-vp-secret-hint-text]");
  const tell = (event) => {
    // Events made by programs (a password manager filling in) know no keyboard.
    if (typeof event.getModifierState !== "function") return;
    const sentences = [];
    if (event.getModifierState("CapsLock")) sentences.push(CAPS_LOCK_IS_ON);
    if (isPin && HAS_NUM_LOCK && !event.getModifierState("NumLock")) sentences.push(NUM_LOCK_IS_OFF);
    if (text.textContent !== sentences.join(" ")) text.textContent = sentences.join(" ");
    hint.toggleAttribute("data-vp-empty", sentences.length === 0);
  };
  for (const name of ["keydown", "keyup", "pointerdown"]) input.addEventListener(name, tell);
  input.addEventListener("blur", () => {
    text.textContent = "";
    hint.setAttribute("data-vp-empty", "");
  });
}
