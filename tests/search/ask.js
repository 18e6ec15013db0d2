// node ask.js ASSETS: a line of JSON, a list of questions → a line: what was found for each.
'use strict';
const fs = require('fs');
const path = require('path');

const [assets] = process.argv.slice(2);
globalThis.window = globalThis;
['index', 'engine', 'tables'].forEach((part) => {
  (0, eval)(fs.readFileSync(path.join(assets, `search-${part}.js`), 'utf8'));
});
const engine = globalThis.gkdirSearch.build(globalThis.gkdirIndex, globalThis.gkdirTables);

require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const answers = JSON.parse(line).map((question) => {
    const answer = engine.ask(question);
    const { sure, repaired, elsewhere } = answer;
    return { question, found: answer.items.map((one) => one.item.id), sure, repaired, elsewhere };
  });
  console.log(JSON.stringify(answers));
});
