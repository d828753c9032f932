// A form that a passkey fills in: the press asks the browser, and what it answers goes along with the form.
const WRONG = "Fout: ";
const WORDS = {
  create: {
    failed: "De passkey is niet gemaakt: u stopte, of het duurde te lang. Druk nog eens op de knop.",
    known: "Dit apparaat of deze sleutel is al gekoppeld. U hoeft niets te doen, of gebruik een ander apparaat.",
    absent: "Deze browser kent geen passkeys. Probeer het in een andere browser.",
  },
  get: {
    failed: "Dat is niet gelukt: u stopte, of het duurde te lang. Probeer het nog eens, of kies een andere manier.",
    absent: "Deze browser kent geen passkeys. Kies een andere manier.",
  },
};

for (const form of document.querySelectorAll("form[data-vp-passkey]")) {
  const button = form.querySelector("[data-vp-passkey-press]");
  const says = form.querySelector("[data-vp-passkey-says]");
  const words = WORDS[form.dataset.vpPasskey];
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    tell(says, words.absent);
    continue;
  }
  button.addEventListener("click", async () => {
    says.textContent = "";
    try {
      form.elements.token.value = JSON.stringify(await answerOf(form));
    } catch (error) {
      tell(says, (error.name === "InvalidStateError" && words.known) || words.failed);
      return;
    }
    form.requestSubmit();
  });
  button.dataset.vpReady = "";
}

function tell(says, sentence) {
  says.textContent = sentence;
  if (!document.title.startsWith(WRONG)) document.title = WRONG + document.title;
}

async function answerOf(form) {
  const options = JSON.parse(form.dataset.vpPasskeyOptions);
  const credential =
    form.dataset.vpPasskey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return credential.toJSON();
}
