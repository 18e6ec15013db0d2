// Ticks of a checklist, kept on this device alone and only where the browser keeps anything; and the button to print.
(function () {
  'use strict';

  document.querySelectorAll('[data-print]').forEach(function (place) {
    place.hidden = false;
    place.querySelector('button').addEventListener('click', function () { window.print(); });
  });

  document.querySelectorAll('[data-checklist]').forEach(function (list) {
    var key = 'gkdir-checklist:' + list.getAttribute('data-checklist');
    var boxes = Array.prototype.slice.call(list.querySelectorAll('[data-tick]'));
    var note = list.parentNode.querySelector('[data-checklist-note]');

    function ticked() {
      return boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.getAttribute('data-tick'); });
    }

    function keep() {
      var names = ticked();
      try {
        if (names.length) localStorage.setItem(key, JSON.stringify(names));
        else localStorage.removeItem(key);
        note.hidden = !names.length;
      } catch (error) { /* nothing is kept here, so nothing is promised */ }
    }

    function kept() {
      try { return JSON.parse(localStorage.getItem(key)) || []; } catch (error) { return []; }
    }

    var names = kept();
    if (!Array.isArray(names)) names = [];
    boxes.forEach(function (box) { box.checked = names.indexOf(box.getAttribute('data-tick')) >= 0; });
    list.addEventListener('change', keep);
    note.querySelector('[data-checklist-clear]').addEventListener('click', function () {
      boxes.forEach(function (box) { box.checked = false; });
      keep();
    });
    note.hidden = !ticked().length;
  });
})();
