// node ask.js ASSETS QUESTIONS… → a line of JSON for each question (the first column of each line): what was found.
'use strict';
const fs = require('fs');
const path = require('path');

const [assets, ...files] = process.argv.slice(2);
globalThis.window = {};
require(path.join(assets, 'search-index.js'));
const engine = require(path.join(assets, 'search-engine.js')).build(
  globalThis.window.gkdirIndex,
  require(path.join(assets, 'search-tables.js'))
);

for (const file of files) {
  for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const question = line.split('\t')[0];
    const answer = engine.ask(question);
    const found = answer.items.map((one) => one.item.id);
    console.log(JSON.stringify({ question, found, sure: answer.sure, repaired: answer.repaired }));
  }
}
