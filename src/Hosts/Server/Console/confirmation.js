// Asks before an act, naming what it is done to. Resolves to { reason }, or to null where it is not to be done: Cancel or Escape.

const dialog = document.getElementById('confirmation');
const part = name => document.getElementById(`confirmation-${name}`);
const reason = document.getElementById('reason');

let isMeant = false;

dialog.querySelector('form').addEventListener('submit', event => {
  event.preventDefault();
  isMeant = true;
  dialog.close();
});
part('cancel').addEventListener('click', () => dialog.close());

export function confirmAct(name, target, effect) {
  part('title').textContent = `${name}?`;
  part('target').textContent = target;
  part('effect').textContent = effect;
  part('go').textContent = name;
  reason.value = '';
  isMeant = false;
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(isMeant ? { reason: reason.value.trim() } : null), { once: true }));
}
