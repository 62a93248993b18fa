// The console: signing in, and the view that the address names. It shows what /admin answers and no more.
import { address, parsed } from '/console/address.js';
import { element } from '/console/elements.js';
import { moment } from '/console/format.js';
import { say } from '/console/said.js';
import { isSignedIn, onEnd, signIn, signOut } from '/console/session.js';
import { views } from '/console/views.js';

const part = id => document.getElementById(id);

// Counts what was shown, so that what was shown before is not read any more.
let turn = 0;

async function show() {
  const shown = ++turn;
  if (!isSignedIn()) return;
  const { view: asked, query } = parsed(location.hash);
  const name = Object.hasOwn(views, asked) ? asked : Object.keys(views)[0];
  const view = views[name];
  for (const link of part('views').children) link.ariaCurrent = link.dataset.view === name ? 'page' : null;
  part('title').textContent = view.title;
  part('content').replaceChildren();
  const reload = view.show(query, part('content'));
  part('title').focus();
  await reload();
  if (shown === turn) part('view').dataset.shown = location.hash;
  while (view.every) {
    await new Promise(resolve => setTimeout(resolve, view.every * 1000));
    if (shown !== turn) return;
    await reload();
  }
}

function showSignedIn(isIn) {
  for (const id of ['views', 'session', 'view']) part(id).hidden = !isIn;
  part('sign-in').hidden = isIn;
}

function end(why) {
  turn++;
  document.querySelector('dialog[open]')?.close();
  part('content').replaceChildren();
  showSignedIn(false);
  say(why);
  part('key').focus();
}

part('sign-in').addEventListener('submit', async event => {
  event.preventDefault();
  const key = part('key').value.trim();
  part('key').value = '';
  try {
    const who = await signIn(key);
    part('who').textContent = `${who.name}, until ${moment(who.expires_at).slice(11)}`;
  } catch (refused) {
    say(refused.message);
    part('key').focus();
    return;
  }
  say('');
  showSignedIn(true);
  await show();
});

part('sign-out').addEventListener('click', () => {
  signOut();
  end('Signed out.');
});

onEnd(refused => end(refused.code === 'expired_token' ? 'A quarter of an hour is over: sign in again to go on.' : refused.message));

for (const [name, view] of Object.entries(views)) part('views').append(element('a', view.title, { href: address(name), 'data-view': name }));
addEventListener('hashchange', async () => {
  say('');
  await show();
});
