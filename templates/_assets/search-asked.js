// What a question is besides its words: the number of an item, a year of birth, another office's affair; and the
// asker's own sentence with only the wrong characters put right. Touches no page.
(function (search) {
  'use strict';
  var NUMBER = /^(.*?)(\d{1,2}(?:[-.．·]\d{1,2}){1,2})(.*)$/; // 6-4, as it stands in an address, is 6.4
  var AROUND = /本页|编号|事项|目录|[号第项条\s:：,，。?？、]/g; // what people write around a number
  // A year of birth, 生于1970年9月 or 1970年9月生, and the month if it is told.
  var BORN = /(?:生于|出生[于在]?|born in) ?(\d{4})年?(?:(\d\d?)月)?|(19[2-9]\d|20[01]\d|(?:^|\D)[3-9]\d) ?年?(?: ?(\d\d?) ?月?(?:\d+[日号])?)?(?=[^\d年退]{0,4}[生的人属])/;
  var RETIRING = /退|retire|养老|多大|几岁|[上干做]几年|几年班|[上干做]到/;
  var FARMING = /农村|农民|农业|种地|种田|居民|没工作|没有工作|无业/;
  var RETIREMENT = 'reckon/retirement/';
  var KEEPING = /(?:不想|不要|不愿意?|不能|别)(?:再|被|给我|把我的?)*(?:暂停|停发|停掉|停)|被(?:暂停|停发|停掉|停)了?/g;
  var CLOSE = 6; // characters between the two parts of what people say
  var SHORT = 8, FEW = 2; // characters of a question that is asked back, and of these that may be other ones
  var GENERAL = /申请|办理|提取|报名|登记|材料|手续|条件|标准|政策|咨询|电话/g; // what is said of anybody's affairs

  // A question → the items of that number: of the domain that is named with it, in full or as 社保, or of all; none if
  // it says more.
  search.numbered = function (question, items) {
    var found = NUMBER.exec(question.normalize('NFKC').trim());
    if (!found) return [];
    var number = '/' + found[2].replace(/[-．·]/g, '.'), label = (found[1] + found[3]).replace(AROUND, '');
    return items.filter(function (item) {
      if (item.id.slice(-number.length) !== number) return false;
      var domain = item.category.split(' · ')[0];
      return Array.from(label).every(function (one) { return domain.indexOf(one) >= 0; });
    });
  };

  // A folded question → { filled, rest }, what the calculator is filled in with: who asks for the retirement of somebody born then; null if nobody does.
  search.born = function (plain) {
    var found = BORN.exec(plain);
    if (!found || !RETIRING.test(plain) || FARMING.test(plain)) return null;
    var year = Number((found[1] || found[3]).replace(/\D/g, '')), month = Number(found[2] || found[4]);
    var career = /女干部/.test(plain) ? 'woman55' : /女工/.test(plain) ? 'woman50' : /男/.test(plain) && !/女/.test(plain) ? 'man' : '';
    return {
      filled: '#year=' + (year < 100 ? 1900 + year : year) + (month > 0 && month < 13 ? '&month=' + month : '') + (career && '&career=' + career),
      rest: plain.replace(found[0], ' ').replace(/退休?|多大|几岁/g, ' ') + ' 退休 退休年龄'
    };
  };

  // A folded question in which whoever does not want a thing stopped, or whose was stopped, asks for it to go on:
  // neither 不想停养老金 nor 养老金被停了 is 停养老金.
  search.turned = function (plain) { return plain.replace(KEEPING, '恢复'); };

  // Lines beside the items → each as [title, path, note], also policies: [title, number of the item, note with * for it],
  // and questions of a guide: [[title, …], number of the item, section].
  search.expanded = function (records, items) {
    var lines = [];
    records.forEach(function (record) {
      var item = items[record[1]], section = record[2];
      if (!item) lines.push(record);
      else if (typeof section === 'string') lines.push([record[0], item.path + '#directory', section.replace('*', item.title)]);
      else record[0].forEach(function (title) {
        lines.push([title, item.path + '#s' + Math.abs(section) + (section > 0 ? '-' + slug(title) : ''), item.title]);
      });
    });
    return lines;
  };

  // The id that a heading has in a guide; search/index.py has the same.
  function slug(heading) {
    return heading.normalize('NFKC').replace(/[^0-9A-Za-z_\s\u3400-\u9fff-]/g, '').trim().toLowerCase().replace(/[-\s]+/g, '-');
  }

  // The calculator of retirement among the ways in, filled in.
  search.retiring = function (ways, born) {
    return ways.filter(function (way) { return way[1].indexOf(RETIREMENT) === 0; }).map(function (way) {
      return [way[0], way[1] + born.filled, way[2], way[3]];
    });
  };

  // A folded question → the longest words in it of what other offices do, as { word, record }; or null. Of “欠…工资”
  // the second part follows the first closely.
  search.elsewhere = function (plain, records, fold) {
    var best = null;
    records.forEach(function (record) {
      record[0].split('|').forEach(function (words) {
        var parts = words.split('…').map(fold), start = plain.indexOf(parts[0]), end = start + parts[0].length;
        if (start < 0) return;
        if (parts[1]) {
          var next = plain.indexOf(parts[1], end);
          if (next < 0 || next - end > CLOSE) return;
          end = next + parts[1].length;
        }
        if (!best || end - start > best.word.length) best = { word: plain.slice(start, end), record: record };
      });
    });
    return best;
  };

  // Whether those words are all, or most, that the question is about.
  search.mostly = function (word, plain) {
    var rest = plain.replace(word, '').replace(GENERAL, '').replace(/[ 的了我吗呢办]/g, '');
    return rest.length < 2 || rest.length < word.length;
  };

  // The question as it was typed, with the characters in which `fixed` differs from `plain`, its folded form without
  // chatter; null where that is a long question or changes much of it.
  search.corrected = function (question, plain, fixed, text) {
    var characters = Array.from(question), folded = characters.map(function (one) { return text.character(one); }).join('');
    var changed = 0, at = 0;
    if (plain.length !== fixed.length || plain.replace(/ /g, '').length > SHORT) return null;
    var segments = plain.split(' '), others = fixed.split(' ');
    for (var i = 0; i < segments.length; i += 1) {
      var start = folded.indexOf(segments[i], at);
      if (start < 0) return null;
      for (var j = 0; j < segments[i].length; j += 1) {
        if (segments[i][j] === others[i][j]) continue;
        characters[start + j] = others[i][j];
        changed += 1;
      }
      at = start + segments[i].length;
    }
    return changed && changed <= FEW ? characters.join('') : null;
  };
})(window.gkdirSearch = window.gkdirSearch || {});
