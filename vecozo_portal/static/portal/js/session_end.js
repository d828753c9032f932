// Two minutes before a session ends it is said, with a button that goes on. The server ends it, whatever happens here.
// Tabs of one browser have one session: what one of them knows, the others hear.
const dialog = document.querySelector("[data-vp-session]");
const LOOK_EVERY_MILLISECONDS = 1000;

if (dialog) watch(Number(dialog.dataset.vpSeconds), "vpFinal" in dialog.dataset);

function watch(seconds, isFinal) {
  const warnBefore = Number(dialog.dataset.vpWarnSeconds) * 1000;
  const others = new BroadcastChannel("vp-session");
  const title = document.title;
  let ending = endingIn(seconds, isFinal);
  let isPutAway = false;

  others.addEventListener("message", ({ data }) => data.at > ending.at && adopt(data));
  others.postMessage(ending);
  dialog.querySelector("form[data-vp-session-go-on]").addEventListener("submit", goOn);
  dialog.querySelector("[data-vp-session-put-away]").addEventListener("click", putAway);
  dialog.addEventListener("cancel", putAway);
  dialog.addEventListener("close", () => (document.title = title));
  setInterval(look, LOOK_EVERY_MILLISECONDS);
  document.addEventListener("visibilitychange", look);

  function look() {
    const left = ending.at - Date.now();
    if (left <= 0) show("over");
    else if (left <= warnBefore && !isPutAway) show(ending.isFinal ? "final" : "idle");
  }

  function show(what) {
    if (dialog.open && dialog.dataset.vpSession === what) return;
    dialog.dataset.vpSession = what;
    for (const part of dialog.querySelectorAll("[data-vp-session-part]")) {
      part.hidden = part.dataset.vpSessionPart !== what;
    }
    for (const moment of dialog.querySelectorAll("time")) moment.textContent = onTheClock(ending.at);
    const heading = dialog.querySelector("[data-vp-session-part]:not([hidden]) h2");
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.setAttribute("aria-describedby", heading.nextElementSibling.id);
    document.title = `${heading.textContent} – ${title}`;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-vp-session-part]:not([hidden]) [data-vp-session-first]").focus();
  }

  // Once it is over there is nothing to go back to: the page behind is of somebody who is no longer signed in.
  function putAway(event) {
    event.preventDefault();
    if (dialog.dataset.vpSession === "over") return;
    isPutAway = true;
    dialog.close();
  }

  async function goOn(event) {
    event.preventDefault();
    const form = event.currentTarget;
    const failed = form.querySelector("[data-vp-session-failed]");
    failed.textContent = "";
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (!answer.ok) return show("over");
      const { seconds, is_final } = await answer.json();
      adopt(endingIn(seconds, is_final));
      others.postMessage(ending);
    } catch {
      failed.textContent = failed.dataset.vpSessionFailed;
    }
  }

  function adopt(later) {
    if (dialog.dataset.vpSession === "over") return;
    ending = later;
    if (dialog.open) dialog.close();
    isPutAway = false;
  }
}

function endingIn(seconds, isFinal) {
  return { at: Date.now() + seconds * 1000, isFinal };
}

function onTheClock(at) {
  return new Date(at).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
}
