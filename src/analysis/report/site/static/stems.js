/* Words cut to stems as `analysis.language.stems` cuts them, by the same table; and what a query
   finds in a text. `stems-data.js` comes before: the table, and the stemmers of Snowball. */
"use strict";
const Stems = (() => {
  const { words: patterns, same, kazakh } = STEM_TABLE;
  const snowball = { english: new EnglishStemmer(), russian: new RussianStemmer() };
  const word = new RegExp(patterns.join("|"), "gi");
  const group = /^[1-9][0-9]{0,2}(?:[,\u00a0\u202f][0-9]{3})+(?![0-9])/;
  const split = (text) => text.split(" ").filter(Boolean);
  const bases = new Set(split(kazakh.bases));
  const neutral = new Set(kazakh.neutral);
  const endings = kazakh.endings.flatMap((row) => split(row.cut).map(
    (ending) => ({ ending, after: split(row.after), unless: split(row.unless || "") })));
  const byLetter = {}; // the last of an ending
  for (const each of endings) (byLetter[each.ending.at(-1)] ??= []).push(each);
  const read = new WeakMap();
  const known = { en: new Map(), ru: new Map(), kk: new Map() };

  /* Where the words and numbers of a text are: a list of matches. */
  const words = (text) => Array.from(text.matchAll(word));

  const stems = (text, language) => words(text).map((found) => stem(found[0], language));

  function stem(text, language) {
    const cuts = known[language];
    let found = cuts.get(text);
    if (found === undefined) {
      found = cut(folded(text), language);
      found = Object.hasOwn(same, found) ? same[found] : found;
      cuts.set(text, found);
    }
    return found;
  }

  function folded(text) {
    const small = text.toLowerCase();
    if (/^[0-9]/.test(small)) return number(small.split("-")[0]);
    if (small > "\u024f") return small.replaceAll("ё", "е");
    return small.replaceAll("’", "'").replace(/[ \u00a0]/g, "").normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "");
  }

  function number(text) {
    const whole = (text.match(group) || [""])[0];
    return whole.replace(/[,\u00a0\u202f]/g, "") + text.slice(whole.length).replaceAll(",", ".");
  }

  function cut(said, language) {
    if (said < "Ѐ" || said > "ӿ\uffff") {
      return /^[a-z]/.test(said) ? long(snowball.english.stemWord(said), said) : said;
    }
    const own = Array.from(said).some((letter) => kazakh.letters.includes(letter));
    if (language === "kk" || own) return kazakhStem(said);
    return long(snowball.russian.stemWord(said), said);
  }

  /* A stem of one or two letters says too little: the word stays. */
  const long = (found, said) => (found.length < 3 ? said : found);

  function kazakhStem(said) {
    let before = said, shorter = withoutEnding(said);
    while (shorter !== before) [before, shorter] = [shorter, withoutEnding(shorter)];
    const last = before.at(-1);
    const hard = before.slice(0, -1) + (kazakh.hardened[last] || last);
    return hard.at(-1) === hard.at(-2) ? hard.slice(0, -1) : hard;
  }

  function withoutEnding(given) {
    const said = kazakh.irregular[given] || given;
    if (bases.has(said)) return said;
    const found = [];
    for (const { ending, after, unless } of byLetter[said.at(-1)] ?? []) {
      const rest = said.slice(0, -ending.length);
      if (!said.endsWith(ending) || !endsInOne(rest, after)) continue;
      if (bases.has(rest) || (isWord(rest, ending) && !endsInOne(rest, unless))) found.push(rest);
    }
    found.sort((a, b) => a.length - b.length);
    return found.find((rest) => bases.has(rest)) || found[0] || said;
  }

  const endsInOne = (text, parts) => parts.some((part) => text.endsWith(part));

  function isWord(rest, ending) {
    const last = Array.from(rest).findLast((letter) => kazakh.vowels.includes(letter));
    if (rest.length < 3 || !last) return false;
    return neutral.has(ending) || !kind(last) || kind(last) === kind(ending);
  }

  function kind(text) {
    const first = Array.from(text).find(
      (letter) => kazakh.back.includes(letter) || kazakh.front.includes(letter));
    return first && (kazakh.back.includes(first) ? "back" : "front");
  }

  /* What a query is compared with: the stems of a text, and its words for a half-typed one. */
  function indexed(text, language) {
    const said = words(text).map((found) => folded(found[0]));
    return { stems: new Set(stems(text, language)), said: ` ${said.join(" ")}` };
  }

  /* Returns whether each word of a query is in an indexed text, in any form, or begins a word. */
  function finder(query, language) {
    const wanted = words(query).map(([found]) => ({
      stem: stem(found, language), begun: /^[0-9%]/.test(found) ? "" : folded(found) }));
    return (text) => wanted.every((each) => text.stems.has(each.stem)
      || (each.begun.length > 2 && text.said.includes(` ${each.begun}`)));
  }

  /* The same for elements of a page; each is read once, and nothing is without a query. */
  function filter(query, language = document.documentElement.lang) {
    const finds = finder(query, language);
    const known = (element) => {
      if (!read.has(element)) read.set(element, indexed(readable(element), language));
      return read.get(element);
    };
    return (element) => !query.trim() || finds(known(element));
  }

  /* The text of an element as its reader sees it: without names for machines and without labels. */
  function readable(element) {
    const copy = element.cloneNode(true);
    for (const part of copy.querySelectorAll("code, dt, script")) part.remove();
    return copy.textContent;
  }

  return { words, stem, stems, folded, indexed, finder, filter };
})();
