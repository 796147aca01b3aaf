// The room this page is: whose session, which of the two one is.

const room = document.querySelector("[data-room]");

export const session = room.dataset.streamSession;
export const party = room.dataset.party;
export const other = { name: room.dataset.other, party: party === "customer" ? "mechanic" : "customer" };
export const scroller = document.getElementById("main");

// The server says how far its people's zone is from UTC: a browser's own time zones may be older.
const offsets = room.dataset.offsets.split(" ").map((each) => each.split(":").map(Number));
const clock = new Intl.DateTimeFormat("en-CA", { hour: "numeric", minute: "2-digit", timeZone: "UTC" });

export function timeOf(at) {
  const [, east] = offsets.findLast(([from]) => from * 1000 <= at) ?? offsets[0];
  return clock.format(new Date(at.getTime() + east * 60_000));
}

// Works without a secure context too, where there is no randomUUID.
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
