// What happened, in one line that screen readers say too.

const line = document.getElementById('said');
let isTrouble = false;

export function say(text) {
  line.textContent = text;
  isTrouble = false;
}

// What goes wrong while something is read again and again; it is unsaid when it works again.
export function sayTrouble(text) {
  if (line.textContent !== text) line.textContent = text;
  isTrouble = true;
}

export function sayItWorks() {
  if (isTrouble) say('');
}
