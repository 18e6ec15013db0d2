// The search box: what is typed → what search-engine.js finds, as a list that keyboard and screen readers can walk.
// Engine, tables and index are loaded when the box is first used, as plain scripts, so that this runs from disk and
// under any path. Nothing typed leaves the device: recent and unanswered questions are kept in this browser alone.
(function () {
  'use strict';
  var INDEX = 'search-index.js';
  var PARTS = ['search-text.js', 'search-sounds.js', 'search-engine.js', 'search-tables.js', INDEX];
  var QUIET = 500; // milliseconds without typing before the address, the announcement and the notes follow
  var FEW_PLACES = 8;
  var NEAREST = 5; // items shown where none really fits
  var RECENT = 'gkdir-recent', UNANSWERED = 'gkdir-unanswered';
  var KEPT = { 'gkdir-recent': 6, 'gkdir-unanswered': 200 };
  var here = document.currentScript.src;
  var root = new URL('../', here).href; // the county's folder, or the one that holds all counties
  // A page in Traditional script has its own index beside this script, and shares the engine with all others.
  var shared = document.documentElement.lang === 'zh-Hant' ? new URL('../../assets/', here).href : here;
  var box, list, status, index, engine, loading = false, timer = 0;
  var counties = {}; // on the page of all counties: by folder, the engine of a county whose own index has come

  // ---- small things --------------------------------------------------------------------------------------------

  // An element with a class and children; a text among these stays text, whatever is in it.
  function make(name, className, children) {
    var element = document.createElement(name);
    if (className) element.className = className;
    (children || []).forEach(function (child) {
      element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    });
    return element;
  }

  function link(address, children) {
    var anchor = make('a', '', children);
    anchor.href = address;
    return anchor;
  }

  function button(text, act) {
    var element = make('button', '', [text]);
    element.type = 'button';
    element.addEventListener('click', act);
    return element;
  }

  function address(path) {
    return root + encodeURI(path);
  }

  // A text with its phone numbers as links.
  function dialled(text) {
    return text.split(/(\d[\d-]{3,}\d)/).filter(Boolean).map(function (part) {
      return /^\d[\d-]+\d$/.test(part) ? link('tel:' + part, [part]) : part;
    });
  }

  function marked(text, spans) {
    var characters = Array.from(text), out = [], at = 0;
    spans.forEach(function (span) {
      out.push(characters.slice(at, span[0]).join(''), make('mark', '', [characters.slice(span[0], span[1]).join('')]));
      at = span[1];
    });
    return out.concat(characters.slice(at).join('')).filter(function (part) { return part !== ''; });
  }

  // Lists kept in this browser, the newest first; a browser that keeps nothing just forgets.
  function recall(key) {
    try {
      var kept = JSON.parse(localStorage.getItem(key) || '[]');
      return Array.isArray(kept) ? kept.filter(function (one) { return typeof one === 'string'; }) : [];
    } catch (_) {
      return [];
    }
  }

  function remember(key, text) {
    var kept = recall(key).filter(function (one) { return one !== text; });
    if (text) kept.unshift(text);
    try {
      if (text) localStorage.setItem(key, JSON.stringify(kept.slice(0, KEPT[key])));
      else localStorage.removeItem(key);
    } catch (_) { /* a private window: nothing is kept */ }
  }

  // ---- one result ----------------------------------------------------------------------------------------------

  function row(label, children) {
    return make('div', '', [make('dt', '', [label]), make('dd', '', children)]);
  }

  // What to bring, where, whom to call: straight on the first result.
  function answers(item, data) {
    var rows = [];
    var offices = (item.offices || []).map(function (number) { return data.offices[number]; });
    if (item.bring) rows.push(row('要带', [item.bring.join('、') || '不用带材料']));
    offices.slice(0, 1).forEach(function (office) {
      if (office[1]) rows.push(row('去哪里', [office[0] + '，' + office[1]].concat(office[3] ? [make('small', '', [office[3]])] : [])));
    });
    var phone = item.consult || (offices.filter(function (office) { return office[2]; })[0] || [])[2];
    if (phone) rows.push(row('电话', dialled(phone)));
    return rows.length ? make('dl', 'answers', rows) : null;
  }

  // Why it is here: the everyday word or the official name most like the question, marked.
  function reason(one, source) {
    var text = one.phrase ? one.phrase.text : '';
    if (text === one.item.title || text === one.item.category) text = one.item.official || '';
    if (!text) return null;
    var said = text === one.item.official ? '目录名称：' : '有人这样问：';
    return make('small', 'why', [said].concat(marked(text, source.text.marks(text, one.from.grams))));
  }

  function entry(one, source, data, base, first, where) {
    var item = one.item;
    var title = marked(item.title, source.text.marks(item.title, one.from.grams));
    var line = make('li', '', [
      link(address(base + item.path), title),
      make('small', 'category', [where ? where + ' · ' : ''].concat(marked(item.category, source.text.marks(item.category, one.from.grams))))
    ]);
    line.setAttribute('data-item', item.id);
    var why = reason(one, source);
    if (why) line.appendChild(why);
    if (item.omitted) line.appendChild(make('small', 'why', ['本地没有列入：' + item.omitted]));
    var direct = first && answers(item, data);
    if (direct) line.appendChild(direct);
    return line;
  }

  // On the page of all counties, where no place was named: the item, and the places to choose from.
  function choice(one) {
    var item = one.item;
    var places = index.places.filter(function (place) { return place[2].indexOf(item.number) < 0; });
    var links = places.slice(0, FEW_PLACES).map(function (place) { return link(address(place[0] + '/' + item.path), [place[1]]); });
    var line = make('li', '', [
      make('strong', '', marked(item.title, engine.text.marks(item.title, one.from.grams))),
      make('small', 'category', [item.category]),
      make('span', 'choices', links)
    ]);
    line.setAttribute('data-item', item.id);
    if (places.length > FEW_PLACES) line.appendChild(make('small', 'why', ['请在前面加上县名，例如“' + places[0][1] + item.title + '”']));
    return line;
  }

  // ---- what stands around the results --------------------------------------------------------------------------

  function more(title, lines, base) {
    if (!lines.length) return;
    list.appendChild(make('li', 'more', [make('strong', '', [title]), make('ul', '', lines.map(function (line) {
      return make('li', '', [link(address(base + line[1]), [line[0]]), make('small', '', [line[2]])]);
    }))]));
  }

  function recent() {
    var kept = recall(RECENT);
    if (!kept.length) return;
    list.appendChild(make('li', 'more recent', [
      make('strong', '', ['最近找过']),
      make('span', 'choices', kept.map(function (text) { return button(text, function () { put(text); }); })
        .concat(button('清除', function () { remember(RECENT, ''); show(); box.focus(); })))
    ]));
  }

  // For the clerk: what was asked on this device and not answered, to copy and to add to words.yaml.
  function unanswered() {
    var kept = recall(UNANSWERED);
    if (!kept.length) return;
    var area = make('textarea', '', [kept.join('\n')]);
    area.readOnly = true;
    area.rows = Math.min(kept.length, 6);
    area.setAttribute('aria-label', '没有找到的问题');
    list.appendChild(make('li', 'more', [make('details', '', [
      make('summary', '', ['没有找到的问题（' + kept.length + '个，只存在这台设备上）']),
      area,
      button('复制', function () { copy(area); }),
      button('清除', function () { remember(UNANSWERED, ''); show(); })
    ])]));
  }

  function copy(area) {
    area.select();
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(area.value);
    else document.execCommand('copy');
  }

  function hint(repaired) {
    list.appendChild(make('li', 'hint', ['您是不是要找：', button(repaired, function () { put(repaired); })]));
  }

  // ---- asking --------------------------------------------------------------------------------------------------

  function put(text) {
    box.value = text;
    show();
    box.focus();
  }

  // The places of a question → whose items to show: an engine, its data, the folder, and what to call it.
  function scope(found) {
    if (index.county) {
      var towns = found.places.filter(function (number) { return number > 0; }).map(function (number) { return index.places[number]; });
      return { engine: engine, data: index, base: '', where: index.county + (towns.length ? towns[0][1] : ''), towns: towns };
    }
    var numbers = found.places.length ? found.places : index.places.length === 1 ? [0] : [];
    if (numbers.length !== 1) return null;
    var place = index.places[numbers[0]];
    var own = counties[place[0]];
    if (own === undefined) loadCounty(place[0]);
    if (own) return { engine: own, data: own.index, base: place[0] + '/', where: place[1], towns: [] };
    return { engine: engine, data: index, base: place[0] + '/', where: place[1], towns: [], place: place };
  }

  function show() {
    var text = box.value.trim();
    list.textContent = '';
    clearTimeout(timer);
    if (!engine) return;
    if (!text) {
      status.textContent = '';
      recent();
      timer = setTimeout(function () { keepAddress(''); }, QUIET);
      return;
    }
    var found = engine.ask(text);
    var of = scope(found);
    if (of && of.engine !== engine) found = of.engine.ask(text);
    var items = found.items.filter(function (one) { return !(of && of.place) || of.place[2].indexOf(one.item.number) < 0; });
    if (!found.sure) items = items.slice(0, NEAREST);
    if (found.repaired && found.repaired !== text) hint(found.repaired);
    if (of) of.towns.forEach(function (town) { list.appendChild(make('li', 'more', [link(address(town[0]), [town[1] + '的办事地点和目录'])])); });
    items.forEach(function (one, at) {
      list.appendChild(of ? entry(one, of.engine, of.data, of.base, at === 0 && found.sure, of.where) : choice(one));
    });
    if (of) {
      more('常见问题', found.questions, of.base);
      more('政策文件和通知', found.articles, of.base);
      more('公开依据', found.policies, of.base);
    }
    if (!found.sure) unanswered();
    timer = setTimeout(function () { settle(text, found, items); }, QUIET);
    // What a sighted person sees at once; whoever listens hears it when typing has stopped.
    if (!found.sure) helpless(items.length);
    else if (status.firstChild) status.textContent = '';
  }

  function helpless(count) {
    status.textContent = '';
    var words = '没有正好对上的事项。请换个说法，或者打12333（人社）、12345（政务服务）问。' + (count ? '下面是相近的：' : '');
    dialled(words).forEach(function (part) { status.appendChild(typeof part === 'string' ? document.createTextNode(part) : part); });
  }

  // Typing has stopped: say what was found, keep the question in the address, note what was not answered.
  function settle(text, found, items) {
    keepAddress(text);
    if (found.sure && items.length) status.textContent = '找到' + items.length + '项，第一项：' + items[0].item.title;
    else if (!found.sure && Array.from(text).length > 1) remember(UNANSWERED, text);
  }

  // #q= rather than ?q=, which a file opened from disk does not allow to be changed.
  function keepAddress(text) {
    var hash = text ? '#q=' + encodeURIComponent(text) : '';
    if (!text && location.hash.slice(0, 3) !== '#q=') return;
    if (location.hash === hash) return;
    try {
      history.replaceState(null, '', hash || location.pathname + location.search);
    } catch (_) { /* a frame that may not: the address stays */ }
  }

  function asked() {
    var match = /^#q=(.*)$/.exec(location.hash) || /[?&]q=([^&]*)/.exec(location.search);
    try {
      return match ? decodeURIComponent(match[1].replace(/\+/g, ' ')) : '';
    } catch (_) {
      return '';
    }
  }

  // ---- loading -------------------------------------------------------------------------------------------------

  function loadScript(source, then, fail) {
    var script = document.createElement('script');
    script.src = source;
    script.onload = then;
    script.onerror = fail;
    document.head.appendChild(script);
  }

  function load() {
    if (engine || loading) return;
    loading = true;
    list.setAttribute('aria-busy', 'true');
    var missing = PARTS.length;
    PARTS.forEach(function (part) {
      loadScript(new URL(part, part === INDEX ? here : shared).href, function () {
        missing -= 1;
        if (missing) return;
        index = window.gkdirIndex;
        engine = window.gkdirSearch.build(index, window.gkdirTables);
        list.removeAttribute('aria-busy');
        setTimeout(function () { engine.prepare(); }, 0);
        show();
      }, function () {
        loading = false;
        list.removeAttribute('aria-busy');
        status.textContent = '搜索没有装好，请从目录里找。';
      });
    });
  }

  // A county's own index, for its own items, names and offices; without it the national items do.
  function loadCounty(slug) {
    counties[slug] = null;
    loadScript(address(slug + '/assets/search-index.js'), function () {
      counties[slug] = window.gkdirSearch.build(window.gkdirIndex, window.gkdirTables);
      show();
    }, function () {});
  }

  // ---- keys ----------------------------------------------------------------------------------------------------

  function move(event) {
    if (event.isComposing || event.keyCode === 229) return; // the keys belong to the input method
    var links = Array.from(list.querySelectorAll('a, button, summary'));
    var at = links.indexOf(document.activeElement);
    var first = list.querySelector('[data-item] a');
    if (event.key === 'Enter' && event.target === box && first) first.click();
    else if (event.key === 'ArrowDown' && links.length) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === 'ArrowUp' && at >= 0) (at ? links[at - 1] : box).focus();
    else if (event.key === 'Escape' && (box.value || at >= 0)) put('');
    else return;
    event.preventDefault();
  }

  box = document.getElementById('q');
  list = document.getElementById('results');
  status = document.getElementById('search-status');
  if (!box || !list || !status) return;
  box.addEventListener('focus', function () { load(); if (engine && !list.firstChild) show(); });
  box.addEventListener('input', function () { load(); show(); });
  list.addEventListener('click', function (event) {
    if (event.target.closest('a') && box.value.trim()) remember(RECENT, box.value.trim());
  });
  var around = box.closest('[role=search]');
  around.addEventListener('keydown', move);
  // In the head of a page the results lie over it: a tap beside them puts them away, the question stays.
  document.addEventListener('pointerdown', function (event) {
    if (!around.classList.contains('search-small') || around.contains(event.target)) return;
    clearTimeout(timer);
    list.textContent = '';
    status.textContent = '';
  });
  window.addEventListener('hashchange', function () { if (location.hash.slice(0, 3) === '#q=') { box.value = asked(); load(); show(); } });
  if (asked() && !box.value) box.value = asked();
  if (document.activeElement === box || box.value) load();
})();
