// Reading modes, and the filters of a directory's table. Everything else works without a script.
(function () {
  'use strict';
  var root = document.documentElement;
  var KEY = 'gkdir-mode';
  var MODES = ['elder', 'contrast'];

  function stored() {
    try { return localStorage.getItem(KEY) || ''; } catch (error) { return ''; }
  }

  function store(value) {
    try { localStorage.setItem(KEY, value); } catch (error) { /* a browser that keeps nothing: the page still changes */ }
  }

  function known(text) {
    return text.split(/[\s,+]+/).filter(function (mode) { return MODES.indexOf(mode) >= 0; });
  }

  function apply(modes) {
    if (modes.length) root.setAttribute('data-mode', modes.join(' '));
    else root.removeAttribute('data-mode');
    document.querySelectorAll('[data-switch]').forEach(function (box) {
      box.checked = modes.indexOf(box.getAttribute('data-switch')) >= 0;
    });
  }

  var asked = /[?&]mode=([^&#]*)/.exec(location.search);
  if (asked) store(known(decodeURIComponent(asked[1])).join(' '));
  apply(known(stored()));

  function ready(start) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
    else start();
  }

  ready(function () {
    apply(known(stored()));
    document.querySelectorAll('[data-switch]').forEach(function (box) {
      box.addEventListener('change', function () {
        var on = Array.prototype.filter.call(document.querySelectorAll('[data-switch]'), function (one) { return one.checked; });
        var modes = on.map(function (one) { return one.getAttribute('data-switch'); });
        store(modes.join(' '));
        apply(modes);
      });
    });
    document.querySelectorAll('[data-filters]').forEach(filters);
  });

  function filters(bar) {
    var table = document.getElementById(bar.getAttribute('data-filters'));
    var rows = Array.prototype.slice.call(table.querySelectorAll('tr[data-item]'));
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var inputs = Array.prototype.slice.call(bar.querySelectorAll('[data-filter]'));
    var count = bar.querySelector('[data-filter-count]');

    function keeps(row, text) {
      return inputs.every(function (input) {
        var value = input.value.trim().toLowerCase();
        switch (input.getAttribute('data-filter')) {
          case 'text': return value.split(/\s+/).every(function (word) { return text.indexOf(word) >= 0; });
          case 'level': return !value || (' ' + row.getAttribute('data-levels') + ' ').indexOf(' ' + value + ' ') >= 0;
          case 'guided': return !input.checked || row.hasAttribute('data-guided');
          case 'differs': return !input.checked || row.hasAttribute('data-differs');
        }
        return true;
      });
    }

    function filter() {
      var shown = 0;
      rows.forEach(function (row, index) {
        row.hidden = !keeps(row, texts[index]);
        if (!row.hidden) shown += 1;
      });
      table.querySelectorAll('tbody').forEach(function (body) {
        body.hidden = !body.querySelector('tr[data-item]:not([hidden])');
      });
      count.textContent = shown === rows.length ? '' : shown ? '找到' + shown + '项' : '没有符合的事项，请放宽条件';
    }

    bar.addEventListener('input', filter);
    bar.addEventListener('change', filter);
    filter(); // a browser that comes back to a page keeps what was ticked
  }
})();
