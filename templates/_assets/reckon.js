// 算一算: the forms over the printed tables. Parameters come from the page (data-parameters: months as ordinals,
// money in 分); every word stands in the page; nothing is sent anywhere. The same arithmetic as src/gkdir/reckoning.
(function () {
  'use strict';
  var MONTHS = 12;

  function quotient(number, divisor) { return (number - number % divisor) / divisor; }
  function part(amount, divisor) { return quotient(2 * amount + divisor, 2 * divisor); } // half up, in whole numbers
  function share(amount, percent) { return part(amount * percent, 100); }

  function two(number) { return (number < 10 ? '0' : '') + number; }
  function month(ordinal) { return quotient(ordinal, MONTHS) + '-' + two(ordinal % MONTHS + 1); }

  var RECKON = {
    retirement: function (said, rules) {
      var career = rules.careers[said.career];
      var birth = said.year * MONTHS + said.month - 1;
      var since = birth - career.first;
      var delay = since < 0 ? 0 : Math.min(career.cap, quotient(since, career.step) + 1);
      var original = birth + career.age * MONTHS;
      var date = original + delay;
      var minimum = rules.minimum;
      var rises = Math.max(0, quotient(date, MONTHS) - minimum.rising + 1);
      var least = Math.min(minimum.cap, minimum.months + minimum.step * rises);
      var age = career.age * MONTHS + delay;
      return {
        date: month(date),
        delay: delay,
        age_years: quotient(age, MONTHS),
        age_months: age % MONTHS,
        earliest: delay ? month(Math.max(original, date - rules.flexible)) : null,
        latest: month(date + rules.flexible),
        least_years: quotient(least, MONTHS),
        least_months: least % MONTHS
      };
    },

    unemployment: function (said, rules) {
      var paid = said.years * MONTHS + said.months;
      var own = 0;
      rules.tiers.forEach(function (tier) { if (paid >= tier[0]) own = Math.max(own, tier[1]); });
      var months = Math.min(rules.together, own + said.left);
      if (rules.monthly === null || !months) return { months: months, monthly: null, later: null, total: null };
      var later = rules.later !== null && months > MONTHS ? rules.later : null;
      var first = later === null ? months : MONTHS;
      var total = rules.monthly * first + (later || 0) * (months - first);
      return { months: months, monthly: rules.monthly, later: later, total: total };
    },

    injury: function (said, rules) {
      var grade = Number(said.grade);
      var wage = said.wage;
      if (rules.average !== null) {
        wage = Math.min(Math.max(wage, share(rules.average, rules.floor)), share(rules.average, rules.ceiling));
      }
      var percent = grade <= rules.allowance.length ? rules.allowance[grade - 1] : null;
      var own = percent === null ? null : share(wage, percent);
      var topped = own !== null && rules.minimum !== null && own < rules.minimum;
      var care = rules.care[said.care] || null;
      return {
        months: rules.lump[grade - 1],
        wage: wage,
        raised: wage > said.wage,
        lowered: wage < said.wage,
        lump: wage * rules.lump[grade - 1],
        percent: percent,
        allowance: topped ? rules.minimum : own,
        topped: topped,
        care_percent: care,
        care: care !== null && rules.average !== null ? share(rules.average, care) : null
      };
    },

    pension: function (said, rules) {
      var account = part(said.balance, rules.divisor);
      if (rules.basic === null) return { account: account, basic: null, extra: null, total: null };
      var beyond = Math.max(0, (said.years || 0) - rules.years);
      var extra = rules.extra && beyond ? rules.extra * beyond : null;
      return { account: account, basic: rules.basic, extra: extra, total: account + rules.basic + (extra || 0) };
    }
  };

  // What was typed → a number, or null where it is none. Full-width digits, commas, blanks and units are let pass.
  function plain(text) { return text.normalize('NFKC').replace(/[\s,，、年月个個元]/g, ''); }

  var TAKE = {
    whole: function (text) { return /^\d{1,4}$/.test(text) ? Number(text) : null; },
    money: function (text) {
      var match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text);
      return match ? Number(match[1]) * 100 + Number(((match[2] || '') + '00').slice(0, 2)) : null;
    }
  };

  function take(input) {
    var text = plain(input.value);
    if (!text && input.hasAttribute('data-optional')) return 0;
    var number = TAKE[input.getAttribute('data-kind')](text);
    var least = Number(input.getAttribute('data-least')), most = Number(input.getAttribute('data-most'));
    return number !== null && number >= least && number <= most ? number : null;
  }

  function chosen(form, input) {
    if (input.type !== 'radio') return input.options[0].value === '' && !input.value ? null : input.value;
    var one = form.querySelector('input[name="' + input.name + '"]:checked');
    return one ? one.value : null;
  }

  var AS = {
    number: String,
    month: function (value) { return value.slice(0, 4) + '年' + Number(value.slice(5)) + '月'; },
    money: function (value) {
      var whole = String(quotient(value, 100)).replace(/\B(?=(\d{3})+$)/g, ',');
      return value % 100 ? whole + '.' + two(value % 100) : whole;
    }
  };

  function show(box, result) {
    box.querySelectorAll('[data-slot]').forEach(function (slot) {
      var value = result[slot.getAttribute('data-slot')];
      slot.value = value === null ? '' : String(value);
      slot.textContent = value === null ? '' : AS[slot.getAttribute('data-kind')](value);
    });
    box.querySelectorAll('[data-when]').forEach(function (line) { line.hidden = !result[line.getAttribute('data-when')]; });
    box.querySelectorAll('[data-unless]').forEach(function (line) { line.hidden = !!result[line.getAttribute('data-unless')]; });
    box.hidden = false;
  }

  document.querySelectorAll('form[data-reckon]').forEach(function (form) {
    var reckon = RECKON[form.getAttribute('data-reckon')];
    var rules = JSON.parse(form.getAttribute('data-parameters'));
    var answer = document.querySelector('[data-answer]');
    var inputs = Array.prototype.filter.call(form.querySelectorAll('[data-kind]'), function (input) { return input.id; });

    function mark(input, wrong) {
      document.getElementById(input.id + '-error').hidden = !wrong;
      form.querySelectorAll('[name="' + input.name + '"]').forEach(function (one) {
        if (wrong) one.setAttribute('aria-invalid', 'true');
        else one.removeAttribute('aria-invalid');
      });
    }

    form.addEventListener('submit', function (event) {
      event.preventDefault();
      var said = {}, first = null;
      inputs.forEach(function (input) {
        var value = input.getAttribute('data-kind') === 'choice' ? chosen(form, input) : take(input);
        mark(input, value === null);
        if (value === null) first = first || input;
        else said[input.name] = /^\d+$/.test(value) ? Number(value) : value;
      });
      answer.hidden = true;
      if (first) { first.focus(); return; }
      show(answer, reckon(said, rules));
      answer.parentNode.scrollIntoView({ block: 'nearest' });
    });

    // An answer never stands beside other numbers than those it was reckoned from.
    form.addEventListener('input', function (event) {
      answer.hidden = true;
      var input = inputs.filter(function (one) { return one.name === event.target.name; })[0];
      if (input) mark(input, false);
    });

    form.hidden = false;
  });
})();
