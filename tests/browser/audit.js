// Run in a page at one width: what is wrong with it in each reading mode, to eyes and fingers, as lines of words.
(modes) => {
  const root = document.documentElement;
  const shown = (e) => `${e.tagName.toLowerCase()}.${e.className} “${(e.innerText || e.value || '').trim().slice(0, 20)}”`;
  const own = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const wrong = [];

  // A link in the middle of a sentence is as high as its line.
  function running(e) {
    if (getComputedStyle(e).display !== 'inline') return false;
    let block = e.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    return block.innerText.trim().length > e.innerText.trim().length;
  }

  const measures = {
    'scrolls sideways': () => {
      if (root.scrollWidth <= root.clientWidth) return [];
      const out = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
      return [`${root.scrollWidth} > ${root.clientWidth}: ${out.map(shown).slice(0, 8).join(', ')}`];
    },
    'is lower than a finger': (mode) => [...document.querySelectorAll('a[href], button, summary, select, input, textarea')]
      .filter((e) => e.checkVisibility() && !e.closest(innerWidth < 1280 ? '.skip' : '.skip, table')) // rows, for a mouse
      .map((e) => (e.matches('input[type=checkbox], input[type=radio]') ? e.closest('label') || e : e))
      .filter((e) => e.getBoundingClientRect().height < (mode.includes('elder') ? 60 : 44) - 0.5 && !running(e))
      .map((e) => `${shown(e)} ${e.getBoundingClientRect().height}`),
    'is written too small': () => [...document.querySelectorAll('body *')]
      .filter((e) => own(e) && e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 16)
      .map((e) => `${shown(e)} ${getComputedStyle(e).fontSize}`),
    // A form is a form in any mode, and the letters are a line.
    'stands in columns for elders': (mode) => (mode.includes('elder') ?
      [...document.querySelectorAll('main, main :is(section, ul, ol, dl, div, nav)')]
        .filter((e) => !e.closest('.sheet, .letters') && e.checkVisibility())
        .filter((e) => {
          const style = getComputedStyle(e);
          const columns = style.gridTemplateColumns.split(' ').length;
          return (style.display.includes('grid') && columns > 1) || style.columnCount > 1;
        })
        .map(shown) : []),
    'is ornament for elders': (mode) => (mode.includes('elder') ?
      [...document.querySelectorAll('.seal, .dots')].filter((e) => e.checkVisibility()).map(shown) : [])
  };

  for (const to of modes) {
    for (const name of ['mode', 'size']) {
      if (to[name]) root.dataset[name] = to[name];
      else delete root.dataset[name];
    }
    for (const [what, measure] of Object.entries(measures)) {
      const where = `${innerWidth} ${Object.values(to).join(' ') || 'plain'}`;
      wrong.push(...measure(to.mode || '').map((which) => `${where}: ${which} ${what}`));
    }
  }
  delete root.dataset.mode;
  delete root.dataset.size;
  return wrong;
}
