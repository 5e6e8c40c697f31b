/* From a query to the places that it finds, best first. */
"use strict";
const Ranked = (({ entries }, language) => {
  const { texts } = Said;
  const FIELDS = {
    title: [4, 8], number: [4, 3], names: [2, 6], said: [1, 50], quoted: [1, 10], where: [0.5, 4] };
  const LIKELY = {
    method: 2, guide: 1, document: 1.5, figure: 1.2, claim: 1.2, page: 1.2, table: 0.6 };
  const stems = (text) => Stems.stems(text, language);
  let built;

  /* Made when it is first asked for: the page is seen before. */
  const places = () => (built ??= new Places(
    entries, FIELDS, (entry, name) => texts(entry, name).join("\n"), stems));

  const NUMBER = /^[0-9%]/;
  const never = () => false;

  /* The word that is being typed stands for all that begin so, any other for one with an ending
     more, which its stem may have lost ("виз", "визит"); a misspelt one for one written alike. */
  const begun = (last) => (other, word, place) => (
    word.length > 2 && !NUMBER.test(word) && other.startsWith(word)
    && (place === last || other.length < word.length + 4));
  const alike = (other, word) => !NUMBER.test(word) && Places.alike(other, word);

  const sequence = (text) => ` ${stems(text).join(" ")} `;

  /* How much better a place fits whose title, number or sentence has the words in their order. */
  function closeness(entry, wanted) {
    const title = sequence(entry.title);
    if (title === wanted || sequence(entry.number || "") === wanted) return 8;
    if (title.includes(wanted)) return 2.5;
    const parts = ["number", "said", "quoted"].flatMap((name) => texts(entry, name));
    return wanted.trim().includes(" ") && sequence(parts.join("\n")).includes(wanted) ? 2 : 1;
  }

  /* With "1 250" as one number; or all words; or some of them; or one that is written alike. */
  function search(query) {
    const joined = query.replace(/([0-9]) (?=[0-9]{3}(?![0-9]))/g, "$1\u00a0");
    const ways = [
      ["found", joined, true, begun], ["found", query, true, begun],
      ["some", query, false, () => never], ["alike", query, false, () => alike]];
    for (const [how, text, all, also] of ways) {
      const wanted = stems(text);
      const results = places().search(wanted, { all, also: also(wanted.length - 1) });
      if (results.length) return { how, results: ranked(results, text) };
    }
    return { how: "nothing", results: [] };
  }

  function ranked(results, query) {
    const wanted = sequence(query);
    const worth = ({ id, score }) => (
      score * closeness(entries[id], wanted) * (LIKELY[entries[id].kind] || 1));
    return results.map((result) => ({
      id: result.id, entry: entries[result.id], terms: result.words, score: worth(result) }))
      .sort((a, b) => b.score - a.score || a.id - b.id);
  }

  return { search, places };
})(SEARCH, document.documentElement.lang);
