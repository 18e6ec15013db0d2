// The engine alone, on a small index. Run by test_engine.py with `node --test`.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');

const assets = path.join(__dirname, '..', '..', 'templates', '_assets');
globalThis.window = globalThis;
['text', 'sounds', 'repair', 'asked', 'engine', 'tables'].forEach((part) => {
  (0, eval)(fs.readFileSync(path.join(assets, `search-${part}.js`), 'utf8'));
});
const search = globalThis.gkdirSearch;
const tables = globalThis.gkdirTables;

const ITEMS = [
  { id: 'a/1', path: 'a/1/', title: '社会保障卡挂失与解挂', category: '社会保险 · 社会保障卡服务', words: '社保卡丢了|挂失社保卡' },
  { id: 'a/2', path: 'a/2/', title: '社会保障卡密码修改与重置', category: '社会保险 · 社会保障卡服务', words: '忘记密码|社保卡密码' },
  { id: 'a/3', path: 'a/3/', title: '失业保险金申领', category: '社会保险 · 失业保险服务', words: '失业金|领失业金|下岗' },
  { id: 'a/4', path: 'a/4/', title: '失业登记', category: '就业 · 就业失业登记', words: '没工作了|下岗|登记失业' },
  { id: 'a/5', path: 'a/5/', title: '劳动能力鉴定申请', category: '社会保险 · 工伤保险服务', words: '评残|几级伤残' },
  { id: 'a/6', path: 'a/6/', title: '就业困难人员认定', category: '就业 · 就业援助', words: '4050人员|零就业家庭' }
];
const GROUPS = ['社会保障卡|社保卡|三代卡', '失业保险金|失业金|失业救济金', '丢失|丢了|遗失'];

function engine(more) {
  const items = ITEMS.map((item) => Object.assign({}, item));
  return search.build(Object.assign({ items, groups: GROUPS, places: [['', '清源县'], ['towns/xinshe/', '新社乡']] }, more), tables);
}

const first = (question, more) => {
  const found = engine(more).ask(question).items;
  return found.length ? found[0].item.id : null;
};
const text = new search.Text(tables, GROUPS);

test('a packed index is unpacked: hanzi, characters of its own, quotes; one that is not stays as it is', () => {
  const text = '{"a":"AB\u0100A \\u0101 \\u0041 \'· 丟\\\\\\""}'; // as tests/search/test_index.py has it
  assert.deepStrictEqual(search.unpacked({ often: '埃阿', steps: '^_', text }), { a: '埃阿啊埃 ā A \'· 丟\\"' });
  assert.deepStrictEqual(search.unpacked({ items: [] }), { items: [] });
});

test('folding: script, width, case, numerals, punctuation', () => {
  assert.strictEqual(text.fold('社會保障卡'), '社会保障卡');
  assert.strictEqual(text.fold('ＡＢＣ　１２３'), 'abc 123');
  assert.strictEqual(text.fold('五十二岁，十级，二十，十五年'), '52岁 10级 20 15年');
  assert.strictEqual(text.fold('《就业创业证》申领！'), '就业创业证 申领');
  assert.strictEqual(text.fold(''), '');
});

test('chatter is dropped, but never all of a question', () => {
  assert.strictEqual(text.plain('请问社保卡丢了怎么办'), '社保卡丢了');
  assert.strictEqual(text.plain('怎么办'), '怎么办');
  assert.strictEqual(text.plain('劳动能力'), '劳动能力');
});

test('a concept is found in its longest word', () => {
  const found = text.findConcepts('失业保险金和社保卡');
  assert.deepStrictEqual(found.map((one) => [one.start, one.end]), [[0, 5], [6, 9]]);
});

test('words of one kind count though none is shared, in English whole words only, with any number', () => {
  const alike = ['砸|摔|夹', '九级|几级', 'hurt|arm'];
  const kinds = new search.Text(tables, GROUPS, alike);
  const shared = (one, other) => [...kinds.grams(one)].filter((gram) => gram[0] === '~' && kinds.grams(other).has(gram));
  assert.deepStrictEqual(shared('从架子上摔下来', '钢管砸到'), ['~0']);
  assert.deepStrictEqual(shared(kinds.fold('评了十级'), '评几级'), ['~1']);
  assert.deepStrictEqual(shared('my arm is hurt', 'a farmer'), []);
  assert.strictEqual(first('手被夹', { alike: ['砸|夹|评残'] }), 'a/5');
  assert.strictEqual(first('手被夹'), null);
});

