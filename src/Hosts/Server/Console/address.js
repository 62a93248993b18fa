// What is shown is all in the address, #view?query, so that the browser's Back goes back a page and a view can be bookmarked.

// Empty fields are left out.
export function written(query = {}) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return text ? `?${text}` : '';
}

export function address(view, query) {
  return `#${view}${written(query)}`;
}

export function parsed(hash) {
  const [view, query] = hash.slice(1).split('?');
  return { view, query: Object.fromEntries(new URLSearchParams(query)) };
}
