// An element with its text and attributes. Everything goes in as text, never as markup.
export function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text ?? '';
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
