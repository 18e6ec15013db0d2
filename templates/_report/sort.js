// Puts a button into each heading of a sortable table; a press sorts the rows by that column, again the other way.
'use strict';
document.querySelectorAll('table.sortable').forEach((table) => {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const value = (row, at) => {
    const text = row.cells[at].textContent.trim();
    if (!row.cells[at].classList.contains('n')) return text;
    const number = parseFloat(text.replace('−', '-').replace('—', '-Infinity'));
    return Number.isNaN(number) ? text : number;
  };
  const compare = (one, other) => {
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one).localeCompare(String(other), 'zh-CN', { numeric: true }); // 1.9 before 1.10
  };
  headings.forEach((heading, at) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const down = heading.getAttribute('aria-sort') !== 'descending';
      headings.forEach((each) => each.removeAttribute('aria-sort'));
      heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const rows = [...body.rows].sort((one, other) => compare(value(one, at), value(other, at)));
      if (down) rows.reverse();
      body.append(...rows);
    });
  });
});
