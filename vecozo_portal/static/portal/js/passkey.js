// A form that a passkey fills in: the press asks the browser, and what it answers goes along with the form.
const FAILED = "Dat is niet gelukt. Probeer het nog eens, of kies een andere manier.";
const ABSENT = "Deze browser kent geen passkeys. Kies een andere manier.";

for (const form of document.querySelectorAll("form[data-vp-passkey]")) {
  const button = form.querySelector("[data-vp-passkey-press]");
  const says = form.querySelector("[data-vp-passkey-says]");
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    says.textContent = ABSENT;
    continue;
  }
  button.addEventListener("click", async () => {
    says.textContent = "";
    try {
      form.elements.token.value = JSON.stringify(await answerOf(form));
    } catch {
      says.textContent = FAILED;
      return;
    }
    form.requestSubmit();
  });
  button.dataset.vpReady = "";
}

async function answerOf(form) {
  const options = JSON.parse(form.dataset.vpPasskeyOptions);
  const credential =
    form.dataset.vpPasskey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return credential.toJSON();
}
