// Pods on nodes: one card each, coloured by state; a chosen one shows what can be done to it.
import {ageText, byId, el, post, setText} from './dom.js';

const STATES = [['ready', 'ready'], ['not-ready', 'running, not ready'], ['starting', 'starting'], ['pending', 'pending'],
  ['failing', 'failing'], ['terminating', 'terminating']];
const MANY = 40;

const cards = new Map();
const nodeBoxes = new Map();
const lastCpu = new Map();
let chosen = null;

export function startPods() {
  byId('legend').append(...STATES.map(([state, text]) =>
    el('span', {class: 'key'}, el('span', {class: 'swatch ' + state}), text)));
}

/** The part of a pod's name that tells it from its siblings. */
const shortName = (pod) => (pod.workload && pod.name.startsWith(pod.workload + '-') ? pod.name.slice(pod.workload.length + 1) : pod.name);

export function drawPods(picture) {
  const single = picture.nodes.length <= 1;
  byId('nodes').classList.toggle('single', single);
  const names = picture.nodes.map((node) => node.name);
  for (const node of picture.nodes) drawNode(node, picture.pods);
  drawNode({name: '', ready: true}, picture.pods);
  for (const [name, box] of nodeBoxes) {
    if (name && !names.includes(name)) { box.root.remove(); nodeBoxes.delete(name); }
  }
  const seen = new Set();
  for (const pod of picture.pods) {
    const key = pod.namespace + '/' + pod.name;
    seen.add(key);
    drawPod(key, pod, picture);
  }
  for (const [key, card] of cards) {
    if (!seen.has(key) && !card.gone) {
      card.gone = true;
      card.root.classList.add('gone');
      setTimeout(() => { card.root.remove(); cards.delete(key); }, 350);
    }
  }
  const ready = picture.pods.filter((pod) => pod.ready).length;
  setText(byId('pod-note'), picture.podCount === 0 ? 'none yet' :
    ready + ' of ' + picture.podCount + ' ready' + (picture.podCount > picture.pods.length ? ', ' + picture.pods.length + ' shown' : ''));
  drawChosen(picture);
}

function drawNode(node, pods) {
  const here = pods.filter((pod) => pod.node === node.name);
  let box = nodeBoxes.get(node.name);
  if (!box) {
    if (!node.name && here.length === 0) return;
    const note = el('span', {class: 'muted'});
    const cordon = el('button', {type: 'button', onclick: () => post('/wavetank/do/cordon', {name: node.name, is: String(!box.cordoned)})});
    const drain = el('button', {type: 'button', onclick: () => post('/wavetank/do/drain', {name: node.name})}, 'Drain');
    const podList = el('div', {class: 'pods'});
    const root = el('div', {class: 'node', 'data-node': node.name},
      el('div', {class: 'title'}, el('b', {}, node.name || 'not on a node yet'), note, el('span', {class: 'spacer'}),
        node.name ? [cordon, drain] : []), podList);
    box = {root, note, cordon, pods: podList};
    nodeBoxes.set(node.name, box);
    byId('nodes').append(root);
  }
  box.root.hidden = !node.name && here.length === 0;
  box.cordoned = node.cordoned;
  box.root.classList.toggle('down', !node.ready);
  box.pods.classList.toggle('many', here.length > MANY);
  if (node.name) {
    setText(box.cordon, node.cordoned ? 'Uncordon' : 'Cordon');
    setText(box.note, (node.ready ? '' : 'NotReady · ') + (node.cordoned ? 'cordoned · ' : '') + node.cpuMillis / 1000 + ' cores · '
      + (node.memory / 2 ** 30).toFixed(0) + ' GiB' + (node.zone ? ' · ' + node.zone : ''));
  }
}

function drawPod(key, pod, picture) {
  let card = cards.get(key);
  if (!card || card.gone) {
    const name = el('b');
    const status = el('span');
    const detail = el('span');
    const root = el('button', {type: 'button', 'data-pod': pod.name, onclick: () => choose(key)}, name, status, detail);
    card = {root, name, status, detail};
    cards.set(key, card);
  }
  const home = nodeBoxes.get(pod.node);
  if (home && card.root.parentElement !== home.pods) home.pods.append(card.root);
  card.root.className = 'pod ' + pod.state;
  card.root.setAttribute('aria-pressed', String(chosen === key));
  card.root.title = pod.name;
  setText(card.name, shortName(pod));
  setText(card.status, (pod.state === 'ready' ? 'Ready' : pod.status) + (pod.hung ? ', hung' : '')
    + (pod.restarts ? ' · ↻ ' + pod.restarts : ''));
  setText(card.detail, cpuText(key, pod, picture) + (pod.inFlight ? ' · ' + pod.inFlight + ' in flight' : ''));
}

/** Processor time is told as a counter; the rate is what became of it since the last picture in which time had passed. */
function cpuText(key, pod, picture) {
  const now = picture.clock.nowNanos;
  const before = lastCpu.get(key);
  if (!before || before.at > now || before.cpu > pod.cpuNanos) {
    lastCpu.set(key, {at: now, cpu: pod.cpuNanos, text: '…'});
  } else if (now - before.at > 5e8) {
    lastCpu.set(key, {at: now, cpu: pod.cpuNanos, text: Math.round((pod.cpuNanos - before.cpu) / (now - before.at) * 1000) + 'm'});
  }
  return pod.running ? 'cpu ' + lastCpu.get(key).text : ageText(pod.age);
}

function choose(key) {
  chosen = chosen === key ? null : key;
  for (const [each, card] of cards) card.root.setAttribute('aria-pressed', String(each === chosen));
  byId('chosen').dataset.pod = '';
}

function drawChosen(picture) {
  const box = byId('chosen');
  const pod = picture.pods.find((each) => each.namespace + '/' + each.name === chosen);
  box.hidden = !pod;
  if (!pod) { box.dataset.pod = ''; return; }
  const what = pod.status + ' · ' + (pod.ready ? 'ready' : 'not ready') + ' · restarts ' + pod.restarts + ' · ' + ageText(pod.age)
    + ' old · ' + (pod.ip || 'no address') + ' · ' + (pod.node || 'no node');
  const fingerprint = [chosen, pod.saysReady, pod.hung, pod.running].join();
  if (box.dataset.pod !== fingerprint) {
    box.dataset.pod = fingerprint;
    const of = {name: pod.name, namespace: pod.namespace};
    const deed = (text, verb, more = {}, kind = '') =>
      el('button', {type: 'button', class: kind, 'data-deed': verb, onclick: () => post('/wavetank/do/' + verb, {...of, ...more})}, text);
    const alive = pod.running;
    box.replaceChildren(
      el('div', {class: 'what'}, el('b', {class: 'mono'}, pod.name), el('small', {id: 'chosen-what'})),
      el('div', {class: 'deeds'},
        alive ? deed('Crash', 'crash', {}, 'danger') : null,
        alive ? deed(pod.saysReady ? 'Ready off' : 'Ready on', 'ready', {is: String(!pod.saysReady)}) : null,
        alive ? deed(pod.hung ? 'Unhang' : 'Hang', 'hang', {is: String(!pod.hung)}) : null,
        alive ? deed('Stress 60 s', 'stress', {seconds: 60}) : null,
        deed('Delete', 'delete', {}, 'danger')));
  }
  setText(byId('chosen-what'), what);
}
