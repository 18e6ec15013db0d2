// The search box of the English home: words that are typed → items named in English. Loaded with its index when the
// box is first used; it knows the beginnings of words, and leaves out those that say nothing.
(function () {
  'use strict';
  var COMMON = ' a an the i my me you your we our is am are was to of for in on at and or do does how can could where what when which with get want need have had it ';
  var MOST = 8;
  var here = document.currentScript.src;
  var box = document.getElementById('q'), list = document.getElementById('results'), status = document.getElementById('search-status');
  var items = null, loading = false;

  function words(text) {
    return text.toLowerCase().replace(/[’']/g, '').split(/[^a-z0-9]+/).filter(Boolean);
  }

  function telling(text) {
    var all = words(text);
    var kept = all.filter(function (word) { return COMMON.indexOf(' ' + word + ' ') < 0; });
    return kept.length ? kept : all;
  }

  function stem(word) { return word.length > 4 ? word.replace(/(ing|ed|es|s)$/, '') : word; }

  // How well one word fits a text: wholly, by its stem, by its beginning, or not at all.
  function fit(word, texts) {
    var best = 0;
    texts.forEach(function (one) {
      if (one === word) best = Math.max(best, 1);
      else if (stem(one) === stem(word)) best = Math.max(best, .9);
      else if (word.length > 2 && one.indexOf(word) === 0) best = Math.max(best, .7);
    });
    return best;
  }

  // A word that few items have says more than one that many have.
  function find(text) {
    var asked = telling(text);
    var weights = asked.map(function (word) {
      var among = items.filter(function (item) { return fit(word, item.all) > 0; }).length;
      return among ? Math.log(1 + items.length / among) : 0;
    });
    return items.map(function (item) {
      var score = 0;
      asked.forEach(function (word, at) {
        score += weights[at] * Math.max(fit(word, item.name), fit(word, item.own), .6 * fit(word, item.line));
      });
      return { item: item, score: item.line.length ? score * 1.1 : score };
    }).filter(function (one) { return one.score > 0; }).sort(function (a, b) { return b.score - a.score; }).slice(0, MOST);
  }

  function element(name, text) {
    var made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function show() {
    list.textContent = '';
    status.textContent = '';
    if (!items || !box.value.trim()) return;
    var found = find(box.value);
    found.forEach(function (one) {
      var line = document.createElement('li');
      var link = element('a', one.item.title);
      link.href = new URL('../' + one.item.path, here).href;
      line.appendChild(link);
      line.appendChild(element('small', one.item.note || 'in Chinese'));
      list.appendChild(line);
    });
    status.textContent = found.length ? '' : 'Nothing found. Try another word, or call ' + (status.dataset.call || '12345') + '.';
  }

  function load() {
    if (items || loading) return;
    loading = true;
    var script = document.createElement('script');
    script.src = here.replace(/search-english\.js/, 'search-english-index.js');
    script.onload = function () {
      items = window.gkdirEnglish.map(function (row) {
        var name = words(row[0]), line = words(row[2]), own = words(row[3]);
        return { title: row[0], path: row[1], note: row[2], name: name, line: line, own: own, all: name.concat(line, own) };
      });
      show();
    };
    script.onerror = function () { loading = false; status.textContent = 'The search did not load. Please choose below.'; };
    document.head.appendChild(script);
  }

  function enter() {
    var first = list.querySelector('a');
    if (first) first.focus();
    else box.focus();
  }

  if (!box || !list || !status) return;
  box.addEventListener('focus', load);
  box.addEventListener('input', function () { load(); show(); });
  box.addEventListener('keydown', function (event) {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    enter();
  });
  document.querySelector('.search-go').addEventListener('click', function () { load(); enter(); });
  document.documentElement.classList.add('scripted');
  if (box.value || document.activeElement === box) load();
})();
