// The words of a page, read aloud section by section. Loaded when somebody first asks for it, and starts at once.
(function () {
  'use strict';
  var voice = window.speechSynthesis;
  var bar = document.querySelector('[data-aloud]');
  var toggle = bar.querySelector('[data-aloud-toggle]');
  var next = bar.querySelector('[data-aloud-next]');
  var stop = bar.querySelector('[data-aloud-stop]');
  var told = bar.querySelector('[data-aloud-told]');
  // A voice that stops itself after a quarter of a minute is met with short pieces.
  var LONGEST = 120;
  var BLOCKS = 'h1, h2, h3, h4, p, li, dt, dd, th, td, summary, caption, figcaption, legend, blockquote, pre';
  var SILENT = 'nav, button, select, textarea, script, svg, sup, [hidden], [aria-hidden="true"], .away, .category, .search, .filters, .downloads, thead';

  var sections = [];
  var at = { section: 0, piece: 0 };
  var turn = 0; // what an earlier turn still reports is of no interest
  var speaking = false;

  function seen(element) {
    return element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0;
  }

  // The parts of the main text in their order: a heading of the first or second level begins a section.
  function collect() {
    var found = [{ title: document.title, texts: [] }];
    var walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    var block = null, text = '';

    function close() {
      var words = text.replace(/\s+/g, ' ').trim();
      text = '';
      if (!block || !words) return;
      if (/^H[12]$/.test(block.tagName)) found.push({ title: words, texts: [] });
      var label = block.getAttribute('data-label');
      found[found.length - 1].texts.push((label ? label + '：' : '') + words + (/[，。！？；：]$/.test(words) ? '' : block.tagName === 'DT' ? '：' : '。'));
    }

    while (walker.nextNode()) {
      var parent = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || parent.closest(SILENT) || !seen(parent)) continue;
      var own = parent.closest(BLOCKS);
      if (own !== block) { close(); block = own; }
      text += parent.closest('.tel, .hotline') ? digits(walker.currentNode.data) : walker.currentNode.data;
    }
    close();
    return found.filter(function (section) { return section.texts.length; }).map(function (section) {
      return { title: section.title, pieces: pieces(section.texts) };
    });
  }

  // A telephone number is said figure by figure, not as one great number.
  function digits(text) {
    return text.replace(/\d[\d-]*/g, function (number) { return number.replace(/-/g, '，').split('').join(' '); });
  }

  function pieces(texts) {
    var made = [''];
    texts.join('').match(/[^。！？；]+[。！？；]*/g).forEach(function (sentence) {
      if (made[made.length - 1] && (made[made.length - 1] + sentence).length > LONGEST) made.push('');
      made[made.length - 1] += sentence;
    });
    return made;
  }

  function speak() {
    var mine = ++turn;
    var section = sections[at.section];
    voice.cancel();
    if (!section) return finish('读完了');
    speaking = true;
    show('正在读：' + section.title);
    var words = new SpeechSynthesisUtterance(section.pieces[at.piece]);
    words.lang = document.documentElement.lang || 'zh-CN';
    words.onend = function () {
      if (mine !== turn) return;
      at.piece += 1;
      if (at.piece >= section.pieces.length) at = { section: at.section + 1, piece: 0 };
      speak();
    };
    words.onerror = function () { if (mine === turn) finish('这台设备读不出声音'); };
    voice.speak(words);
  }

  // Some browsers cannot go on after their own pause, so a pause is a stop that knows its place.
  function pause() {
    turn += 1;
    speaking = false;
    voice.cancel();
    show('停在：' + sections[at.section].title);
  }

  function finish(words) {
    turn += 1;
    speaking = false;
    at = { section: 0, piece: 0 };
    sections = [];
    voice.cancel();
    show(words);
  }

  function show(words) {
    toggle.textContent = speaking ? '暂停' : sections.length ? '继续' : '朗读本页';
    next.hidden = stop.hidden = !sections.length;
    told.textContent = words;
  }

  function press() {
    if (speaking) return pause();
    if (!sections.length) sections = collect();
    speak();
  }

  toggle.addEventListener('click', press);
  next.addEventListener('click', function () { at = { section: at.section + 1, piece: 0 }; speak(); });
  stop.addEventListener('click', function () { finish(''); toggle.focus(); });
  window.addEventListener('pagehide', function () { voice.cancel(); });
  press();
})();
