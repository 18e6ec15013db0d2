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
    for (const button of form.querySelectorAll('button')) button.disabled = true;
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
