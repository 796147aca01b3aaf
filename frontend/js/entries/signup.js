// A new form suggests the device's time zone.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const list of document.querySelectorAll("[data-device-zone]")) {
  const suggested = [...list.options].find(({ value }) => value === zone);
  if (suggested) suggested.selected = true;
}
