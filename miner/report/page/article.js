// The texts with their figures where they stand. One text is in the page at a time.

let shownDocument = -1;
/** The figures of the text in the page with their rows, and the classes that each bears. */
let figures = [];

/** Cut a text into pieces: plain, figures (row) and numbers that a rule refused (rule), in the order of the text. */
function pieces(text) {
  const found = text.spans.map(([start, end], n) => ({ start, end, row: text.first + n }));
  for (const [start, end, rule] of text.refused) found.push({ start, end, rule });
  found.sort((a, b) => a.start - b.start || (a.row === undefined) - (b.row === undefined));
  const cut = [];
  let at = 0;
  for (const piece of found) {
    if (piece.start < at) continue; // a refused number inside a figure, or refused twice
    if (piece.start > at) cut.push({ start: at, end: piece.start });
    cut.push(piece);
    at = piece.end;
  }
  if (at < text.text.length) cut.push({ start: at, end: text.text.length });
  return cut;
}

/** Return a figure or a refused number as an element, plain text as it is. */
function pieceElement(text, { start, end, row, rule }) {
  const written = text.text.slice(start, end);
  if (rule !== undefined) return make("span", { class: "refused", title: `${word("notFigure")}: ${data.rules[rule]}` }, written);
  if (row === undefined) return written;
  const focusable = { tabindex: "-1", role: "button", "aria-describedby": "card" };
  return make("mark", { class: figureClass(row), id: `f${row}`, "data-row": row, ...focusable }, written);
}

function figureClass(row) {
  const classes = ["figure", cell(row, "measure")];
  if (!state.seen[row]) classes.push("out");
  if (markOf(row)) classes.push("wrong");
  if (row === state.selected) classes.push("selected");
  return classes.join(" ");
}

/** Lay a text out line by line as an editor counts lines; a figure that runs over a line end keeps its lines together. */
function textElements(text) {
  const lines = [];
  let [number, current] = [1, null];
  const open = () => { current = make("div", { class: "line", "data-line": number }); lines.push(current); };
  open();
  for (const piece of pieces(text)) {
    const written = text.text.slice(piece.start, piece.end);
    if (piece.row !== undefined || piece.rule !== undefined) {
      current.append(pieceElement(text, piece));
      number += written.match(/\r\n|\r|\n/g)?.length ?? 0;
      continue;
    }
    written.split(/\r\n|\r|\n/).forEach((part, n) => {
      if (n) { number += 1; open(); }
      if (part) current.append(part);
    });
  }
  for (const line of lines) if (!line.textContent.trim()) line.classList.add("empty");
  return lines;
}

function showDocument(n) {
  if (n === shownDocument || !data.documents[n]) return;
  shownDocument = n;
  const text = data.documents[n];
  byId("article").replaceChildren(make("h2", {}, text.source), ...textElements(text));
  byId("article").scrollTop = 0;
  byId("document").value = n;
  byId("previous").disabled = n === 0;
  byId("next").disabled = n === data.documents.length - 1;
  figures = [...byId("article").querySelectorAll("mark")].map((mark) => ({ mark, row: Number(mark.dataset.row), classes: mark.className }));
  if (figures.length) figures[0].mark.tabIndex = 0;
}

/** Put the classes of the figures in view right after a filter, a mark or the selection has changed. */
function refreshArticle() {
  for (const figure of figures) {
    const wanted = figureClass(figure.row);
    if (figure.classes !== wanted) figure.mark.className = figure.classes = wanted;
  }
}

/** Show the figure of a row where it stands. */
function goToFigure(row, focus) {
  showDocument(documentOf[row]);
  const mark = byId(`f${row}`);
  if (!mark) return;
  for (const line of byId("article").querySelectorAll(".line.current")) line.classList.remove("current");
  mark.closest(".line").classList.add("current");
  mark.scrollIntoView({ block: "center", behavior: calm() || focus ? "auto" : "smooth" });
  rove(mark);
  if (focus) mark.focus({ preventScroll: true });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Let the tab key reach this figure, and the arrow keys the others. */
function rove(mark) {
  for (const other of byId("article").querySelectorAll('mark[tabindex="0"]')) other.tabIndex = -1;
  mark.tabIndex = 0;
}

function watchArticle(select) {
  const article = byId("article");
  const rowAt = (target) => (target.closest?.("mark") ? Number(target.closest("mark").dataset.row) : -1);
  article.addEventListener("click", ({ target }) => { if (rowAt(target) >= 0) select(rowAt(target), "article"); });
  article.addEventListener("mouseover", ({ target }) => { if (rowAt(target) >= 0) showCard(rowAt(target), target.closest("mark")); });
  article.addEventListener("mouseout", hideCard);
  article.addEventListener("focusin", ({ target }) => { if (rowAt(target) >= 0) showCard(rowAt(target), target); });
  article.addEventListener("focusout", hideCard);
  article.addEventListener("scroll", hideCard, { passive: true });
  article.addEventListener("keydown", (event) => {
    const row = rowAt(event.target);
    if (row < 0) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      const other = figures[figures.findIndex(({ mark }) => mark === event.target) + step]?.mark;
      if (other) { rove(other); other.focus(); }
      event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      select(row, "article");
      byId("grid").focus({ preventScroll: true });
      event.preventDefault();
    }
  });
  byId("document").addEventListener("change", ({ target }) => showDocument(Number(target.value)));
  byId("previous").addEventListener("click", () => showDocument(shownDocument - 1));
  byId("next").addEventListener("click", () => showDocument(shownDocument + 1));
}

function fillDocuments() {
  byId("document").replaceChildren(...data.documents.map(({ source, spans }, n) =>
    make("option", { value: n }, `${source} (${word("unit", spans.length)})`)));
  byId("document").value = shownDocument;
}

// ------------------------------------------------------------------------------------------------ what a row says

const APART = new Set(["sentence", "source", "line", "start", "end", "text", "park_id", "indicator_id"]);

/** The columns of a row that tell something: not blank, not shown apart, and not the value over again. */
function tellingColumns(row) {
  const same = (name, other) => cell(row, name) === cell(row, other);
  const repeated = new Set(["value_min", "value_max"].filter((name) => same(name, "value")));
  if (same("number", "value") && same("unit", "base_unit")) repeated.add("number").add("unit");
  return data.columns.filter((name) => !APART.has(name) && !repeated.has(name) && cell(row, name) !== "");
}

/** Return what a row says as a list of terms. */
function rowElements(row) {
  return make("dl", { class: "row-terms" }, ...tellingColumns(row).map((name) =>
    make("div", {}, make("dt", {}, columnWord(name)), make("dd", {}, shownCell(row, name)))));
}

function showCard(row, anchor) {
  const card = byId("card");
  card.replaceChildren(
    make("p", { class: "card-head" }, make("b", {}, cell(row, "text")), kindElement(row)),
    make("p", { class: "card-value" }, `${shownValue(row)} ${cell(row, "base_unit")}`), rowElements(row));
  card.hidden = false;
  const [at, size] = [anchor.getClientRects()[0], card.getBoundingClientRect()];
  const below = at.bottom + 8 + size.height < innerHeight;
  card.style.top = `${Math.max(8, below ? at.bottom + 8 : at.top - size.height - 8)}px`;
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
}

function hideCard() {
  byId("card").hidden = true;
}
