// The search box: what is typed → the items whose names it shares most characters and pairs of characters with.
// The index is a script of its own, loaded when the box is first used, so that this runs from disk as well.
(function () {
  'use strict';
  var FIELDS = [[2, 3], [3, 3], [4, 1], [5, 1]]; // place of a field in a record, and its weight
  var LIMIT = 10;
  var PHRASES = /怎么办理?|怎么|怎样|如何|哪里|在哪儿?|需要什么|要什么|要带什么|请问|我想|我要|可以|能不能|吗|呢|啊/g;
  var here = document.currentScript.src;
  var box, list, status, items, places, weights, waiting = false;

  function fold(text) {
    return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  }

  function grams(text) {
    var found = [];
    for (var i = 0; i < text.length; i += 1) {
      found.push(text[i]);
      if (i + 1 < text.length) found.push(text.slice(i, i + 2));
    }
    return found;
  }

  // How much each gram says: one that stands in few items says much; a pair says more than a character.
  function weigh(records) {
    var counts = Object.create(null);
    records.forEach(function (record) {
      var seen = new Set(grams(record.fields.join(' ')));
      seen.forEach(function (gram) { counts[gram] = (counts[gram] || 0) + 1; });
    });
    Object.keys(counts).forEach(function (gram) {
      counts[gram] = Math.log(1 + records.length / counts[gram]) * (gram.length > 1 ? 2 : 0.5);
    });
    return counts;
  }

  function prepare(index) {
    places = index.places;
    items = index.items.map(function (record) {
      return {
        id: record[0], path: record[1], title: record[2], category: record[4], words: record[5],
        fields: FIELDS.map(function (field) { return fold(record[field[0]]); })
      };
    });
    weights = weigh(items);
  }

  function score(item, query, parts) {
    var sum = 0;
    parts.forEach(function (gram) {
      var best = 0;
      item.fields.forEach(function (text, field) {
        if (text.indexOf(gram) >= 0) best = Math.max(best, FIELDS[field][1]);
      });
      sum += best * (weights[gram] || 0);
    });
    if (item.fields[0] === query || item.fields[1] === query) sum *= 2;
    return sum / (1 + item.fields[1].length / 60); // of two that share as much, the shorter name
  }

  function search(text) {
    var query = fold(text);
    var plain = query.replace(PHRASES, '') || query;
    var parts = Array.from(new Set(grams(plain)));
    var found = items.map(function (item) { return { item: item, score: score(item, plain, parts) }; });
    found = found.filter(function (one) { return one.score > 0; });
    found.sort(function (a, b) { return b.score - a.score; });
    var least = found.length ? found[0].score / 4 : 0;
    return found.filter(function (one) { return one.score >= least; }).slice(0, LIMIT).map(function (one) { return one.item; });
  }

  function short(name) {
    return name.length > 2 ? name.replace(/(自治县|县|市|区|旗)$/, '') : name;
  }

  // On the page of all counties: the place that the question names, or the only one there is.
  function placed(text) {
    var named = places.filter(function (place) { return text.indexOf(short(place[1])) >= 0; });
    var place = named[0] || (places.length === 1 ? places[0] : null);
    var rest = named[0] ? text.replace(named[0][1], '').replace(short(named[0][1]), '') : text;
    return { place: place, text: rest };
  }

  function entry(item, place) {
    var line = document.createElement('li');
    line.setAttribute('data-item', item.id);
    var link = document.createElement('a');
    link.textContent = item.title;
    link.href = new URL('../' + (place ? place[0] + '/' : '') + item.path, here).href;
    var note = document.createElement('small');
    note.textContent = (place ? place[1] + '，' : '') + item.category;
    line.append(link, note);
    return line;
  }

  function choose(item) {
    var line = document.createElement('li');
    line.setAttribute('data-item', item.id);
    var name = document.createElement('strong');
    name.textContent = item.title;
    line.append(name);
    places.filter(function (place) { return place[2].indexOf(item.id) < 0; }).slice(0, 8).forEach(function (place) {
      line.append(entry(item, place).firstChild);
      line.lastChild.textContent = place[1];
    });
    return line;
  }

  function show() {
    var text = box.value.trim();
    list.textContent = '';
    status.textContent = '';
    if (!text || !items) return;
    var where = places.length ? placed(text) : { place: null, text: text };
    var found = search(where.text).filter(function (item) { return !where.place || where.place[2].indexOf(item.id) < 0; });
    if (!found.length) {
      status.textContent = '没有找到相近的事项。请换个说法，或打 12333、12345 问。';
      return;
    }
    status.textContent = '找到' + found.length + '项';
    var among = places.length && !where.place;
    found.forEach(function (item) { list.append(among ? choose(item) : entry(item, where.place)); });
  }

  function load() {
    if (items || waiting) return;
    waiting = true;
    var script = document.createElement('script');
    script.src = new URL('search-index.js', here).href;
    script.onload = function () {
      prepare(window.gkdirIndex);
      show();
    };
    script.onerror = function () {
      waiting = false;
      status.textContent = '搜索没有装好，请从目录里找。';
    };
    document.head.append(script);
  }

  function move(event) {
    var links = Array.from(list.querySelectorAll('a'));
    var at = links.indexOf(document.activeElement);
    if (event.key === 'Enter' && event.target === box && links.length) links[0].click();
    else if (event.key === 'ArrowDown' && links.length) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === 'ArrowUp' && at >= 0) (at ? links[at - 1] : box).focus();
    else if (event.key === 'Escape' && (box.value || at >= 0)) { box.value = ''; show(); box.focus(); }
    else return;
    event.preventDefault();
  }

  box = document.getElementById('q');
  list = document.getElementById('results');
  status = document.getElementById('search-status');
  if (!box || !list || !status) return;
  box.addEventListener('focus', load);
  box.addEventListener('input', function () { load(); show(); });
  box.closest('[role=search]').addEventListener('keydown', move);
  if (document.activeElement === box || box.value) load();
})();
