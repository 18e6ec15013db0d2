// The search engine: an index of one county (or of all) → an object that answers questions. It touches no page and
// no network, so that it runs under node as well. search.js loads it when the search box is first used.
//
// How it finds: every name, category and everyday word is folded (Traditional → Simplified, full → half width, case,
// numerals) and cut into characters and pairs of characters, the same way on both sides; what belongs to one group of
// synonyms also counts as one concept. Items are ranked by BM25F over their fields and by their phrase that is most
// like the question. What was typed in pinyin, by initials or with a wrong character is first put right against the
// site's own words.
(function (root) {
  'use strict';

  // What people say around the thing they ask for. Only phrases: a single character such as 能 is part of names.
  var CHATTER = ('怎么办理|怎么申请|怎么处理|怎么操作|怎么弄|怎么办|怎么|怎样|如何办理|如何|咋个办|咋个|咋办|咋弄|咋整|咋回事|要咋|' +
    '去哪里办|在哪里办|去哪里|在哪里|哪里办|哪里|去哪办|在哪办|在哪儿|在哪|哪儿|到哪|哪个部门|什么部门|什么时候|啥时候|' +
    '需要什么材料|要什么材料|需要哪些材料|需要带什么|要带什么|带什么|要带啥|带啥|什么材料|哪些材料|需要什么|什么条件|' +
    '什么流程|办理流程|流程|要多长时间|多长时间|要多久|多久|多少钱|多少|需要|什么|啥子|请问|想问一下|问一下|想问|问问|我想|想要|我要|' +
    '能不能|可不可以|可以|有没有|是不是|会不会|应该|没得|怎|咋样|一下|听说|现在|今年|一个|那个|这个|我们|你们|他们|' +
    '人家|俺|帮忙|帮我').split('|').filter(function (phrase) { return phrase.length > 1; });

  var DIGITS = { '零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9 };
  var SPOKEN = ['ling', 'yi', 'er', 'san', 'si', 'wu', 'liu', 'qi', 'ba', 'jiu'];

  // The kinds of text that an item has: how much a match there weighs, and whether it is a phrase worth showing.
  var TITLE = 0, OFFICIAL = 1, WORD = 2, CATEGORY = 3, SUMMARY = 4;
  var FIELD = [3, 3, 2.2, 0.5, 0.35];
  var PHRASE = [1.1, 1.1, 1, 0.5, 0];
  var SINGLE = 0.3; // a character by itself, against a pair
  var CONCEPT = 1.1; // a group of synonyms, against a pair
  var K = 1.4, B = 0.6; // BM25: how soon repetition stops counting; how much a long text is held against it
  var LIKENESS = 2.2; // how much the one phrase that is most like the question counts beside BM25F
  var LONGEST = 6; // characters of a chunk of the vocabulary

  // ---- folding -------------------------------------------------------------------------------------------------

  function Folder(tables) {
    var simple = new Map();
    var i, pairs = tables.simplified;
    for (i = 0; i + 1 < pairs.length; i += 2) simple.set(pairs[i], pairs[i + 1]);
    this.simple = simple;
    this.known = new Map();
  }

  // One character → what it counts as: a space for what only separates.
  Folder.prototype.character = function (character) {
    var folded = this.known.get(character);
    if (folded === undefined) {
      folded = this.simple.get(character) || character;
      if (folded in DIGITS) folded = String(DIGITS[folded]);
      if (!/[0-9a-z]/.test(folded) && (folded < '\u2e80' || /[\u3000-\u303f\ufe30-\uffef]/.test(folded))) folded = ' ';
      this.known.set(character, folded);
    }
    return folded;
  };

  // A text → its folded form: segments without anything but letters, digits and hanzi, one space between them.
  Folder.prototype.fold = function (text) {
    var out = '', source = text.normalize('NFKC').toLowerCase();
    for (var i = 0; i < source.length; i += 1) out += this.character(source[i]);
    if (out.indexOf('十') >= 0) {
      out = out.replace(/(\d?)十(\d?)/g, function (_, tens, ones) { return (tens || '1') + (ones || '0'); });
    }
    return out.indexOf(' ') < 0 ? out : out.replace(/ +/g, ' ').trim();
  };

  // ---- grams ---------------------------------------------------------------------------------------------------

  function units(segment) {
    return segment.match(/[a-z]+|[0-9]+|[^a-z0-9]/g) || [];
  }

  function isHanzi(unit) {
    return unit > '\u2e80';
  }

  function dropChatter(folded, chatter) {
    var plain = folded.replace(chatter, ' ').replace(/ +/g, ' ').trim();
    return plain || folded;
  }

  // ---- the index -----------------------------------------------------------------------------------------------

  function Engine(index, tables) {
    this.folder = new Folder(tables);
    this.tables = tables;
    this.index = index;
    var fold = this.folder.fold.bind(this.folder);
    this.chatter = new RegExp(CHATTER.map(fold).sort(function (a, b) { return b.length - a.length; }).join('|'), 'g');
    this.concepts = this.readGroups(index.groups || [], fold);
    this.phrases = [];
    this.postings = new Map(); // gram → { items: numbers, counts: by field weight, phrases, weight, idf }
    this.lengths = [];
    this.addItems();
    this.addPlaces();
    this.questions = this.readLines(index.questions || []);
    this.policies = this.readLines(index.policies || []);
    this.words = null;
  }

  // Groups of synonyms → by first character, the folded words and their concepts, the longest first.
  Engine.prototype.readGroups = function (groups, fold) {
    var concepts = new Map();
    groups.forEach(function (group, number) {
      group.split('、').map(fold).forEach(function (word) {
        if (!concepts.has(word[0])) concepts.set(word[0], []);
        concepts.get(word[0]).push({ word: word, concept: '§' + number });
      });
    });
    concepts.forEach(function (list) { list.sort(function (a, b) { return b.word.length - a.word.length; }); });
    return concepts;
  };

  Engine.prototype.plain = function (text) {
    return dropChatter(this.folder.fold(text), this.chatter);
  };

  // A folded text → its grams, each once: characters, pairs, concepts, and pairs of concepts that follow one another.
  Engine.prototype.grams = function (folded) {
    var found = new Set();
    folded.split(' ').forEach(function (segment) {
      var parts = units(segment);
      for (var i = 0; i < parts.length; i += 1) {
        if (parts[i].length > 1 || isHanzi(parts[i])) found.add(parts[i]);
        if (i + 1 < parts.length) found.add(parts[i] + parts[i + 1]);
      }
    });
    var last = null;
    this.findConcepts(folded).forEach(function (one) {
      found.add(one.concept);
      if (last && one.start - last.end <= 3 && last.concept !== one.concept) {
        found.add(last.concept < one.concept ? last.concept + one.concept : one.concept + last.concept);
      }
      last = one;
    });
    return found;
  };

  // What a gram weighs by its kind.
  function weigh(gram) {
    if (gram[0] === '§') return CONCEPT;
    return gram.length === 1 ? SINGLE : 1;
  }

  // The concepts in a folded text, from left to right, the longest word first.
  Engine.prototype.findConcepts = function (folded) {
    var found = [];
    for (var start = 0; start < folded.length; start += 1) {
      var list = this.concepts.get(folded[start]) || [];
      for (var i = 0; i < list.length; i += 1) {
        if (!folded.startsWith(list[i].word, start)) continue;
        found.push({ concept: list[i].concept, start: start, end: start + list[i].word.length });
        start += list[i].word.length - 1;
        break;
      }
    }
    return found;
  };

  Engine.prototype.addItems = function () {
    var self = this;
    this.items = this.index.items.map(function (record, number) {
      record.number = number;
      self.lengths[number] = 0;
      self.addText(record, record.title, TITLE);
      if (record.official) self.addText(record, record.official, OFFICIAL);
      if (record.words) record.words.split('、').forEach(function (word) { self.addText(record, word, WORD); });
      self.addText(record, record.category, CATEGORY);
      if (record.summary) self.addText(record, record.summary, SUMMARY);
      return record;
    });
    this.measure();
  };

  Engine.prototype.addText = function (item, text, kind) {
    var plain = kind === WORD || kind === TITLE ? this.plain(text) : this.folder.fold(text);
    var phrase = { item: item.number, text: text, plain: plain, kind: kind, norm: 0 };
    var postings = this.postings;
    this.lengths[item.number] += plain.length * FIELD[kind];
    this.phrases.push(phrase);
    this.grams(plain).forEach(function (gram) {
      var posting = postings.get(gram);
      if (!posting) postings.set(gram, posting = { items: [], counts: [], phrases: [], weight: weigh(gram), idf: 0 });
      if (PHRASE[kind]) posting.phrases.push(phrase);
      var last = posting.items.length - 1;
      if (posting.items[last] === item.number) posting.counts[last] += FIELD[kind];
      else {
        posting.items.push(item.number);
        posting.counts.push(FIELD[kind]);
      }
    });
  };

  // How rare each gram is, and from that the length of each phrase as a vector.
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

  // ---- ranking -------------------------------------------------------------------------------------------------

  // What a gram counts for in likeness, squared; one that the index does not have counts as half of the rarest.
  Engine.prototype.square = function (gram) {
    var posting = this.postings.get(gram);
    return Math.pow(weigh(gram) * (posting ? posting.idf : this.rarest * 0.5), 2);
  };

  // A folded question → its grams; by item the score and the phrase most alike; and how much there was to know.
  Engine.prototype.rank = function (plain) {
    var self = this, grams = this.grams(plain);
    var scores = new Float64Array(this.items.length), shared = new Float64Array(this.phrases.length);
    var touched = [], norm = 0, mass = 0;
    grams.forEach(function (gram) {
      var posting = self.postings.get(gram), square = self.square(gram);
      norm += square;
      mass += weigh(gram) * (posting ? posting.idf : self.rarest);
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
      var own = PHRASE[phrase.kind] * shared[phrase.number] / (norm * phrase.norm);
      if (phrase.plain === plain) own += 0.3;
      if (own > likeness[phrase.item]) {
        likeness[phrase.item] = own;
        phrases[phrase.item] = phrase;
      }
    });
    return { likeness: likeness, phrases: phrases };
  };

  // ---- sounds: pinyin, initials, homophones --------------------------------------------------------------------

  // Letters → the form in which slips sound alike: zh/z, ch/c, sh/s, ng/n, l/n, ü.
  var SLIPS = { zh: 'z', ch: 'c', sh: 's', ng: 'n', l: 'n', v: 'u', 'ü': 'u' };

  function blur(letters) {
    return letters.replace(/[zcs]h|ng(?![aeiouv])|[lvü]/g, function (slip) { return SLIPS[slip]; });
  }

  // Hanzi → its syllables. The common ones stand in GB 2312 in the order of their sounds, so that the browser's own
  // decoder gives them and `runs` need only say how many in a row sound alike.
  function readSounds(tables, more) {
    var sounds = new Map(), at = 0, common = commonHanzi();
    function add(character, syllable) {
      if (sounds.has(character)) sounds.get(character).push(syllable);
      else sounds.set(character, [syllable]);
    }
    tables.runs.split(' ').forEach(function (run) {
      var syllable = run.match(/^[a-z]+/)[0];
      for (var end = at + Number(run.slice(syllable.length)); at < end; at += 1) add(common[at], syllable);
    });
    (tables.sounds + (more ? ',' + more : '')).split(',').forEach(function (entry) {
      var syllable = entry.match(/^[a-z]+/)[0];
      Array.from(entry.slice(syllable.length)).forEach(function (character) { add(character, syllable); });
    });
    SPOKEN.forEach(function (syllable, digit) { sounds.set(String(digit), [syllable]); });
    return sounds;
  }

  function commonHanzi() {
    var bytes = [];
    for (var row = 0xb0; row <= 0xd7; row += 1) {
      for (var cell = 0xa1; cell <= (row < 0xd7 ? 0xfe : 0xf9); cell += 1) bytes.push(row, cell);
    }
    return new TextDecoder('gb2312').decode(new Uint8Array(bytes));
  }

  // The vocabulary: what stands in the site's own phrases, by its sound and by its initials. Made on first need.
  Engine.prototype.vocabulary = function () {
    if (this.words) return this.words;
    var sounds = readSounds(this.tables, this.index.sounds);
    var worth = this.chunkWorth();
    var words = { sounds: sounds, worth: worth, bySound: new Map(), byInitials: new Map(), byStart: new Map() };
    worth.forEach(function (value, chunk) {
      readings(chunk, sounds).forEach(function (way) {
        keep(words.bySound, blur(way.letters), chunk, worth, 1);
        keep(words.byInitials, way.initials, chunk, worth, 3);
      });
      var start = chunk.length + chunk[0];
      if (words.byStart.has(start)) words.byStart.get(start).push(chunk);
      else words.byStart.set(start, [chunk]);
    });
    this.words = words;
    return words;
  };

  // Chunk → how often and how prominently it stands in names and words. A chunk met once counts only as a whole.
  Engine.prototype.chunkWorth = function () {
    var worth = new Map(), whole = new Set();
    function add(chunk, value) { worth.set(chunk, (worth.get(chunk) || 0) + value); }
    this.phrases.forEach(function (phrase) {
      if (phrase.kind === SUMMARY) return;
      var value = phrase.kind === WORD ? 1 : phrase.kind === CATEGORY ? 0.5 : 3;
      phrase.plain.split(' ').forEach(function (segment) {
        if (segment.length > 1 && segment.length <= 12) {
          whole.add(segment);
          add(segment, value);
        }
        var longest = phrase.kind === WORD ? 4 : LONGEST;
        for (var length = 2; length <= longest; length += 1) {
          for (var start = 0; start + length <= segment.length; start += 1) add(segment.substr(start, length), value);
        }
      });
    });
    this.concepts.forEach(function (list) {
      list.forEach(function (one) { if (one.word.length > 1) { whole.add(one.word); add(one.word, 3); } });
    });
    (this.placeNames || []).forEach(function (place) { whole.add(place.word); add(place.word, 4); });
    worth.forEach(function (value, chunk) { if (value < 2 && !whole.has(chunk)) worth.delete(chunk); });
    return worth;
  };

  // The ways to read a chunk: all readings of its characters, four at most; none if a character has no sound.
  function readings(chunk, sounds) {
    var ways = [{ letters: '', initials: '' }];
    for (var i = 0; i < chunk.length; i += 1) {
      var own = sounds.get(chunk[i]);
      if (!own) return [];
      var count = ways.length;
      for (var j = 0; j < count; j += 1) {
        var way = ways[j];
        for (var k = 1; k < own.length && ways.length < 4; k += 1) ways.push(read(way, own[k]));
        ways[j] = read(way, own[0]);
      }
    }
    return ways;
  }

  function read(way, syllable) {
    return { letters: way.letters + syllable, initials: way.initials + syllable[0] };
  }

  // Keep the `most` worthiest chunks of one key, the worthiest first.
  function keep(map, key, chunk, worth, most) {
    var list = map.get(key);
    if (!list) { map.set(key, [chunk]); return; }
    var at = list.length;
    while (at > 0 && worth.get(list[at - 1]) < worth.get(chunk)) at -= 1;
    if (at === most || list.indexOf(chunk) >= 0) return;
    list.splice(at, 0, chunk);
    if (list.length > most) list.pop();
  }

  // A question with letters in it → what it says in hanzi, the likeliest first; none if the letters say nothing.
  Engine.prototype.spell = function (plain) {
    var words = this.vocabulary();
    var joined = plain.replace(/([a-z]) +(?=[a-z])/g, '$1');
    var ways = [this.cover(joined, words)];
    if (!ways[0].whole && joined !== plain) ways.push(this.cover(plain, words));
    ways = ways.filter(function (way) { return way.whole; });
    if (ways.length) return [ways[0].text];
    return this.expandInitials(plain, words);
  };

  // Each run of letters → the words it may be the initials of (or the pinyin, where a neighbour is initials).
  Engine.prototype.expandInitials = function (plain, words) {
    var self = this, texts = [''], known = false;
    (plain.match(/[a-z]+|[^a-z]+/g) || []).forEach(function (part) {
      var choices = [part];
      if (/[a-z]/.test(part)) {
        var covered = self.cover(part, words);
        choices = covered.whole ? [covered.text] : words.byInitials.get(part) || splitInitials(part, words) || [''];
        known = known || choices[0] !== '';
      }
      var next = [];
      choices.forEach(function (choice) { texts.forEach(function (text) { if (next.length < 3) next.push(text + choice); }); });
      texts = next;
    });
    return known ? texts : [];
  };

  // Initials of two words in one run: sbkgs → 社保卡 挂失.
  function splitInitials(part, words) {
    for (var at = part.length - 2; at >= 2; at -= 1) {
      var left = words.byInitials.get(part.slice(0, at)), right = words.byInitials.get(part.slice(at));
      if (left && right) return [left[0] + right[0]];
    }
    return null;
  }

  // Cover a run of hanzi and letters with chunks by sound, at the least cost. `whole`: no letter was left over.
  Engine.prototype.cover = function (text, words) {
    var line = this.line(text, words.sounds);
    var letters = line.letters, size = letters.length;
    var best = [{ cost: 0, text: '', left: 0 }];
    for (var start = 0; start < size; start += 1) {
      var from = best[start];
      if (!from) continue;
      if (line.token[start] !== undefined) { // a hanzi may stand for itself
        offer(best, line.end[start], { cost: from.cost + 0.8, text: from.text + line.token[start], left: from.left });
      }
      offer(best, start + 1, { cost: from.cost + 3, text: from.text, left: from.left + (line.cut[start + 1] ? 1 : 9) });
      for (var end = start + 2; end <= Math.min(size, start + 40); end += 1) {
        if (!line.cut[end]) continue;
        var chunks = words.bySound.get(letters.slice(start, end));
        if (!chunks) continue;
        var cost = 1 + 1 / (1 + words.worth.get(chunks[0])) - chunks[0].length * 0.05;
        offer(best, end, { cost: from.cost + cost, text: from.text + chunks[0], left: from.left });
      }
    }
    var last = best[size] || { text: '', left: 9 };
    return { text: last.text, whole: last.left === 0 && last.text !== '' };
  };

  function offer(best, at, way) {
    if (!best[at] || way.cost < best[at].cost) best[at] = way;
  }

  // Hanzi and letters → one blurred line of letters; where it may be cut, and which hanzi starts and ends where.
  Engine.prototype.line = function (text, sounds) {
    var line = { letters: '', cut: { 0: true }, token: {}, end: {} };
    (text.match(/[a-z]+|[^a-z]/g) || []).forEach(function (part) {
      var start = line.letters.length;
      var hanzi = !/[a-z]/.test(part);
      var own = hanzi ? (sounds.get(part) || ['?'])[0] : part;
      line.letters += blur(own);
      if (hanzi) {
        line.token[start] = part;
        line.end[start] = line.letters.length;
      }
      for (var at = hanzi ? line.letters.length : start; at <= line.letters.length; at += 1) line.cut[at] = true;
    });
    return line;
  };

  // A question in hanzi with wrong characters → the same put right, or null where nothing is plainly wrong.
  Engine.prototype.repair = function (plain) {
    var words = this.vocabulary();
    var fixed = plain.split(' ').map(function (segment) {
      return this.repairOdd(this.repairSound(segment, words), words);
    }, this).join(' ');
    return fixed === plain ? null : fixed;
  };

  // Homophones: the longest stretch that sounds like a chunk and is nearly written like it.
  Engine.prototype.repairSound = function (segment, words) {
    for (var length = Math.min(LONGEST + 2, segment.length); length >= 2; length -= 1) {
      for (var start = 0; start + length <= segment.length; start += 1) {
        var piece = segment.substr(start, length);
        if (words.worth.has(piece) || /[a-z0-9 ]/.test(piece)) continue;
        var ways = readings(piece, words.sounds);
        for (var i = 0; i < ways.length; i += 1) {
          var chunk = (words.bySound.get(blur(ways[i].letters)) || [])[0];
          if (chunk && this.plausible(piece, chunk, words)) {
            segment = segment.slice(0, start) + chunk + segment.slice(start + length);
            break;
          }
        }
      }
    }
    return segment;
  };

  // Whether a chunk that sounds the same was meant: how many characters may differ, and whether they look out of place.
  Engine.prototype.plausible = function (piece, chunk, words) {
    if (chunk.length !== piece.length) return false;
    var wrong = [];
    for (var i = 0; i < piece.length; i += 1) if (piece[i] !== chunk[i]) wrong.push(i);
    if (!wrong.length || wrong.length > (piece.length > 4 ? 2 : 1)) return false;
    if (piece.length > 3) return true;
    if (words.worth.get(chunk) < 4) return false;
    var at = wrong[0], postings = this.postings;
    return [at - 1, at].some(function (from) { return from >= 0 && from + 1 < piece.length && !postings.has(piece.substr(from, 2)); });
  };

  // Any other wrong character: it fits neither neighbour, and with another one between them the stretch is a chunk of
  // four characters or more.
  Engine.prototype.repairOdd = function (segment, words) {
    for (var at = 1; at + 1 < segment.length; at += 1) {
      var fits = this.postings.has(segment.substr(at - 1, 2)) || this.postings.has(segment.substr(at, 2));
      if (!fits && isHanzi(segment[at])) segment = this.replaceOdd(segment, at, words);
    }
    return segment;
  };

  Engine.prototype.replaceOdd = function (segment, at, words) {
    for (var length = LONGEST; length >= 4; length -= 1) {
      for (var start = Math.max(0, at - length + 2); start < at && start + length <= segment.length; start += 1) {
        var head = segment.slice(start, at), tail = segment.slice(at + 1, start + length);
        var found = (words.byStart.get(length + head[0]) || []).filter(function (chunk) {
          return chunk.startsWith(head) && chunk.endsWith(tail);
        });
        if (!found.length) continue;
        found.sort(function (a, b) { return words.worth.get(b) - words.worth.get(a); });
        return segment.slice(0, start) + found[0] + segment.slice(start + length);
      }
    }
    return segment;
  };

  // ---- places --------------------------------------------------------------------------------------------------

  // 清源县 → 清源, where something is left that still is a name.
  function shortName(name) {
    return name.length > 2 ? name.replace(/(族自治县|自治县|自治旗|县|市|区|旗|街道|镇|乡|村|社区)$/, '') : name;
  }

  Engine.prototype.addPlaces = function () {
    var self = this, names = [];
    (this.index.places || []).forEach(function (record, number) {
      var full = self.folder.fold(record[1]), brief = shortName(full);
      names.push({ word: full, number: number, brief: false });
      if (brief !== full && brief.length > 1) names.push({ word: brief, number: number, brief: true });
    });
    this.placeNames = names.sort(function (a, b) { return b.word.length - a.word.length; });
  };

  // The places that a question names, and the question without them. A short name that runs on into a word of the
  // index (新社 in 新社保卡) is none.
  Engine.prototype.locate = function (plain) {
    var found = [], word = null;
    for (var i = 0; i < this.placeNames.length; i += 1) {
      var place = this.placeNames[i], at = plain.indexOf(place.word);
      if (at < 0 || word !== null && place.word !== word) continue;
      var next = plain[at + place.word.length];
      if (place.brief && next && this.postings.has(place.word[place.word.length - 1] + next)) continue;
      word = place.word;
      if (found.indexOf(place.number) < 0) found.push(place.number);
    }
    if (word === null) return { places: [], rest: plain };
    var rest = plain.replace(word, ' ').replace(/ +/g, ' ').trim();
    return { places: found, rest: rest };
  };

  // ---- questions and policies ----------------------------------------------------------------------------------

  // Lines beside the items, [title, …] → the same as a small index of their own.
  Engine.prototype.readLines = function (records) {
    var self = this, lines = { byGram: new Map(), norms: [], records: records };
    records.forEach(function (record, number) {
      var norm = 0;
      self.grams(self.plain(record[0])).forEach(function (gram) {
        norm += self.square(gram);
        if (lines.byGram.has(gram)) lines.byGram.get(gram).push(number);
        else lines.byGram.set(gram, [number]);
      });
      lines.norms[number] = Math.sqrt(norm) || 1;
    });
    return lines;
  };

  // The lines most like the question, best first.
  Engine.prototype.linesLike = function (lines, grams, least, most) {
    var self = this, norm = 0, shared = new Map();
    grams.forEach(function (gram) {
      var square = self.square(gram);
      norm += square;
      (lines.byGram.get(gram) || []).forEach(function (number) { shared.set(number, (shared.get(number) || 0) + square); });
    });
    var found = [];
    shared.forEach(function (sum, number) {
      var likeness = sum / (Math.sqrt(norm) * lines.norms[number]);
      if (likeness >= least) found.push({ record: lines.records[number], likeness: likeness });
    });
    return found.sort(function (a, b) { return b.likeness - a.likeness; }).slice(0, most);
  };

  // ---- asking --------------------------------------------------------------------------------------------------

  var ENOUGH = 0.42; // of what the question says, how much the best item must know …
  var PLENTY = 26; // … or how high it must score
  var MOST = 10;

  // A question → { items: [{ item, score, phrase, grams }], sure, repaired, places, questions, policies }.
  // `sure` is false where no item really fits; `repaired` is what was searched in the place of what was typed.
  Engine.prototype.ask = function (text) {
    var plain = this.plain(text);
    if (!plain) return { items: [], sure: false, repaired: null, places: [], questions: [], policies: [] };
    var typed = /[a-z]/.test(plain) ? this.spell(plain) : [];
    var where = this.locate(typed[0] || plain);
    var fixed = typed.length || !where.rest ? null : this.repair(where.rest);
    var read = typed.length ? typed.map(function (one) { return this.locate(one).rest; }, this) : [where.rest];
    var ranked = (fixed ? [fixed, where.rest] : read).filter(Boolean).map(this.rank, this);
    if (!ranked.length) return { items: [], sure: true, repaired: null, places: where.places, questions: [], policies: [] };
    var items = this.merge(ranked);
    var first = ranked[0];
    return {
      items: items.slice(0, MOST),
      sure: items.length > 0 && this.fits(items[0], ranked),
      repaired: fixed || typed[0] || null,
      places: where.places,
      questions: this.linesLike(this.questions, first.grams, 0.3, 4),
      policies: this.linesLike(this.policies, first.grams, 0.45, 3)
    };
  };

  // The readings of a question, the likeliest first → one list of items; a later reading counts a little less.
  Engine.prototype.merge = function (ranked) {
    var found = [];
    for (var number = 0; number < this.items.length; number += 1) {
      var score = 0, from = null;
      for (var i = 0; i < ranked.length; i += 1) {
        var own = ranked[i].scores[number] * Math.pow(0.9, i);
        if (own > score) { score = own; from = ranked[i]; }
      }
      if (from) found.push({ item: this.items[number], score: score, phrase: from.phrases[number], from: from });
    }
    found.sort(function (a, b) { return b.score - a.score || a.item.number - b.item.number; });
    var least = found.length ? found[0].score * 0.12 : 0;
    return found.filter(function (one) { return one.score >= least; });
  };

  // Whether the best item really is about what was asked.
  Engine.prototype.fits = function (best) {
    var known = 0, postings = this.postings, number = best.item.number;
    best.from.grams.forEach(function (gram) {
      var posting = postings.get(gram);
      if (posting && posting.items.indexOf(number) >= 0) known += posting.weight * posting.idf;
    });
    return known / best.from.mass >= ENOUGH || best.score >= PLENTY;
  };

  // Where a text shares something with the question: [start, end) of its own characters, for marks.
  Engine.prototype.marks = function (text, grams) {
    var characters = Array.from(text), marked = [], spans = [], self = this;
    var folded = characters.map(function (one) { return self.folder.character(one > '\u3400' ? one : one.normalize('NFKC').toLowerCase()[0]); });
    folded.forEach(function (one, at) {
      if (at + 1 < folded.length && grams.has(one + folded[at + 1])) marked[at] = marked[at + 1] = true;
    });
    this.findConcepts(folded.join('')).forEach(function (one) {
      if (grams.has(one.concept)) for (var at = one.start; at < one.end; at += 1) marked[at] = true;
    });
    characters.forEach(function (_, at) {
      if (!marked[at]) return;
      var last = spans[spans.length - 1];
      if (last && last[1] === at) last[1] = at + 1;
      else spans.push([at, at + 1]);
    });
    return spans;
  };

  var api = { build: function (index, tables) { return new Engine(index, tables); } };
  if (typeof module !== 'undefined' && module.exports) module.exports = api;
  else root.gkdirSearch = api;
})(this);
