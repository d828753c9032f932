// A link to a confirmation page opens its question in a dialog. Whatever is unexpected simply follows the link.
// One question at a time: who presses again while it is being fetched waits for that one.
const PATIENCE_MILLISECONDS = 5000;
let isBusy = false;

for (const link of document.querySelectorAll("a[data-vp-dialog]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    const question = await questionAt(link.href);
    isBusy = false;
    if (question) ask(question, link);
    else window.location.assign(link.href);
  });
}

async function questionAt(address) {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-vp-dialog-content]");
  } catch {
    return null;
  }
}

function ask(question, opener) {
  const dialog = document.createElement("dialog");
  dialog.className = "vp-dialog";
  dialog.setAttribute("aria-labelledby", question.querySelector("h1").id);
  dialog.append(document.adoptNode(question));
  dialog.querySelector("[data-vp-dialog-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("h1").focus();
}
