// Listens to the server and hands each picture to the parts of the page.
import {alarm, byId, clockText, el, post, setText} from './dom.js';
import {drawPods, startPods} from './pods.js';
import {addLines, forget, reasonsOf, startStory} from './story.js';
import {drawTraffic, startTraffic} from './traffic.js';

const LOADS = [0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const loads = new Map();
const rows = new Map();
let paused = false;

function startTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const set = (isDark) => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    byId('theme').textContent = isDark ? 'Light' : 'Dark';
    document.dispatchEvent(new Event('themechange'));
  };
  set(dark.matches);
  dark.addEventListener('change', (event) => set(event.matches));
  byId('theme').addEventListener('click', () => set(document.documentElement.dataset.theme !== 'dark'));
}

function startClock() {
  byId('pause').addEventListener('click', () => post('/wavetank/clock/' + (paused ? 'resume' : 'pause')));
  byId('step').addEventListener('click', () => post('/wavetank/clock/step'));
  byId('advance').addEventListener('click', () => post('/wavetank/clock/advance', {by: '30s'}));
  byId('settle').addEventListener('click', () => post('/wavetank/clock/settle'));
  byId('speed').addEventListener('change', (event) => post('/wavetank/clock/speed', {to: event.target.value}));
}

function drawClock(clock) {
  paused = clock.paused;
  setText(byId('now'), clockText(clock.nowNanos / 1e6));
  setText(byId('date'), clock.date.slice(0, 19).replace('T', ' ') + ' UTC' + (clock.paused ? '' : ' · ' + clock.factor.toFixed(clock.factor < 10 ? 1 : 0) + 'x'));
  setText(byId('pause'), clock.paused ? 'Resume' : 'Pause');
  const speed = byId('speed');
  if (![...speed.options].some((option) => option.value === clock.speed)) speed.append(el('option', {value: clock.speed}, clock.speed));
  if (document.activeElement !== speed) speed.value = clock.speed;
  const pill = byId('state');
  pill.className = 'pill ' + (clock.paused ? '' : clock.settled ? 'good' : 'busy');
  setText(pill, clock.paused ? 'paused' : clock.hurrying ? 'hurrying' : clock.settled ? 'settled' : 'under way');
}

function row(key, make) {
  let known = rows.get(key);
  if (!known) {
    known = make();
    rows.set(key, known);
    byId('workloads').append(known.root);
  }
  known.seen = true;
  return known;
}

const stepper = (down, value, up, label) => el('span', {class: 'stepper', role: 'group', 'aria-label': label},
  el('button', {type: 'button', 'aria-label': label + ' down', onclick: down}, '−'), value,
  el('button', {type: 'button', 'aria-label': label + ' up', onclick: up}, '+'));

function drawWorkloads(picture) {
  for (const known of rows.values()) known.seen = false;
  for (const deployment of picture.deployments) drawDeployment(deployment);
  for (const service of picture.services) drawService(service, picture.ingress);
  for (const [key, known] of rows) {
    if (!known.seen) { known.root.remove(); rows.delete(key); }
  }
  setText(byId('workload-note'), rows.size ? '' : 'none yet: kubectl apply -f your manifests');
}

const title = (object) => [object.name, object.namespace === 'default' ? null : el('small', {}, ' ' + object.namespace)];

