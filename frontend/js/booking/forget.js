// A booking that has become a session leaves nothing for the next one: its files are used.

const PREFIX = "autodoctor.concern";

for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
