// Who looks at the list has read it; what is new stays marked on this page.
const form = document.querySelector("[data-marks-read]")?.form;
if (form) {
  const read = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (read?.ok) {
    form.remove();
    for (const count of document.querySelectorAll("[data-unread]")) count.hidden = true;
  }
}
