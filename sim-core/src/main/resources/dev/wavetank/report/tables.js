/* The parts of a report that are words: expectations, steps, the account of requests, decisions. */
const Tables = (() => {
  'use strict';
  const {el, clock, count, percent, latency} = WT;

  function steps(run, jump) {
    if (run.steps.length === 0) return null;
    return el('section', {class: 'card'}, el('div', {class: 'head'}, el('h2', {}, 'Steps'), el('span', {class: 'note'}, 'what was done to the cluster')),
      el('ol', {class: 'steps'}, run.steps.map((step, i) => el('li', {onclick: () => jump(step.t / 1000)},
        el('span', {class: 'flag'}, String(i + 1)), el('span', {class: 'at num'}, clock(step.t / 1000)), el('span', {}, step.text)))));
  }

  function verdicts(run, jump) {
    if (run.verdicts.length === 0) return null;
    return el('section', {class: 'card'}, el('div', {class: 'head'}, el('h2', {}, 'Expectations'), el('span', {class: 'note'}, 'what was to hold, and whether it did')),
      el('ul', {class: 'verdicts'}, run.verdicts.map(verdict => {
        const at = verdict.held ? '' : (verdict.detail ? ', ' : '') + 'at ' + clock(verdict.t / 1000);
        const detail = verdict.detail + at;
        return el('li', {class: verdict.held ? 'held' : 'broken', onclick: () => jump(verdict.t / 1000)},
          el('span', {class: verdict.held ? 'good' : 'bad'}, verdict.held ? '✔' : '✘'),
          el('span', {}, el('span', {class: 'form'}, verdict.form + ': '), el('code', {}, verdict.that),
            detail ? el('span', {class: 'detail'}, '  (' + detail + ')') : null));
      })));
  }

  /** How the spread of connections compares with equal chances, in words. */
  function spread(client) {
    if (client.pValue === undefined) return '';
    const p = client.pValue < 0.001 ? 'p < 0.001' : client.pValue > 0.999 ? 'p > 0.999' : 'p ' + client.pValue.toFixed(3);
    if (client.pValue < 0.001) return `not by equal chances (${p})`;
    if (client.pValue > 0.999) return `more even than chance (${p})`;
    return `as equal chances give (${p})`;
  }

  function account(run) {
    if (run.clients.length === 0) return null;
    const row = client => {
      const reasons = Object.entries(client.failures).map(([kind, n]) => count(n) + ' ' + kind).join(', ');
      const off = client.inFlight < 0;
      return el('tr', {}, el('td', {}, el('b', {}, client.name)),
        el('td', {class: 'right num'}, count(client.sent)), el('td', {class: 'right num'}, count(client.answered)),
        el('td', {class: 'right num ' + (client.failed ? 'bad' : '')}, count(client.failed) + (reasons ? ` (${reasons})` : '')),
        el('td', {class: 'right num ' + (off ? 'bad' : '')}, count(client.inFlight) + (off ? ' – the account does not add up' : '')),
        ...[0, 1, 2, 3, 4].map(i => el('td', {class: 'right num'}, client.latency ? latency(client.latency[i]) : '–')),
        el('td', {class: 'right num'}, WT.short(client.throughput[0])), el('td', {class: 'right num'}, count(client.connections)),
        el('td', {class: 'right num'}, count(client.retries)), el('td', {}, spread(client)));
    };
    const heads = ['client', 'sent =', 'answered +', 'failed +', 'in flight', 'p50', 'p90', 'p99', 'p99.9', 'max', 'answers/s', 'connections', 'retries', 'connections spread'];
    return el('section', {class: 'card'}, el('div', {class: 'head'}, el('h2', {}, 'Account of requests'),
      el('span', {class: 'note'}, 'every request that was sent was answered, failed or is still under way')),
      el('div', {class: 'scroll'}, el('table', {}, el('thead', {}, el('tr', {}, heads.map((head, i) => el('th', {class: i === 0 || i === 13 ? '' : 'right'}, head)))),
        el('tbody', {}, run.clients.map(row)))));
  }

  function about(text) {
    const at = text.indexOf(' (');
    return at < 0 ? [text] : [text.slice(0, at), el('div', {class: 'about'}, text.slice(at + 2, -1))];
  }

  function decisions(run, jump) {
    const all = [...run.decisions, ...run.warnings.map(warning => ({t: warning.t, n: '', actor: 'event', about: warning.about,
      text: `${warning.reason}: ${warning.message}` + (warning.count > 1 ? ` (×${warning.count})` : '')}))].sort((a, b) => a.t - b.t);
    if (all.length === 0) return null;
    const search = el('input', {type: 'search', placeholder: 'Filter: a pod, a rule, a word …', 'aria-label': 'Filter decisions'});
    const actors = [...new Set(all.map(decision => decision.actor))].sort();
    const actor = el('select', {'aria-label': 'Who decided'}, el('option', {value: ''}, 'everyone'), actors.map(name => el('option', {value: name}, name === 'event' ? 'warning events' : name)));
    const note = el('span', {class: 'note'});
    const body = el('tbody', {});
    const taken = run.decisionsTaken > run.decisions.length ? ` (of ${count(run.decisionsTaken)} taken; repetitions are thinned here, "explain" prints all)` : '';
    const fill = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
      const found = all.filter(each => (!actor.value || each.actor === actor.value)
        && words.every(word => `${each.actor} ${each.about} ${each.text}`.toLowerCase().includes(word)));
      note.textContent = `${count(found.length)} of ${count(all.length)}${taken}`;
      body.replaceChildren(...found.map(each => el('tr', {onclick: () => jump(each.t / 1000)}, el('td', {}, String(each.n)),
        el('td', {}, clock(each.t / 1000)), el('td', {}, each.actor), el('td', {}, about(each.about)), el('td', {}, each.text))));
    };
    search.oninput = actor.onchange = fill;
    fill();
    return el('section', {class: 'card', id: 'decisions'}, el('div', {class: 'head'}, el('h2', {}, 'Decisions and why'), note),
      el('div', {class: 'filters'}, search, actor),
      el('div', {class: 'decisions', tabindex: 0}, el('table', {}, el('thead', {}, el('tr', {}, ['#', 'time', 'who', 'about', 'what was decided, and why'].map(head => el('th', {}, head)))), body)));
  }

  function replay(run) {
    const facts = [['seed', String(run.seed)], ['cluster', run.cluster], run.traceSha256 ? ['trace sha256', el('code', {}, run.traceSha256)] : null,
      ['cost', `${count(run.cost.podSeconds)} pod-seconds; requested ${run.cost.coreHours} core-hours and ${run.cost.gibHours} GiB-hours`],
      run.notSimulated.length ? ['kept, not simulated', run.notSimulated.join(', ')] : null].filter(fact => fact);
    const copy = el('button', {type: 'button'}, 'Copy');
    copy.onclick = () => navigator.clipboard?.writeText(run.replay).then(() => { copy.textContent = 'Copied'; });
    return el('section', {class: 'card'}, el('div', {class: 'head'}, el('h2', {}, 'Run it again'),
      el('span', {class: 'note'}, 'the same scenario, seed and version give the same trace, byte for byte')),
      run.replay ? el('div', {class: 'replay'}, el('code', {}, run.replay), copy) : null,
      el('dl', {class: 'facts'}, facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])));
  }

  /** The list a page of several runs begins with. */
  function index(runs, current) {
    const rows = runs.map((run, i) => {
      const broken = run.verdicts.filter(verdict => !verdict.held).length;
      const sent = run.clients.reduce((sum, client) => sum + client.sent, 0);
      const failed = run.clients.reduce((sum, client) => sum + client.failed, 0);
      const p99 = Math.max(-1, ...run.clients.filter(client => client.latency).map(client => client.latency[2]));
      return el('tr', {class: i === current ? 'current' : '', onclick: () => { location.hash = run.anchor; }},
        el('td', {class: run.held ? 'good' : 'bad'}, run.held ? '✔' : '✘'),
        el('td', {}, el('a', {href: '#' + run.anchor}, run.name)),
        el('td', {class: run.held ? '' : 'bad'}, run.endedEarly ? 'ended early' : run.verdicts.length === 0 ? 'nothing expected' : broken ? `${broken} of ${run.verdicts.length} broken` : `${run.verdicts.length} held`),
        el('td', {class: 'right num'}, count(sent)), el('td', {class: 'right num ' + (failed ? 'bad' : '')}, failed ? count(failed) + ' (' + percent(failed / sent) + ')' : '0'),
        el('td', {class: 'right num'}, p99 < 0 ? '–' : latency(p99)), el('td', {class: 'muted'}, run.description));
    });
    const held = runs.filter(run => run.held).length;
    return el('section', {class: 'card index'}, el('div', {class: 'head'}, el('h2', {}, `${held} of ${runs.length} scenarios held`)),
      el('div', {class: 'scroll'}, el('table', {}, el('thead', {}, el('tr', {}, ['', 'scenario', 'expectations', 'requests', 'failed', 'p99', ''].map((head, i) => el('th', {class: i >= 3 && i <= 5 ? 'right' : ''}, head)))),
        el('tbody', {}, rows))));
  }

  return {steps, verdicts, account, decisions, replay, index};
})();