function drawDeployment(deployment) {
  const of = {name: deployment.name, namespace: deployment.namespace};
  const known = row('deployment/' + deployment.namespace + '/' + deployment.name, () => {
    const output = el('output');
    const fill = el('i');
    const text = el('span', {class: 'num'});
    const made = {output, fill, text};
    const scale = (by) => {
      made.wanted = Math.max(0, made.wanted + by);
      output.textContent = made.wanted;
      made.holdUntil = Date.now() + 1500;
      post('/wavetank/do/scale', {...of, replicas: made.wanted});
    };
    made.root = el('div', {class: 'row', 'data-deployment': deployment.name}, el('span', {class: 'kind'}, 'Deployment'),
      el('span', {class: 'name'}, title(deployment)), el('span', {class: 'spacer'}),
      el('span', {class: 'meter'}, el('span', {class: 'bar'}, fill), text),
      stepper(() => scale(-1), output, () => scale(1), 'Replicas'),
      el('button', {type: 'button', onclick: () => post('/wavetank/do/restart', of)}, 'Restart'));
    return made;
  });
  if (!known.holdUntil || Date.now() > known.holdUntil) {
    known.wanted = deployment.replicas;
    setText(known.output, String(deployment.replicas));
  }
  const share = deployment.replicas ? Math.min(1, deployment.ready / deployment.replicas) : 1;
  known.fill.style.width = (100 * share) + '%';
  setText(known.text, deployment.ready + '/' + deployment.replicas + ' ready'
    + (deployment.updated < deployment.current ? ', ' + deployment.updated + ' updated' : ''));
}

function drawService(service, ingress) {
  const known = row('service/' + service.namespace + '/' + service.name, () => {
    const output = el('output');
    const text = el('span', {class: 'muted num'});
    const links = el('span');
    const made = {output, text, links, level: 0};
    const change = (by) => {
      made.level = Math.min(LOADS.length - 1, Math.max(0, made.level + by));
      loads.set(service.name, LOADS[made.level]);
      output.textContent = LOADS[made.level] + '/s';
      post('/wavetank/do/load', {name: service.name, perSecond: LOADS[made.level]});
    };
    output.textContent = '0/s';
    const inDefault = service.namespace === 'default';
    made.root = el('div', {class: 'row', 'data-service': service.name}, el('span', {class: 'kind'}, 'Service'),
      el('span', {class: 'name'}, title(service)), text, links, el('span', {class: 'spacer'}),
      inDefault ? el('span', {class: 'muted'}, 'Load') : null,
      inDefault ? stepper(() => change(-1), output, () => change(1), 'Load') : null);
    return made;
  });
  setText(known.text, service.type + ' · ' + service.readyEndpoints + ' of ' + service.endpoints + ' endpoints ready');
  const way = ingress.find((each) => each.service === service.name && each.namespace === service.namespace);
  if (way && known.url !== way.url) {
    known.url = way.url;
    const link = new URL(way.url);
    link.hostname = location.hostname;
    known.links.replaceChildren(el('a', {href: link.href, target: '_blank', rel: 'noreferrer'}, 'localhost:' + link.port));
  }
}

function drawAutoscalers(autoscalers) {
  byId('autoscaler-card').hidden = autoscalers.length === 0;
  byId('autoscalers').replaceChildren(...autoscalers.map((each) => el('div', {class: 'autoscaler', 'data-autoscaler': each.name},
    el('div', {class: 'row'}, el('span', {class: 'name'}, title(each)), el('span', {class: 'muted num'},
      each.target + ' · ' + each.current + ' → ' + each.desired + ' of ' + each.min + ' to ' + each.max)),
    reasonsOf(each.name).map((line) => el('div', {class: 'reason'}, el('span', {class: 'num'}, clockText(line.t)), ' ', el('b', {}, line.what), ' — ' + line.why)),
    each.conditions.map((condition) => el('div', {class: 'reason'}, condition.type + ' ', el('b', {}, condition.status ? 'True' : 'False'), ' ' + condition.reason + ': ' + condition.message)))));
}

function listen() {
  const source = new EventSource('/wavetank/stream');
  source.addEventListener('open', () => { forget(); alarm(''); });
  source.addEventListener('picture', (event) => {
    const picture = JSON.parse(event.data);
    drawClock(picture.clock);
    drawWorkloads(picture);
    drawPods(picture);
    drawTraffic(picture);
    drawAutoscalers(picture.autoscalers);
  });
  source.addEventListener('story', (event) => addLines(JSON.parse(event.data)));
  source.addEventListener('failed', (event) => alarm(event.data));
  source.addEventListener('error', () => {
    const pill = byId('state');
    pill.className = 'pill bad';
    setText(pill, 'not connected');
  });
}

startTheme();
startClock();
startPods();
startStory();
startTraffic();
listen();
