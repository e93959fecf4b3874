// The few lines that stand in for a framework.

/** Makes an element: el('button', {class: 'danger', onclick: f}, 'Crash'). Text goes in as text, never as markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Sets text only where it changed, so that selections and screen readers are left in peace. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Does something to the cluster; what it refuses is shown. */
export async function post(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  try {
    const answer = await fetch(path + (query ? '?' + query : ''), {method: 'POST'});
    if (!answer.ok) {
      const text = await answer.text();
      let message = text;
      try { message = JSON.parse(text).message || text; } catch { /* it was plain text */ }
      alarm(message);
      return null;
    }
    alarm('');
    return answer;
  } catch {
    alarm('the server does not answer');
    return null;
  }
}

export function alarm(message) {
  const box = byId('alert');
  box.hidden = !message;
  box.textContent = message;
}

/** Milliseconds of cluster time, as people write it. */
export function clockText(millis) {
  const total = Math.floor(millis / 1000);
  const parts = [Math.floor(total / 86400), Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60];
  const rest = (total % 60) + '.' + String(Math.floor(millis % 1000)).padStart(3, '0');
  const units = ['d', 'h', 'm'];
  const first = parts.findIndex((part) => part > 0);
  const head = first < 0 ? [] : parts.slice(first).map((part, i) => part + units[first + i]);
  return [...head, rest + 's'].join(' ');
}

export function ageText(millis) {
  const seconds = Math.floor(millis / 1000);
  if (seconds < 120) return seconds + 's';
  if (seconds < 7200) return Math.floor(seconds / 60) + 'm';
  return Math.floor(seconds / 3600) + 'h';
}

export const number = (value) => value.toLocaleString('en-US');
