// What was checked by arithmetic: each claim with its verdict, the failed ones first, and the figures that it rests on.

const CHECKS_AT_ONCE = 50;

function drawChecks(select, most = CHECKS_AT_ONCE) {
  const shown = data.findings.filter(([, , , rows]) => rows.some((row) => state.seen[row]));
  const failed = (verdict) => (verdict === "fails" ? 0 : 1);
  shown.sort(([, a], [, b]) => failed(a) - failed(b));
  byId("view-checks").replaceChildren(...shown.slice(0, most).map((finding) => findingElement(finding, select)));
  if (shown.length > most) {
    const more = () => drawChecks(select, most + CHECKS_AT_ONCE);
    byId("view-checks").append(press(word("more", shown.length - most), more, { class: "more" }));
  }
  if (!shown.length) byId("view-checks").append(make("p", { class: "nothing" }, word("noChecks")));
}

function findingElement([check, verdict, claim, rows], select) {
  const sentences = [...new Set(rows.map((row) => cell(row, "sentence")))];
  return make("section", { class: `finding ${verdict}` },
    make("h2", {}, make("span", { class: "verdict" }, `${verdict === "fails" ? "✗" : "✓"} ${word(verdict)}`),
      make("span", { class: "claim" }, claim), make("small", {}, checkWord(check))),
    ...sentences.map((sentence) => make("blockquote", { lang: "zh" }, sentence)),
    make("p", {}, ...rows.map((row) => make("button", { type: "button", class: "to-figure", onclick: () => select(row, "check") },
      make("b", {}, cell(row, "text")), ` ${rowName(row)} · ${cell(row, "source")}:${cell(row, "line")}`))));
}
