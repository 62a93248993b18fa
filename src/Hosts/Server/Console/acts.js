// What may be done to an item: a button that asks first, does it, and says what came of it.
import { confirmAct } from '/console/confirmation.js';
import { element } from '/console/elements.js';
import { say } from '/console/said.js';
import { isSignedIn, post } from '/console/session.js';

export function actButton(act, item, reload) {
  const target = act.target(item);
  const button = element('button', act.name, { type: 'button', 'aria-label': `${act.name} ${target}` });
  button.addEventListener('click', async () => {
    const meant = await confirmAct(act.name, target, act.effect);
    if (!meant) return;
    try {
      const done = await post(act.path(item), meant.reason ? { reason: meant.reason } : undefined);
      say(`${act.name} ${target}: ${done.outcome}, entry ${done.audit_seq} of the audit log.`);
      await reload();
    } catch (refused) {
      if (isSignedIn()) say(`${act.name} ${target}: ${refused.message}`);
    }
  });
  return button;
}
