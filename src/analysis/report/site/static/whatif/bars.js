/* A printed share as a bar: the head-counts that print so, and how far chance alone would reach. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const { number, percent, say, people, make, tag } = whatIf.words;

  /* The least and the greatest count, share and limit over the possible sizes of a base; or null. */
  function range(claims, name, level) {
    const sizes = claims.base(claims.get(name));
    const found = sizes.map((n) => ({ n, counts: claims.shareCounts(name, n) })).filter((each) => each.counts);
    if (!found.length) return null;
    const least = (of) => Math.min(...found.map(of)), most = (of) => Math.max(...found.map(of));
    const limits = found.map(({ n, counts }) => whatIf.counts.wilsonBounds(counts, n, level));
    return {
      counts: [least(({ counts }) => counts[0]), most(({ counts }) => counts[1])],
      shares: [least(({ n, counts }) => counts[0] / n), most(({ n, counts }) => counts[1] / n)],
      limits: [Math.min(...limits.map((each) => each[0])), Math.max(...limits.map((each) => each[1]))],
      sizes: [sizes[0], sizes.at(-1)],
    };
  }

  const at = (share) => `${(100 * share).toFixed(2)}%`;
  const place = (from, to) => ({ left: at(from), width: at(to - from) });

  function bar(found, printed) {
    const track = make("div", { class: "bar", "aria-hidden": "true" });
    if (!found) {
      const value = Math.min(1, Number(printed) / 100 || 0);
      track.append(make("b", { class: "none", style: place(0, value) }));
      return track;
    }
    const [low, high] = found.shares;
    track.append(
      make("b", { class: "sure", style: place(0, low) }),
      make("b", { class: "may", style: place(low, high) }),
      make("s", { style: place(...found.limits) }));
    return track;
  }

  function shareText([low, high]) {
    const [a, b] = [low, high].map((each) => (100 * each).toFixed(1));
    return a === b ? percent(a) : `${number(a)}–${percent(b)}`;
  }

  /* One line of the list: what is said, what is printed, the bar, the people, the status. */
  function line(claims, claim, judged, level, unusual) {
    let found = null;
    try {
      found = range(claims, claim.claim, level);
    } catch {
      found = null;
    }
    const printed = claims.get(claim.claim).printed;
    const said = found ? people(...found.counts) : say("nobody");
    const link = make("a", { href: `claims/${claim.claim}.html` }, claim.option ?? claim.statement);
    const changed = printed !== claim.printed;
    return make("li", { class: unusual ? "share changed" : "share" },
      make("span", { class: "what" }, link),
      make("span", { class: changed ? "number changed" : "number" }, whatIf.amount(claim, printed)),
      bar(found, printed),
      make("span", { class: found ? "count" : "count none", title: found ? shareText(found.shares) : null }, said),
      make("span", { class: "verdict" }, tag(judged.status)));
  }

  /* What a printed share is with another number in it. */
  whatIf.amount = (claim, printed) =>
    (printed === claim.printed ? claim.amount : claim.amount.replace(number(claim.printed), number(printed)));

  whatIf.bars = { bar, line, shareText };
})();
