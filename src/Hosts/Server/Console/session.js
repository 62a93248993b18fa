// Asks the server as the administrator who signed in. The token is in this module's memory and nowhere else; the key is forgotten as
// soon as it was exchanged, so that a console left alone is closed when its token has expired.
import { written } from '/console/address.js';

let token = null;
let whenEnded = () => {};

// What the server refused, with its code; or code null, where no answer was to be had.
export class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

// Calls ended(why) when the token is not taken any more.
export function onEnd(ended) {
  whenEnded = ended;
}

// Resolves to { name, admin_id, expires_at }.
export async function signIn(key) {
  const { token: made, ...who } = await send('POST', '/admin/tokens', key);
  token = made;
  return who;
}

export function signOut() {
  token = null;
}

export function isSignedIn() {
  return token !== null;
}

export function get(path, query) {
  return asToken('GET', path + written(query));
}

export function post(path, body) {
  return asToken('POST', path, body);
}

async function asToken(method, path, body) {
  const used = token;
  try {
    return await send(method, path, used, body);
  } catch (refused) {
    // An answer to a token of before says nothing of the one that is used now.
    if (refused.status === 401 && used === token) {
      signOut();
      whenEnded(refused);
    }
    throw refused;
  }
}

async function send(method, path, credential, body) {
  const headers = { authorization: `Bearer ${credential}` };
  if (body) headers['content-type'] = 'application/json';
  let answer, read;
  try {
    answer = await fetch(path, {
      method, headers, body: body && JSON.stringify(body), cache: 'no-store', credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(15_000),
    });
    read = await answer.json();
  } catch {
    throw new Refused(null, answer ? `The server answered ${answer.status} without saying more.` : 'The server cannot be reached.');
  }
  if (answer.ok) return read;
  throw Object.assign(new Refused(read.code, read.detail ?? read.title), { status: answer.status });
}