test('marks cover what is shared, in the characters of the text itself', () => {
  assert.deepStrictEqual(text.marks('社会保障卡挂失', text.grams('社保卡挂失')), [[0, 7]]);
  assert.deepStrictEqual(text.marks('失業登記', text.grams('登记')), [[2, 4]]);
  assert.deepStrictEqual(text.marks('完全无关', text.grams('登记')), []);
});

test('names, everyday words and synonyms lead to their item', () => {
  assert.strictEqual(first('失业登记'), 'a/4');
  assert.strictEqual(first('我没工作了'), 'a/4');
  assert.strictEqual(first('三代卡遗失'), 'a/1');
  assert.strictEqual(first('失业救济金怎么领'), 'a/3');
  assert.strictEqual(first('四零五零人员'), 'a/6');
});

test('pinyin, its slips, initials, and both mixed with hanzi', () => {
  assert.strictEqual(first('shiyedengji'), 'a/4');
  assert.strictEqual(first('siye denji'), 'a/4');
  assert.strictEqual(first('SYDJ'), 'a/4');
  assert.strictEqual(first('社保ka密码'), 'a/2');
  assert.strictEqual(first('shebao卡mima'), 'a/2');
  assert.strictEqual(engine().ask('sbkmm').items[0].item.id, 'a/2');
});

const WAYS = [
  ['社保卡', 'events/card/', '一件事', [0, 1]],
  ['失业了', 'events/lost-job/', '一件事', [3, 2, 5, 4, 0]],
  ['工伤待遇有多少', 'reckon/injury/', '算一算', [4]],
  ['我能办什么', 'wizard/', '答几个问题', []]
];
const ways = (question) => engine({ ways: WAYS }).ask(question).ways.map((way) => way[0]);

test('a moment of life is offered by its name, and where most of what fits is in it', () => {
  assert.deepStrictEqual(ways('失业'), ['失业了']);
  assert.deepStrictEqual(ways('shiye'), ['失业了']);
  assert.deepStrictEqual(ways('下岗'), ['失业了']);
  assert.deepStrictEqual(ways('社保卡'), ['社保卡']);
});

test('what is about few items is offered with the best of these, and nothing where nothing fits it', () => {
  assert.deepStrictEqual(ways('评残'), ['工伤待遇有多少']);
  assert.deepStrictEqual(ways('四零五零人员'), []);
  assert.deepStrictEqual(engine().ask('失业').ways, []);
});

test('whoever finds nothing is offered the questions', () => {
  assert.deepStrictEqual(ways('登记结婚的手续'), ['我能办什么']);
  assert.deepStrictEqual(ways('我失业了怎么办'), ['失业了', '我能办什么']); // only the name matches
});

test('ways in change nothing of the items', () => {
  const ids = (more) => engine(more).ask('失业金怎么领').items.map((one) => [one.item.id, one.score]);
  assert.deepStrictEqual(ids({ ways: WAYS }), ids({}));
});

test('homophones and other wrong characters are put right, and said so', () => {
  assert.strictEqual(engine().ask('设保卡密码').repaired, '社保卡密码');
  assert.strictEqual(engine().ask('劳动能利鉴定').repaired, '劳动能力鉴定');
  assert.strictEqual(engine().ask('就业困准人员').repaired, '就业困难人员');
  assert.strictEqual(engine().ask('社保卡密码').repaired, null);
  assert.strictEqual(engine().ask('清源县设保卡密码').repaired, '清源县社保卡密码');
});

test('a repair is asked back only towards a word that leads somewhere', () => {
  const repaired = (question) => engine().ask(question).repaired;
  assert.strictEqual(repaired('设保卡'), '社保卡');
  assert.strictEqual(repaired('失业等记'), '失业登记');
  for (const right of ['我妈去世了', '爸爸过世', '病故', '工亡', '自杀', '残疾', '癌症', '丧事', '公公去世']) {
    assert.strictEqual(repaired(right), null, right);
  }
  assert.strictEqual(repaired('设保'), null); // two characters sound like too many words
  assert.strictEqual(repaired('请教失业等级'), null); // 等级 is a word, whatever is before it
  assert.strictEqual(repaired('失业金进化'), null); // so is 失业金
});

test('nobody is asked back with a grave word that nobody typed', () => {
  const items = [{ id: 'b/1', path: 'b/1/', title: '去世待遇申领', category: '社会保险', words: '死亡待遇|去世补助' }];
  const ask = (question) => engine({ items, groups: ['去世、死亡、死了'] }).ask(question).repaired;
  assert.strictEqual(ask('趋势待遇'), null);
  assert.strictEqual(ask('趋势补助'), null);
  assert.strictEqual(ask('去世带遇'), '去世待遇');
});

