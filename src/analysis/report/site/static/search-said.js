/* What of a place is shown for a query: the sentence with most of its words, and these marked. */
"use strict";
const Said = ((language) => {
  // a stop behind a letter or two, as in "J.", ends none
  const SENTENCE = /[^\n]*?[\p{L}\p{N})”»"%]{3}[.?!…]+(?=\s+[^\s\p{Ll}])|[^\n]+/gu;

  const texts = (entry, name) => [].concat(entry[name] ?? []);

  function made(tag, given, ...parts) {
    const element = Object.assign(document.createElement(tag), given);
    element.append(...parts);
    return element;
  }

  /* A text with the words found in it marked. */
  function marked(text, terms) {
    const parts = [];
    let done = 0;
    for (const word of Stems.words(text)) {
      if (!terms.has(Stems.stem(word[0], language))) continue;
      parts.push(text.slice(done, word.index), made("mark", {}, word[0]));
      done = word.index + word[0].length;
    }
    return [...parts, text.slice(done)];
  }

  const sentences = (text) => text.match(SENTENCE) || [text];

  /* The sentence with most of the words found, cut around the first of them if it is long. */
  function snippet(entry, terms) {
    const count = (text) => new Set(
      Stems.stems(text, language).filter((each) => terms.has(each))).size;
    const all = ["said", "quoted"].flatMap((name) => texts(entry, name).flatMap(sentences)
      .map((text) => ({ text: text.trim(), quoted: name === "quoted", count: count(text) })));
    const best = all.reduce((a, b) => (b.count > a.count ? b : a), { text: "", count: -1 });
    return { ...best, text: cutAround(best.text, terms) };
  }

  function cutAround(text, terms) {
    const first = Stems.words(text).find((word) => terms.has(Stems.stem(word[0], language)));
    const from = first && first.index > 200 ? text.lastIndexOf(" ", first.index - 80) + 1 : 0;
    const end = text.length > from + 280 ? text.lastIndexOf(" ", from + 280) : text.length;
    return (from ? "… " : "") + text.slice(from, end) + (end < text.length ? " …" : "");
  }

  return { texts, made, marked, snippet };
})(document.documentElement.lang);
