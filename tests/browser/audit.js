// Run in a page at one width → faults of its layout in each reading mode, as lines of text.
// With the name of a measure, only that one is taken.
([modes, only]) => {
  const root = document.documentElement;
  const all = [...document.querySelectorAll('body *')];
  const own = new Set(all.filter((e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())));
  const shown = (e) => `${e.tagName.toLowerCase()}.${e.className} “${(e.innerText || e.value || '').trim().slice(0, 20)}”`;
  const round = (number) => Math.round(number * 100) / 100;

  // A link within a sentence may be as high as its line.
  function running(e) {
    if (getComputedStyle(e).display !== 'inline') return false;
    let block = e.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    return block.innerText.trim().length > e.innerText.trim().length;
  }

  // The contrast of text with its background, as defined by WCAG. Text over a picture is not measured.
  const colour = (text) => {
    const numbers = /^rgba?\(([\d., ]+)\)$/.exec(text);
    if (!numbers) throw new Error(`a colour that is not understood: ${text}`);
    const [red, green, blue, alpha = 1] = numbers[1].split(',').map(Number);
    return [red, green, blue, alpha];
  };
  const over = (top, under) => {
    const alpha = top[3] + under[3] * (1 - top[3]);
    return [...[0, 1, 2].map((i) => (alpha ? (top[i] * top[3] + under[i] * under[3] * (1 - top[3])) / alpha : 0)), alpha];
  };
  const light = (seen) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const part = seen[i] / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
  const behind = (e, layers) => { // what it is written on, nearest first: one list for all that are written on the same
    if (!layers.has(e)) {
      const style = getComputedStyle(e), ground = colour(style.backgroundColor), opacity = Number(style.opacity);
      const own = {ground, opacity, picture: style.backgroundImage !== 'none'};
      const further = e.parentElement ? behind(e.parentElement, layers) : {list: [], known: new Map()};
      const plain = !own.picture && !ground[3] && opacity === 1;
      layers.set(e, plain ? further : {list: [own, ...further.list], known: new Map()});
    }
    return layers.get(e);
  };
  const reckoned = (text, layers) => {
    let words = colour(text), ground = [0, 0, 0, 0];
    for (const layer of layers) {
      if (layer.picture) return Infinity;
      [words, ground] = [words, ground].map((one) => over(one, layer.ground));
      [words, ground].forEach((one) => { one[3] *= layer.opacity; });
    }
    const [dark, bright] = [words, ground].map((one) => light(over(one, [255, 255, 255, 1]))).sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const contrast = (e, text, layers) => {
    const {list, known} = behind(e, layers);
    if (!known.has(text)) known.set(text, reckoned(text, list));
    return known.get(text);
  };

  const CONTROL = 'a[href], button, summary, select, input, textarea';
  const written = (e) => own.has(e) || e.matches('select, textarea, input:not([type=checkbox], [type=radio])');
  const touched = (e) => (e.matches('input[type=checkbox], input[type=radio]') ? e.closest('label') || e : e);
  const measures = {
    'scrolls sideways': () => {
      if (root.scrollWidth <= root.clientWidth) return [];
      const out = all.filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
      return [`${root.scrollWidth} > ${root.clientWidth}: ${out.map(shown).slice(0, 8).join(', ')}`];
    },
    'is smaller than a finger': (mode, styles) => {
      const high = (e) => (innerWidth >= 1280 && e.closest('table') ? 24 : mode.includes('elder') ? 60 : 44); // rows, for a mouse
      return [...styles.keys()].filter((e) => e.matches(CONTROL) && !e.closest('.skip')).map(touched)
        .map((e) => [e, e.getBoundingClientRect()])
        .filter(([e, box]) => (box.height < high(e) - 0.5 || box.width < 24 - 0.5) && !running(e))
        .map(([e, box]) => `${shown(e)} ${round(box.width)} x ${round(box.height)}`);
    },
    'leaves no finger room on another': (mode, styles) => {
      const boxes = [...styles.keys()].filter((e) => e.matches(CONTROL) && !e.closest('.skip, .reading')).map(touched)
        .flatMap((e) => [...e.getClientRects()].map((box) => [e, box])).sort((a, b) => a[1].top - b[1].top);
      return boxes.flatMap(([e, box], at) => {
        const end = boxes.findIndex(([, next], there) => there > at && next.top >= box.bottom);
        return boxes.slice(at + 1, end < 0 ? boxes.length : end).filter(([other, its]) => {
          const high = Math.min(box.bottom, its.bottom) - its.top;
          const wide = Math.min(box.right, its.right) - Math.max(box.left, its.left);
          const left = (one) => Math.max(one.height - high, one.width - wide);
          return wide > 0 && high > 0 && Math.min(left(box), left(its)) < 24 && !e.contains(other) && !other.contains(e);
        }).map(([other]) => `${shown(other)} and ${shown(e)}`);
      });
    },
    'is written too small': (mode, styles) => [...styles]
      .filter(([e, style]) => own.has(e) && parseFloat(style.fontSize) < 16)
      .map(([e, style]) => `${shown(e)} ${style.fontSize}`),
    // 4.5 to 1 is required by default, 7 to 1 in the two modes; large letters need less.
    'does not stand out from what is behind it': (mode, styles, layers = new Map()) => [...styles]
      .filter(([e]) => written(e) && !(e instanceof SVGElement) && !e.matches(':disabled'))
      .map(([e, style]) => [e, style, contrast(e, style.color, layers)])
      .filter(([, {fontSize, fontWeight}, seen]) => {
        const large = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
        return seen < (mode ? (large ? 4.5 : 7) : (large ? 3 : 4.5));
      })
      .map(([e, , seen]) => `${shown(e)} ${round(seen)}`),
    // Below a text is only its own element, and nothing painted is above it: no bar, no picture, no box.
    // Only visible points can be tested, so the window must be as high as the page.
    'is painted over, or over another': (mode, styles) => {
      const painted = (e) => e.matches('img, svg, video, iframe') || colour(getComputedStyle(e).backgroundColor)[3]
        || getComputedStyle(e).backgroundImage !== 'none';
      return mode || root.scrollHeight > innerHeight ? [] : [...styles.keys()]
        .filter((e) => own.has(e) && !(e instanceof SVGElement) && !e.closest('.skip, .reading')).flatMap((e) => {
          const [box] = e.getClientRects();
          return !box || box.width <= 1 ? [] : document
            .elementsFromPoint(box.left + Math.min(box.width, 20) / 2, box.top + box.height / 2)
            .filter((other) => !other.contains(e) && !e.contains(other) && !other.closest('.reading') && painted(other))
            .map((other) => `${shown(e)} and ${shown(other)}`);
        });
    },
    // If letters are too large for a whole phrase, the line breaks inside it, not before its comma.
    'has a line that begins with a comma': (mode, styles) => [...styles.keys()].filter((e) => e.matches('h1, h2, h3')).filter((e) => {
      const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), range = document.createRange();
      for (let node = texts.nextNode(), last = null; node; node = texts.nextNode()) {
        for (let at = 0; at < node.length; at += 1) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          if (last && /[，。、：；？！）》”’]/.test(node.data[at]) && box.top >= last.bottom - 2) return true;
          if (box.width) last = box;
        }
      }
      return false;
    }).map(shown),
    'is told from its sentence by colour alone': (mode, styles) => [...styles]
      .filter(([e, style]) => e.matches('a[href]') && !style.textDecorationLine.includes('underline') && running(e))
      .map(([e]) => shown(e)),
    // At 320 pixels a table scrolls in the elder mode; what scrolls must be reachable by keyboard.
    'scrolls, and no key reaches it': (mode, styles) => (innerWidth < 390 ? [] : [...styles]
      .filter(([e, style]) => (/auto|scroll/.test(style.overflowX) && e.scrollWidth > e.clientWidth)
        || (/auto|scroll/.test(style.overflowY) && e.scrollHeight > e.clientHeight))
      .filter(([e]) => e.tabIndex < 0 && ![...e.querySelectorAll(CONTROL)].some((one) => styles.has(one)))
      .map(([e]) => shown(e))),
    // Except printable forms, and the row of initial letters.
    'stands in columns for elders': (mode, styles) => (mode.includes('elder') ? [...styles]
      .filter(([e, style]) => e.matches('main, main :is(section, ul, ol, dl, div, nav)') && !e.closest('.sheet, .letters')
        && ((style.display.includes('grid') && style.gridTemplateColumns.split(' ').length > 1) || style.columnCount > 1))
      .map(([e]) => shown(e)) : []),
    'is ornament for elders': (mode, styles) => (mode.includes('elder') ?
      [...styles.keys()].filter((e) => e.matches('.seal, .dots')).map(shown) : [])
  };

  const wrong = [];
  for (const to of modes) {
    for (const name of ['mode', 'size']) {
      if (to[name]) root.dataset[name] = to[name];
      else delete root.dataset[name];
    }
    const seen = all.filter((e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true}));
    const styles = new Map(seen.map((e) => [e, getComputedStyle(e)]));
    for (const [what, measure] of Object.entries(measures).filter(([name]) => !only || name === only)) {
      const where = `${innerWidth} ${Object.values(to).join(' ') || 'plain'}`;
      wrong.push(...measure(to.mode || '', styles).map((which) => `${where}: ${which} ${what}`));
    }
  }
  delete root.dataset.mode;
  delete root.dataset.size;
  return wrong;
}