test('places are heard and taken out of the question', () => {
  const asked = engine().ask('清源失业登记');
  assert.deepStrictEqual(asked.places, [0]);
  assert.strictEqual(asked.items[0].item.id, 'a/4');
  assert.deepStrictEqual(engine().ask('qingyuan shiyedengji').places, [0]);
  assert.deepStrictEqual(engine().ask('qy sydj').places, [0]);
  assert.strictEqual(engine().ask('qy sydj').items[0].item.id, 'a/4');
  assert.strictEqual(engine().ask('情愿').repaired, null); // a place is no correction of a wrong character
  assert.deepStrictEqual(engine().ask('新社乡社保卡丢了').places, [1]);
  assert.deepStrictEqual(engine().ask('新社保卡').places, []); // 新社 overlaps 社保
  assert.deepStrictEqual(engine().ask('清源县').items, []);
});

test('what fits nothing is known as such', () => {
  assert.strictEqual(engine().ask('失业登记').sure, true);
  assert.strictEqual(engine().ask('结婚登记在哪办').sure, false);
  assert.strictEqual(engine().ask('炒股').sure, false);
  for (const odd of ['', '   ', '？！', '\ud83d\ude00', 'xqvw', '1', '\u0000', 'a'.repeat(2000), '的'.repeat(500)]) {
    assert.strictEqual(engine().ask(odd).sure, false, JSON.stringify(odd.slice(0, 8)));
  }
});

test('questions of guides and policies are found beside the items', () => {
  const more = { questions: [['交了3年，能领几个月？', 'a/3/#s4', '领失业金']], policies: [['失业保险条例', 'a/3/', '']] };
  assert.strictEqual(engine(more).ask('交了三年能领几个月').questions[0][1], 'a/3/#s4');
  assert.strictEqual(engine(more).ask('失业保险条例').policies[0][0], '失业保险条例');
  assert.deepStrictEqual(engine(more).ask('评残').policies, []);
});

test('a question of a guide is stored as its item and section', () => {
  const asked = engine({ questions: [[['交了3年，能领 10 个月？'], 2, 4], [['常见问题'], 2, -3]] }).ask('交了三年能领10个月');
  assert.deepStrictEqual(asked.questions[0], ['交了3年，能领 10 个月？', 'a/3/#s4-交了3年能领-10-个月', '失业保险金申领']);
  assert.strictEqual(search.expanded([[['常见问题'], 2, -3]], ITEMS)[0][1], 'a/3/#s3');
  assert.deepStrictEqual(search.expanded([['失业保险条例', 2, '*等2项的依据']], ITEMS)[0], ['失业保险条例', 'a/3/#directory', '失业保险金申领等2项的依据']);
});

test('a number calls its item, with or without its domain', () => {
  const items = [
    { id: 'social_insurance/9.6', path: 's', title: '挂失', category: '社会保险 · 卡' },
    { id: 'employment/9.6', path: 'e', title: '登记', category: '就业 · 登记' },
    { id: 'employment/9.6.1', path: 'f', title: '网上登记', category: '就业 · 登记' }
  ];
  const ids = (question) => engine({ items }).ask(question).items.map((one) => one.item.id);
  assert.deepStrictEqual(ids('9.6'), ['social_insurance/9.6', 'employment/9.6']);
  assert.deepStrictEqual(ids('本页编号：就业 9．6'), ['employment/9.6']);
  assert.deepStrictEqual(ids('就业第9.6.1项'), ['employment/9.6.1']);
  assert.deepStrictEqual(ids('社会保险 9-6'), ['social_insurance/9.6']); // as in an address
  assert.deepStrictEqual(ids('社保9.6'), ['social_insurance/9.6']);
  assert.deepStrictEqual(ids('0600-5550106'), []);
  assert.deepStrictEqual(ids('9.6元'), []);
  assert.strictEqual(engine({ items }).ask('9.6').sure, true);
});

test('whoever tells a year of birth is led to the calculator, filled in', () => {
  const more = { ways: [['哪个月退休', 'reckon/retirement/index.html', '算一算', [0]]] };
  const items = ITEMS.concat({ id: 'a/8', path: 'a/8/', title: '职工退休', category: '养老', words: '退休年龄' });
  const path = (question) => (engine(Object.assign({ items }, more)).ask(question).ways[0] || [])[1];
  assert.strictEqual(path('1965年生的哪年退休'), 'reckon/retirement/index.html#year=1965');
  assert.strictEqual(path('六五年出生男的多大退休'), 'reckon/retirement/index.html#year=1965&career=man');
  assert.strictEqual(path('1968年腊月生的还要上几年班'), 'reckon/retirement/index.html#year=1968');
  assert.strictEqual(path('生于1970年9月的女工人啥时退休'), 'reckon/retirement/index.html#year=1970&month=9&career=woman50');
  assert.strictEqual(path('男，一九六六年五月十二日生，哪年退休'), 'reckon/retirement/index.html#year=1966&month=5&career=man');
  assert.strictEqual(path('1972.3出生的女干部几岁退休'), 'reckon/retirement/index.html#year=1972&month=3&career=woman55');
  assert.strictEqual(path('born in 1970 when can I retire'), 'reckon/retirement/index.html#year=1970');
  assert.strictEqual(path('1980年退休的老干部'), undefined); // not a date of birth
  assert.strictEqual(path('农村1965年生的养老金'), undefined);
});

