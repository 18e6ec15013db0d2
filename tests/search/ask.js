// node ask.js ASSETS: a line of JSON, a list of questions → a line: what was found for each.
'use strict';
const path = require('path');

const [assets] = process.argv.slice(2);
globalThis.window = {};
require(path.join(assets, 'search-index.js'));
const engine = require(path.join(assets, 'search-engine.js')).build(
  globalThis.window.gkdirIndex,
  require(path.join(assets, 'search-tables.js'))
);

require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const answers = JSON.parse(line).map((question) => {
    const answer = engine.ask(question);
    const { sure, repaired, elsewhere } = answer;
    return { question, found: answer.items.map((one) => one.item.id), sure, repaired, elsewhere };
  });
  console.log(JSON.stringify(answers));
});
