// Reads for a view: what goes wrong is said, and resolves to null.
import { sayItWorks, sayTrouble } from '/console/said.js';
import { get, isSignedIn } from '/console/session.js';

export async function read(path, query) {
  try {
    const answer = await get(path, query);
    sayItWorks();
    return answer;
  } catch (refused) {
    // When the session has ended that is said, and not what was refused by it.
    if (isSignedIn()) sayTrouble(refused.message);
    return null;
  }
}
