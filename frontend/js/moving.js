// Leading a page on by itself. Not while a form of it is being answered: the answer would be lost,
// and what was done would look as if it had failed. form.js marks the forms that were sent.

export const answering = () => document.querySelector("form[data-sent]") !== null;

export const goTo = (url) => answering() || location.assign(url);
export const goOnTo = (url) => answering() || location.replace(url);
export const lookAgain = () => answering() || location.reload();

// Once somebody looks at this page: a tab in the background takes nobody into a room.
export const whenSeen = (step) => {
  if (!document.hidden) return step();
  document.addEventListener("visibilitychange", step, { once: true });
};
