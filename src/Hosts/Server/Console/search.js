// The form above a list. What is looked for goes into the address, and so does the page: see address.js.
import { address } from '/console/address.js';
import { element } from '/console/elements.js';

// fields: { name: { label, choices } }, where choices are there for what has only some values.
export function searchForm(view, fields, query) {
  const form = element('form', '', { role: 'search' });
  const inputs = Object.entries(fields).map(([name, { label, choices }]) => {
    const input = choices ? element('select', '', { id: name }) : element('input', '', { id: name, type: 'search', autocomplete: 'off', spellcheck: 'false' });
    for (const choice of choices ?? []) input.append(element('option', choice || 'any', { value: choice }));
    input.value = query[name] ?? '';
    const row = element('div');
    row.append(element('label', label, { for: name }), input);
    form.append(row);
    return input;
  });
  form.append(element('button', 'Search'));
  form.addEventListener('submit', event => {
    event.preventDefault();
    location.hash = address(view, Object.fromEntries(inputs.map(input => [input.id, input.value.trim()])));
  });
  return form;
}
