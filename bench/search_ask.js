// node search_ask.js ASSETS QUESTIONS.tsv… → per question a line of JSON: the ids found, whether sure, milliseconds.
'use strict';
const fs = require('fs');
const path = require('path');

const [assets, ...files] = process.argv.slice(2);
const tables = require(path.join(assets, 'search-tables.js'));
const search = require(path.join(assets, 'search-engine.js'));
globalThis.window = {};
require(path.join(assets, 'search-index.js'));
const engine = search.build(globalThis.window.gkdirIndex, tables);

for (const file of files) {
  for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const [question, wanted, kind] = line.split('\t');
    const start = process.hrtime.bigint();
    const answer = engine.ask(question);
    const taken = Number(process.hrtime.bigint() - start) / 1e6;
    const found = answer.items.map((one) => one.item.id);
    console.log(JSON.stringify({ question, wanted: (wanted || '').split('|'), kind: kind || '', found, sure: answer.sure, repaired: answer.repaired, taken }));
  }
}
