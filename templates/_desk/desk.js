// The desk's one script: files dropped on a form, a word while one waits, a reload when the folder changes.
'use strict';

document.documentElement.classList.add('scripted');

for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', () => {
    if (!form.dataset.wait) return;
    const told = document.createElement('p');
    told.className = 'waiting';
    told.setAttribute('role', 'status');
    told.textContent = `${form.dataset.wait}…`;
    form.append(told);
    const buttons = form.querySelectorAll('button');
    setTimeout(() => { for (const button of buttons) button.disabled = true; }); // which was pressed goes out first
  });
}

addEventListener('pageshow', shown => {
  if (!shown.persisted) return;
  for (const told of document.querySelectorAll('.waiting')) told.remove();
  for (const button of document.querySelectorAll('button')) button.disabled = false;
});

for (const place of document.querySelectorAll('.drop')) {
  const input = place.querySelector('input[type=file]');
  const over = on => event => {
    event.preventDefault();
    place.classList.toggle('over', on);
  };
  if (place.matches('[data-now]')) input.addEventListener('change', () => input.files.length && place.requestSubmit());
  place.addEventListener('dragover', over(true));
  place.addEventListener('dragleave', over(false));
  place.addEventListener('drop', event => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files; // which fires no change event
    if (place.matches('[data-now]')) place.requestSubmit();
  });
}
addEventListener('dragover', event => event.preventDefault());
addEventListener('drop', event => event.preventDefault());

const back = document.querySelector('[data-back]');
if (back && history.length > 1) back.addEventListener('click', event => {
  event.preventDefault();
  history.back();
});

const frame = document.getElementById('frame');
if (frame) {
  const found = document.getElementById('found');
  const site = found.dataset.site;
  let page = site;
  for (const button of document.querySelectorAll('[data-width]')) {
    button.addEventListener('click', () => {
      frame.className = button.dataset.width;
      for (const each of document.querySelectorAll('[data-width]')) each.setAttribute('aria-pressed', each === button);
    });
  }
  const line = (name, text) => {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  };
  const tell = async () => {
    const inside = page.slice(site.length);
    const path = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
    const lines = await (await fetch(`${found.dataset.from}?page=${encodeURIComponent(path)}`)).json();
    const list = document.createElement('ul');
    for (const one of lines) {
      const item = line('li', `${one.weight}：${one.message}`);
      item.append(line('p', one.hint), line('p', one.cell));
      list.append(item);
    }
    found.replaceChildren(line('p', lines.length ? `这一页上有 ${lines.length} 处：` : '这一页上没有发现问题。'), list);
  };
  addEventListener('message', event => {
    if (event.source !== frame.contentWindow || typeof event.data !== 'string') return;
    page = event.data.startsWith(site) ? event.data : site;
    tell();
  });
  new EventSource(`${site}../__changes`).addEventListener('message', () => { frame.src = page; });
}
