// What happened and why, newest first.
import {byId, clockText, el} from './dom.js';

const KEPT = 400;
const SHOWN = 120;
const KINDS = [['action', 'Done from outside'], ['pod', 'Pods'], ['hpa', 'Autoscaling'], ['decision', 'Decisions']];

let lines = [];
let newest = 0;
const on = new Set(['action', 'pod', 'hpa']);
let words = '';

export function startStory() {
  const buttons = KINDS.map(([kind, text]) => {
    const button = el('button', {type: 'button', 'aria-pressed': String(on.has(kind)), onclick: () => {
      if (on.has(kind)) on.delete(kind); else on.add(kind);
      button.setAttribute('aria-pressed', String(on.has(kind)));
      draw();
    }}, text);
    return button;
  });
  const search = el('input', {type: 'search', placeholder: 'pod, actor or word', 'aria-label': 'Show only lines with these words',
    oninput: () => { words = search.value.toLowerCase(); draw(); }});
  byId('filters').append(...buttons, search);
  draw();
}

export function addLines(fresh) {
  const news = fresh.filter((line) => line.number > newest);
  if (!news.length) return;
  newest = news[news.length - 1].number;
  lines = [...lines, ...news].slice(-KEPT);
  draw();
}

/** The latest reasons given by the autoscaler of that name. */
export const reasonsOf = (name) => lines.filter((line) => line.kind === 'hpa' && line.who.endsWith(' ' + name)).slice(-3).reverse();

export function forget() {
  lines = [];
  newest = 0;
}

function draw() {
  const fits = (line) => on.has(line.kind) && (!words || (line.who + ' ' + line.what + ' ' + line.why).toLowerCase().includes(words));
  const shown = lines.filter(fits).slice(-SHOWN).reverse();
  byId('story').replaceChildren(...shown.map((line) => el('li', {class: line.kind},
    el('span', {class: 'at'}, clockText(line.t)),
    el('span', {}, el('span', {class: 'who'}, line.who), ' ', el('span', {class: 'what'}, line.what),
      line.why ? el('span', {class: 'why'}, ' — ' + line.why) : null))),
  ...(shown.length ? [] : [el('li', {class: 'empty'}, el('span'), 'Nothing yet.')]));
}
