// What was typed with a wrong character → the word of the site that was meant. Careful rather than clever: it offers
// only words that the site uses as words, and never touches one that it knows or that is grave. docs/search.md says why.
// Touches no page.
(function (search) {
  'use strict';
  var SHORTEST = 3, LONGEST = 8; // characters of a stretch that is repaired at once; any two sound like some other two
  var COMMON = 3; // worth of a word that a short or odd stretch is taken for
  // Words of loss, illness and violence, and of what is hard to say, which the site itself need not use: whoever types
  // one means it, and nobody who did not is asked back with one.
  var GRAVE = [
    '去世 过世 离世 逝世 辞世 去逝 病逝 病故 身故 亡故 已故 身亡 死亡 走了 没了 没啦 不在了 工亡 殉职 牺牲 遇难 遇害 猝死 死 亡 逝 杀 尸 坟',
    '自杀 自残 轻生 想不开 不想活 活不下去 活不了 寻死 跳楼 割腕 上吊 喝药 丧事 丧偶 丧夫 丧妻 丧子 奔丧 葬礼 火化 骨灰 墓地 上坟 遗体 遗产 遗嘱',
    '孤寡 守寡 寡妇 失独 残废 截肢 瘫痪 失明 聋哑 毁容 植物人 癌 疯 肿瘤 白血病 尿毒症 绝症 病危 病重 化疗 透析 中风 脑梗 心梗 出血 抑郁',
    '精神病 痴呆 艾滋病 乙肝 梅毒 性病 怀孕 流产 难产 强奸 性侵 骚扰 家暴 虐待 打人 挨打 被打 被骂 霸凌 欠薪 讨薪 坐牢 服刑 判刑 吸毒 戒毒',
    '失踪 失联 走失 车祸 中毒 烧伤 烫伤 触电 溺水 爆炸 坠落 离婚'
  ].join(' ').split(' ');
  // Words that stay as well, but may be what was meant: of our own papers, and of other offices that sound like ours.
  var STAYING = '丧 葬 残 遗属 遗孀 孤儿 丧葬 伤残 残疾 致残 重残 重病 大病 因公 因工 工商登记 工商注册 工商局 工商所 新农合 扶养费 高等院校 法律咨询'.split(' ');
  var PARTICLES = /[个了的不没要给把被和在就都也很吗呢吧啊呀去来上下有是我你您他她它这那什么]/; // stand between any two words

  // words: Map of those that may be offered → how often and how prominently they stand in the site; kept: words that
  // stay as they are; sounds: a search.Sounds; known: whether the index knows a character or a pair.
  function Repair(words, kept, sounds, known) {
    this.words = words;
    this.sounds = sounds;
    this.known = known;
    this.kept = byFirst(GRAVE.concat(STAYING, Array.from(kept)));
    this.bySound = null; // these two are made on first need: most questions are right
    this.starts = null;
  }

  // Whether a word would say to somebody what nobody wrote.
  function unasked(piece, word) {
    return GRAVE.some(function (grave) { return word.indexOf(grave) >= 0 && piece.indexOf(grave) < 0; });
  }

  // Words → by first character, the longest first.
  function byFirst(words) {
    var table = new Map();
    words.forEach(function (word) {
      if (table.has(word[0])) table.get(word[0]).push(word);
      else table.set(word[0], [word]);
    });
    table.forEach(function (list) { list.sort(function (a, b) { return b.length - a.length; }); });
    return table;
  }

  // A folded question with wrong characters → the same put right, or null where nothing is plainly wrong.
  Repair.prototype.of = function (plain) {
    var fixed = plain.split(' ').map(function (segment) {
      return this.odd(this.homophones(segment));
    }, this).join(' ');
    return fixed === plain ? null : fixed;
  };

  // Which characters of a segment belong to a word that stays.
  Repair.prototype.staying = function (segment) {
    var stays = [];
    for (var start = 0; start < segment.length; start += 1) {
      var word = (this.kept.get(segment[start]) || []).find(function (one) { return segment.startsWith(one, start); });
      for (var at = start; word && at < start + word.length; at += 1) stays[at] = true;
    }
    return stays;
  };

  // ---- characters that sound the same --------------------------------------------------------------------------

  // The longest stretches that sound like a word and are nearly written like it.
  Repair.prototype.homophones = function (segment) {
    var stays = this.staying(segment);
    for (var length = Math.min(LONGEST, segment.length); length >= SHORTEST; length -= 1) {
      for (var start = 0; start + length <= segment.length; start += 1) {
        var word = this.homophone(segment, start, length, stays);
        if (!word) continue;
        segment = segment.slice(0, start) + word + segment.slice(start + length);
        for (var at = start; at < start + length; at += 1) stays[at] = true;
      }
    }
    return segment;
  };

  // Whether the character at one end of a stretch may be wrong: it is not where what stands beside it is no word, so that
  // the two may belong together (进修 in 失业进修).
  Repair.prototype.loose = function (segment, start, length, at) {
    var words = this.words, text = at ? segment.slice(start + length) : segment.slice(0, start);
    if (at && at < length - 1 || !text || PARTICLES.test(at ? text[0] : text[text.length - 1])) return true;
    for (var size = 2; size <= Math.min(6, text.length); size += 1) {
      if (words.has(at ? text.slice(0, size) : text.slice(-size))) return true;
    }
    return false;
  };

  Repair.prototype.homophone = function (segment, start, length, stays) {
    var piece = segment.substr(start, length), self = this;
    if (this.words.has(piece) || /[a-z0-9]/.test(piece)) return null;
    if (!this.bySound) {
      var long = Array.from(this.words.keys()).filter(function (word) { return word.length >= SHORTEST; });
      this.bySound = this.sounds.table(long, 3, search.sound);
    }
    var ways = search.readings(piece, this.sounds.sounds);
    for (var i = 0; i < ways.length; i += 1) {
      var word = (this.bySound.get(search.sound(ways[i])) || []).find(function (one) {
        return self.plausible(piece, one) && self.wrong(piece, one).every(function (at) {
          return !stays[start + at] && self.loose(segment, start, length, at);
        });
      });
      if (word) return word;
    }
    return null;
  };

  // Where two stretches of one length differ.
  Repair.prototype.wrong = function (piece, word) {
    var wrong = [];
    for (var i = 0; i < piece.length; i += 1) if (piece[i] !== word[i]) wrong.push(i);
    return wrong;
  };

  // Whether a word that sounds the same was meant: few characters differ, and these look out of place: in a short stretch
  // beside both their neighbours, in a longer one beside one of them.
  Repair.prototype.plausible = function (piece, word) {
    if (word.length !== piece.length || unasked(piece, word)) return false;
    var wrong = this.wrong(piece, word);
    if (!wrong.length || wrong.length > (piece.length > 4 ? 2 : 1)) return false;
    if (piece.length <= SHORTEST && this.words.get(word) < COMMON) return false;
    return wrong.every(function (at) {
      var strange = [at - 1, at].filter(function (from) {
        return from >= 0 && from + 1 < piece.length && !this.known(piece.substr(from, 2));
      }, this).length;
      return strange >= (piece.length <= SHORTEST && at > 0 && at + 1 < piece.length ? 2 : 1);
    }, this);
  };

  // ---- any other wrong character -------------------------------------------------------------------------------

  // It fits neither neighbour, and with another one between them the stretch is a word of five characters or more; of
  // four where the site has no such character at all.
  Repair.prototype.odd = function (segment) {
    var stays = this.staying(segment);
    for (var at = 1; at + 1 < segment.length; at += 1) {
      var fits = this.known(segment.substr(at - 1, 2)) || this.known(segment.substr(at, 2));
      if (!fits && !stays[at] && search.isHanzi(segment[at]) && !PARTICLES.test(segment[at])) segment = this.replaced(segment, at);
    }
    return segment;
  };

  Repair.prototype.replaced = function (segment, at) {
    var words = this.words, least = this.known(segment[at]) ? 5 : 4;
    for (var length = LONGEST; length >= least; length -= 1) {
      for (var start = Math.max(0, at - length + 2); start < at && start + length <= segment.length; start += 1) {
        var head = segment.slice(start, at), tail = segment.slice(at + 1, start + length);
        if (!this.loose(segment, start, length, at - start)) continue;
        var found = this.startingWith(length, head[0]).filter(function (word) {
          if (words.get(word) < COMMON || !word.startsWith(head) || !word.endsWith(tail)) return false;
          return !unasked(head + tail, word);
        });
        if (!found.length) continue;
        found.sort(function (a, b) { return words.get(b) - words.get(a); });
        return segment.slice(0, start) + found[0] + segment.slice(start + length);
      }
    }
    return segment;
  };

  // Words of that many characters that begin with that one.
  Repair.prototype.startingWith = function (length, character) {
    if (!this.starts) {
      var starts = this.starts = new Map();
      this.words.forEach(function (_, word) {
        var start = word.length + word[0];
        if (starts.has(start)) starts.get(start).push(word);
        else starts.set(start, [word]);
      });
    }
    return this.starts.get(length + character) || [];
  };

  search.Repair = Repair;
})(window.gkdirSearch = window.gkdirSearch || {});
