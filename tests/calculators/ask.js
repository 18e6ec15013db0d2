// node ask.js RECKON.JS: a line of JSON {calculator, rules, fields, cases} → a line: the answer to each case as typed.
'use strict';
const { reckon, taken } = require(process.argv[2]);

require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { calculator, rules, fields, cases } = JSON.parse(line);
  const answers = cases.map((typed) => {
    const said = {};
    for (const [name, asks] of Object.entries(fields)) {
      const value = asks.kind === 'choice' ? typed[name] : taken(typed[name] || '', asks);
      if (value === null || value === undefined) return `${name} is not taken: ${typed[name]}`;
      said[name] = /^\d+$/.test(value) ? Number(value) : value;
    }
    return reckon[calculator](said, rules);
  });
  console.log(JSON.stringify(answers));
});