test('who wants nothing stopped is led to what makes it go on', () => {
  const items = ['暂停发放', '恢复发放'].map((title, at) => ({ id: 'a/' + at, path: at + '/', title, category: '养老', words: '养老金停了' }));
  const firstOf = (question) => engine({ items }).ask(question).items[0].item.title;
  assert.strictEqual(firstOf('暂停养老金'), '暂停发放');
  for (const question of ['不想暂停养老金', '不要停发我的养老金', '别再停我养老金', '养老金被停了']) assert.strictEqual(firstOf(question), '恢复发放', question);
});

test('the day and the hour are what people ask around a thing, and nothing that an item answers', () => {
  assert.strictEqual(text.plain('失业金几号发'), '失业金 发');
  const items = ITEMS.concat({ id: 'a/9', path: 'a/9/', title: '卡号', category: '卡', words: '几号' });
  assert.strictEqual(engine({ items }).ask('今天几点').sure, false);
});

test('what is asked back is the sentence as it was typed, and only of a short one', () => {
  const repaired = (question) => engine().ask(question).repaired;
  assert.strictEqual(repaired('请问，設保卡密碼怎么改？'), '请问，社保卡密碼怎么改？');
  assert.strictEqual(repaired('我家里老人的那张设保卡密码想不起来了'), null);
});

test("another office's affair is told first, and aside where an item fits as well", () => {
  const elsewhere = [['失业补贴|公积金|欠…工资', '归别处管。', '某局', '12345', '']];
  const told = (question) => { const found = engine({ elsewhere }).ask(question); return [!!found.elsewhere, found.aside, found.sure]; };
  assert.deepStrictEqual(told('公积金怎么提取'), [true, false, false]);
  assert.deepStrictEqual(told('公积金和失业金怎么领'), [true, true, true]);
  assert.deepStrictEqual(told('失业登记'), [false, false, true]);
  assert.deepStrictEqual(told('老板欠了我三个月工资'), [true, false, false]); // the parts must be near each other, and in this order
  assert.strictEqual(told('欠社保的单位什么时候补，工资低')[0], false);
  assert.strictEqual(told('工资欠着')[0], false);
  const own = [['密码', '归别处管。', '某局', '12345', '']];
  const answer = engine({ elsewhere: own }).ask('社保卡密码忘记了');
  assert.deepStrictEqual([!!answer.elsewhere, answer.aside, answer.sure], [false, false, true]); // the item has the word itself
});

test('two characters that only happen to meet count little, however rare they are together', () => {
  const many = ['的', '钱'].map((one, at) => ({
    id: 'b/' + at, path: 'b/' + at + '/', title: '别的事', category: '别的',
    words: Array.from('甲乙丙丁戊己庚辛壬癸子丑', (other) => other + one).join('|')
  }));
  const items = ITEMS.concat(many, { id: 'a/7', path: 'a/7/', title: '激活', category: '卡', words: '里头的钱|没激活' });
  const postings = engine({ items }).postings;
  assert.ok(postings.get('的钱').weight < 0.7);
  assert.strictEqual(postings.get('激活').weight, 1);
});

test('English words are no pinyin', () => {
  const items = ITEMS.concat({ id: 'a/7', path: 'a/7/', title: '挂失', category: '卡', words: 'lost|card' });
  assert.strictEqual(engine({ items }).ask('I lost my cards').items[0].item.id, 'a/7');
  assert.strictEqual(engine({ items }).ask('shiyedengji').items[0].item.id, 'a/4');
});

test('an index without anything answers without anything', () => {
  assert.deepStrictEqual(search.build({ items: [], groups: [] }, tables).ask('失业').items, []);
});

test('rare characters are read by the sounds that the index brings along', () => {
  assert.deepStrictEqual(engine({ places: [['bozhou', '亳州市']], sounds: 'bo亳' }).ask('bozhou shiyedengji').places, [0]);
});
