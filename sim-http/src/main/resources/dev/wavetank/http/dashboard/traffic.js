// Traffic over cluster time, and who answered how much of it.
import uPlot from './uPlot.js';
import {byId, el, number, setText} from './dom.js';

const KEPT_SECONDS = 300;
const MOST_SHARES = 12;

let before = null;
let times = [];
const series = {answered: [], failed: [], inFlight: [], p50: [], p99: []};
let charts = [];

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const secondsText = (value) => (value >= 120 ? Math.floor(value / 60) + 'm' + String(Math.round(value % 60)).padStart(2, '0') : Math.round(value) + 's');

export function startTraffic() {
  const draw = () => {
    charts.forEach((chart) => chart.destroy());
    charts = [
      plot('rate', [['answers a second', '--c1'], ['failures a second', '--failing'], ['in flight', '--c4']]),
      plot('latency', [['latency p50, ms', '--c3'], ['latency p99, ms', '--c2']]),
    ];
    show();
  };
  draw();
  document.addEventListener('themechange', draw);
  new ResizeObserver(() => charts.forEach((chart) => chart.setSize({width: chart.root.parentElement.clientWidth, height: 170})))
    .observe(byId('rate'));
}

function plot(id, lines) {
  const axis = {stroke: css('--muted'), grid: {stroke: css('--grid'), width: 1}, ticks: {show: false}, font: '12px system-ui'};
  byId(id + '-keys').replaceChildren(...lines.map(([text, colour]) => {
    const swatch = el('span', {class: 'swatch thin'});
    swatch.style.borderTopColor = css(colour);
    return el('span', {class: 'key'}, swatch, text);
  }));
  return new uPlot({
    width: byId(id).clientWidth, height: 170, legend: {show: false}, cursor: {y: false},
    scales: {x: {time: false}, y: {range: (u, low, high) => [0, Math.max(1, high * 1.1)]}},
    axes: [{...axis, values: (u, values) => values.map(secondsText)}, {...axis, size: 46}],
    series: [{}, ...lines.map(([label, colour]) => ({label, stroke: css(colour), width: 1.8, points: {show: false}}))],
  }, [[], ...lines.map(() => [])], byId(id));
}

function show() {
  charts[0].setData([times, series.answered, series.failed, series.inFlight]);
  charts[1].setData([times, series.p50, series.p99]);
}

export function drawTraffic(picture) {
  const now = picture.clock.nowNanos / 1e9;
  const sum = (field) => picture.clients.reduce((total, client) => total + client[field], 0);
  const state = {now, answered: sum('answered'), failed: sum('failed')};
  if (before && now < before.now) { before = null; times = []; Object.values(series).forEach((values) => { values.length = 0; }); }
  if (!before) before = state;
  const span = now - before.now;
  if (span >= 0.5) {
    times.push(now);
    series.answered.push((state.answered - before.answered) / span);
    series.failed.push((state.failed - before.failed) / span);
    series.inFlight.push(sum('inFlight'));
    const busiest = picture.clients.reduce((most, client) => (!most || client.sent > most.sent ? client : most), null);
    series.p50.push(busiest ? busiest.p50 : null);
    series.p99.push(busiest ? busiest.p99 : null);
    const drop = times.findIndex((time) => time >= now - KEPT_SECONDS);
    if (drop > 0) { times.splice(0, drop); Object.values(series).forEach((values) => values.splice(0, drop)); }
    before = state;
    show();
  }
  setText(byId('traffic-note'), picture.clients.length ? '' : 'nobody calls a Service; turn the load up, or use curl');
  drawShares(picture);
}

function drawShares(picture) {
  byId('shares').replaceChildren(...picture.clients.map((client) => {
    const alive = new Set(picture.pods.map((pod) => pod.name));
    const all = Object.entries(client.byPod).sort((a, b) => alive.has(b[0]) - alive.has(a[0]) || b[1] - a[1]);
    const most = Math.max(1, ...all.map(([, count]) => count));
    const failures = Object.entries(client.failures).map(([what, count]) => number(count) + ' ' + what).join(', ');
    return el('div', {class: 'client', 'data-client': client.name},
      el('h3', {}, client.name + ' ', el('span', {class: 'num'}, number(client.sent) + ' sent = ' + number(client.answered) + ' answered + '
        + number(client.failed) + ' failed' + (failures ? ' (' + failures + ')' : '') + ' + ' + client.inFlight + ' in flight')),
      all.slice(0, MOST_SHARES).map(([pod, count]) => {
        const bar = el('i');
        bar.style.width = (100 * count / most) + '%';
        if (!alive.has(pod)) bar.style.background = css('--finished');
        return el('div', {class: 'share'}, el('span', {class: 'who', title: pod}, pod), el('span', {class: 'bar'}, bar),
          el('span', {class: 'count'}, number(count) + ' · ' + (100 * count / Math.max(1, client.answered)).toFixed(1) + ' %'));
      }),
      all.length > MOST_SHARES ? el('div', {class: 'empty'}, 'and ' + (all.length - MOST_SHARES) + ' more pods') : null);
  }));
}
