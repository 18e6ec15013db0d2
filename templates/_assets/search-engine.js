// The search engine: an index (of one county, or of all) → an object that answers questions. Items are ranked by BM25F
// over their names, everyday words, category and summary, and by the one phrase that is most like the question; what
// was typed in pinyin, by initials or with a wrong character is put right first. docs/search.md tells why so.
// Runs in browsers, from disk too, and under node; touches no page. search.js loads it when the box is first used.
(function (search) {
  'use strict';

  // The kinds of text that an item has: how much a match there weighs, and how much its likeness as a phrase.
  var TITLE = 0, OFFICIAL = 1, WORD = 2, CATEGORY = 3, SUMMARY = 4;
  var FIELD = [3, 3, 2.2, 0.5, 0.35];
  var PHRASE = [1.1, 1.1, 1, 0.5, 0];
  var K = 1.4, B = 0.6; // BM25: how soon repetition stops counting; how much a long text is held against it
  var LIKENESS = 2.2; // how much likeness to one phrase counts beside BM25F
  var EXACT = 0.3; // added to the likeness of a phrase that is the whole question
  var MOST = 10; // items shown
  var LONGEST = 200; // characters of a question that are looked at: whoever pastes a page means its beginning
  var LEAST = 0.12; // of the best score, below which an item is left out
  var ENOUGH = 0.42; // of what a question says, how much the best item must know to be sure of it …
  var PLENTY = 26; // … or how high it must score, where a long question tells more than it asks

  // index: search-index.js, whose keys docs/search.md describes; tables: search-tables.js.
  function Engine(index, tables) {
    this.index = index;
    this.tables = tables;
    this.text = new search.Text(tables, index.groups);
    this.phrases = []; // { number, item, text, plain, kind, norm }
    this.postings = new Map(); // gram → { items: numbers, counts: by field weight, phrases, weight, idf }
    this.lengths = []; // by item
    this.addItems();
    this.places = placeNames(index.places || [], this.text);
    this.lines = null; // these two are made on first need, or when there is time: prepare
    this.speller = null;
  }

  // ---- the index -----------------------------------------------------------------------------------------------

  Engine.prototype.addItems = function () {
    this.items = this.index.items;
    this.items.forEach(function (item, number) {
      item.number = number;
      this.lengths[number] = 0;
      this.addText(item, item.title, TITLE);
      if (item.official) this.addText(item, item.official, OFFICIAL);
      if (item.words) item.words.split('、').forEach(function (word) { this.addText(item, word, WORD); }, this);
      this.addText(item, item.category, CATEGORY);
      if (item.summary) this.addText(item, item.summary, SUMMARY);
    }, this);
    this.measure();
  };

  Engine.prototype.addText = function (item, text, kind) {
    var plain = kind === WORD || kind === TITLE ? this.text.plain(text) : this.text.fold(text);
    var phrase = { item: item.number, text: text, plain: plain, kind: kind, norm: 0 };
    var postings = this.postings;
    this.lengths[item.number] += plain.length * FIELD[kind];
    this.phrases.push(phrase);
    this.text.grams(plain).forEach(function (gram) {
      var posting = postings.get(gram);
      if (!posting) {
        postings.set(gram, posting = { items: [], counts: [], phrases: [], weight: search.weigh(gram), idf: 0 });
      }
      if (PHRASE[kind]) posting.phrases.push(phrase);
      var last = posting.items.length - 1;
      if (posting.items[last] === item.number) posting.counts[last] += FIELD[kind];
      else {
        posting.items.push(item.number);
        posting.counts.push(FIELD[kind]);
      }
    });
  };

  // How rare each gram is, and from that how long each phrase is as a vector.
  Engine.prototype.measure = function () {
    var all = this.items.length;
    this.rarest = Math.log(1 + (all + 0.5) / 0.5);
    this.average = this.lengths.reduce(function (a, b) { return a + b; }, 0) / (all || 1);
    this.postings.forEach(function (posting) {
      posting.idf = Math.log(1 + (all - posting.items.length + 0.5) / (posting.items.length + 0.5));
      var square = Math.pow(posting.weight * posting.idf, 2);
      posting.phrases.forEach(function (phrase) { phrase.norm += square; });
    });
    this.phrases.forEach(function (phrase, number) {
      phrase.number = number;
      phrase.norm = Math.sqrt(phrase.norm) || 1;
    });
  };

  // Make all that would otherwise be made by the first question.
  Engine.prototype.prepare = function () {
    this.sounds();
    this.linesLike('questions', this.text.grams(''), 1, 0);
  };

  // The words to spell and repair with.
  Engine.prototype.sounds = function () {
    if (!this.speller) {
      var postings = this.postings, places = this.places.map(function (place) { return place.word; });
      this.speller = new search.Sounds(this.worth(), places, this.tables, this.index.sounds, function (pair) { return postings.has(pair); });
    }
    return this.speller;
  };

  // Stretches of names and words → how often and how prominently they stand there. One met but once counts only
  // where it is a whole word.
  Engine.prototype.worth = function () {
    var worth = new Map(), whole = new Set();
    function add(word, value) { worth.set(word, (worth.get(word) || 0) + value); }
    function addWhole(word, value) { if (word.length > 1 && word.length <= 12) { whole.add(word); add(word, value); } }
    this.phrases.forEach(function (phrase) {
      if (phrase.kind === SUMMARY) return;
      var value = phrase.kind === WORD ? 1 : phrase.kind === CATEGORY ? 0.5 : 3;
      var longest = phrase.kind === WORD ? 3 : 6;
      phrase.plain.split(' ').forEach(function (segment) {
        addWhole(segment, value);
        for (var length = 2; length <= longest; length += 1) {
          for (var start = 0; start + length <= segment.length; start += 1) add(segment.substr(start, length), value);
        }
      });
    });
    this.text.concepts.forEach(function (list) { list.forEach(function (one) { addWhole(one.word, 3); }); });
    worth.forEach(function (value, word) { if (value < 2 && !whole.has(word)) worth.delete(word); });
    return worth;
  };

  // ---- ranking -------------------------------------------------------------------------------------------------

  // What a gram counts for in likeness, squared; one that the index does not have counts as half of the rarest.
  Engine.prototype.square = function (gram) {
    var posting = this.postings.get(gram);
    return Math.pow(search.weigh(gram) * (posting ? posting.idf : this.rarest * 0.5), 2);
  };

  // A folded question → its grams; by item the score and the phrase most alike; and how much there was to know.
  Engine.prototype.rank = function (plain) {
    var self = this, grams = this.text.grams(plain);
    var scores = new Float64Array(this.items.length), shared = new Float64Array(this.phrases.length);
    var touched = [], norm = 0, mass = 0;
    grams.forEach(function (gram) {
      var posting = self.postings.get(gram), square = self.square(gram);
      norm += square;
      mass += search.weigh(gram) * (posting ? posting.idf : self.rarest);
      if (!posting) return;
      self.addScores(posting, scores);
      posting.phrases.forEach(function (phrase) {
        if (!shared[phrase.number]) touched.push(phrase);
        shared[phrase.number] += square;
      });
    });
    var best = this.mostAlike(touched, shared, Math.sqrt(norm) || 1, plain);
    for (var i = 0; i < scores.length; i += 1) scores[i] *= 1 + LIKENESS * best.likeness[i];
    return { grams: grams, scores: scores, phrases: best.phrases, mass: mass };
  };

  // BM25F: what one gram adds to the score of each item that has it.
  Engine.prototype.addScores = function (posting, scores) {
    var worth = posting.weight * posting.idf * (K + 1);
    for (var i = 0; i < posting.items.length; i += 1) {
      var item = posting.items[i];
      var count = posting.counts[i] / (1 - B + B * this.lengths[item] / this.average);
      scores[item] += worth * count / (count + K);
    }
  };

  Engine.prototype.mostAlike = function (touched, shared, norm, plain) {
    var likeness = new Float64Array(this.items.length), phrases = [];
    touched.forEach(function (phrase) {
      var own = PHRASE[phrase.kind] * shared[phrase.number] / (norm * phrase.norm) + (phrase.plain === plain ? EXACT : 0);
      if (own > likeness[phrase.item]) {
        likeness[phrase.item] = own;
        phrases[phrase.item] = phrase;
      }
    });
    return { likeness: likeness, phrases: phrases };
  };

  // The readings of a question, the likeliest first → one list of items; a later reading counts a little less.
  Engine.prototype.merge = function (ranked) {
    var found = [];
    this.items.forEach(function (item, number) {
      var score = 0, from = null;
      ranked.forEach(function (one, at) {
        var own = one.scores[number] * Math.pow(0.9, at);
        if (own > score) { score = own; from = one; }
      });
      if (from) found.push({ item: item, score: score, phrase: from.phrases[number], from: from });
    });
    found.sort(function (a, b) { return b.score - a.score || a.item.number - b.item.number; });
    return found.filter(function (one) { return one.score >= found[0].score * LEAST; });
  };

  // Whether the best item really is about what was asked.
  Engine.prototype.fits = function (best) {
    var known = 0, postings = this.postings;
    best.from.grams.forEach(function (gram) {
      var posting = postings.get(gram);
      if (posting && posting.items.indexOf(best.item.number) >= 0) known += posting.weight * posting.idf;
    });
    return known / best.from.mass >= ENOUGH || best.score >= PLENTY;
  };

  // ---- places --------------------------------------------------------------------------------------------------

  // Places [folder or path, name, …] → the full and the short names that may be typed, the longest first.
  function placeNames(places, text) {
    var names = [];
    places.forEach(function (record, number) {
      var full = text.fold(record[1]);
      var brief = full.length > 2 ? full.replace(/(族自治县|自治县|自治旗|县|市|区|旗|街道|镇|乡|村|社区)$/, '') : full;
      names.push({ word: full, number: number, brief: false });
      if (brief !== full && brief.length > 1) names.push({ word: brief, number: number, brief: true });
    });
    return names.sort(function (a, b) { return b.word.length - a.word.length; });
  }

  // A folded question → the numbers of the places that it names, that name, and the rest of it. A short name that runs on into a
  // word of the index (新社 in 新社保卡) is none.
  Engine.prototype.locate = function (plain) {
    var found = [], word = null;
    this.places.forEach(function (place) {
      var at = plain.indexOf(place.word);
      if (at < 0 || word !== null && place.word !== word) return;
      var next = plain[at + place.word.length];
      if (place.brief && next && this.postings.has(place.word[place.word.length - 1] + next)) return;
      word = place.word;
      if (found.indexOf(place.number) < 0) found.push(place.number);
    }, this);
    return { places: found, name: word || '', rest: word === null ? plain : plain.replace(word, ' ').replace(/ +/g, ' ').trim() };
  };

  // ---- questions, articles, policies ---------------------------------------------------------------------------

  // Lines beside the items, [title, path, note] → a small index of their own.
  Engine.prototype.readLines = function (records) {
    var self = this, lines = { byGram: new Map(), norms: [], records: records };
    records.forEach(function (record, number) {
      var norm = 0;
      self.text.grams(self.text.plain(record[0])).forEach(function (gram) {
        norm += self.square(gram);
        if (lines.byGram.has(gram)) lines.byGram.get(gram).push(number);
        else lines.byGram.set(gram, [number]);
      });
      lines.norms[number] = Math.sqrt(norm) || 1;
    });
    return lines;
  };

  // The records of the lines of one kind most like the question, best first.
  Engine.prototype.linesLike = function (kind, grams, least, most) {
    if (!this.lines) {
      this.lines = {};
      ['questions', 'articles', 'policies'].forEach(function (one) { this.lines[one] = this.readLines(this.index[one] || []); }, this);
    }
    var self = this, lines = this.lines[kind], norm = 0, shared = new Map(), found = [];
    grams.forEach(function (gram) {
      var square = self.square(gram);
      norm += square;
      (lines.byGram.get(gram) || []).forEach(function (number) { shared.set(number, (shared.get(number) || 0) + square); });
    });
    shared.forEach(function (sum, number) {
      var likeness = sum / (Math.sqrt(norm) * lines.norms[number]);
      if (likeness >= least) found.push({ record: lines.records[number], likeness: likeness });
    });
    found.sort(function (a, b) { return b.likeness - a.likeness; });
    return found.slice(0, most).map(function (one) { return one.record; });
  };

  // ---- asking --------------------------------------------------------------------------------------------------

  // A question → { items: [{ item, score, phrase, from: { grams } }], sure, repaired, places,
  // questions, articles, policies }, the last three as [title, path, note].
  // `sure` is false where no item really fits; `repaired` is what was searched in the place of what was typed.
  Engine.prototype.ask = function (question) {
    var plain = this.text.plain(question.slice(0, LONGEST)), nothing = { items: [], sure: false, repaired: null, places: [], questions: [], articles: [], policies: [] };
    if (!plain) return nothing;
    var spelt = /[a-z]/.test(plain) ? this.sounds().spell(plain) : [];
    var located = (spelt.length ? spelt : [plain]).map(this.locate, this);
    located.sort(function (a, b) { return (b.places.length > 0) - (a.places.length > 0); }); // a place is likelier meant
    var where = located[0];
    nothing.places = where.places;
    var fixed = spelt.length || !where.rest ? null : this.sounds().repair(where.rest);
    var readings = [fixed].concat(located.map(function (one) { return one.rest; }));
    var ranked = readings.filter(Boolean).map(this.rank, this);
    var items = ranked.length ? this.merge(ranked) : [];
    if (!items.length) return Object.assign(nothing, { sure: !where.rest });
    var policies = this.linesLike('policies', ranked[0].grams, 0.45, 3);
    return {
      items: items.slice(0, MOST),
      sure: this.fits(items[0]) || policies.length > 0,
      repaired: fixed || spelt.length ? where.name + (fixed || where.rest) : null,
      places: where.places,
      questions: this.linesLike('questions', ranked[0].grams, 0.3, 4),
      articles: this.linesLike('articles', ranked[0].grams, 0.3, 3),
      policies: policies
    };
  };

  search.build = function (index, tables) { return new Engine(index, tables); };
})(typeof module !== 'undefined' ? Object.assign(module.exports, require('./search-sounds.js')) : (window.gkdirSearch = window.gkdirSearch || {}));
