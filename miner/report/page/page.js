// Puts the parts together: what happens when a filter, a row, a tab, the language or the theme is chosen.

const TABS = ["table", "parks", "checks"];
let tab = "table";

// ------------------------------------------------------------------------------------------------ filters and selection

function filtersChanged(name) {
  applyFilters();
  if (name === "source" && state.source !== null) showDocument(documentOf[state.rows[0] ?? 0]);
  byId("scroll").scrollTop = 0;
  parksShown = PARKS_AT_ONCE;
  drawAll();
}

function drawAll() {
  const all = counted(total, "条", "figure", "figures");
  byId("count").textContent = state.rows.length === total ? all : `${count(state.rows.length)} / ${all}`;
  const chosenPlaces = [state.park, state.when, state.source].some((place) => place !== null);
  byId("clear").hidden = !(state.query || state.indicator || state.measures.size || chosenPlaces);
  drawView();
  refreshArticle();
}

/** Draw the view whose tab is open; the others are drawn when they are opened. */
function drawView() {
  if (tab === "table") { drawHead(); drawRows(true); }
  if (tab === "parks") drawPanels(select);
  if (tab === "checks") drawChecks(select);
}

/** Select a row, from the table, the text, a panel or a check; the text goes to it, and the table where it is open. */
function select(row, from) {
  state.selected = row;
  hideCard();
  showDocument(documentOf[row]);
  drawDetail();
  if (from !== "article") goToFigure(row, false);
  else byId(`f${row}`)?.closest(".line").classList.add("current");
  refreshArticle();
  if (tab === "table") goToRow(row);
}

function unselect() {
  state.selected = -1;
  for (const line of byId("article").querySelectorAll(".line.current")) line.classList.remove("current");
  drawDetail();
  refreshArticle();
  drawRows(true);
}

function drawDetail(marking = false) {
  const [detail, row] = [byId("detail"), state.selected];
  detail.hidden = row < 0;
  if (row < 0) return;
  const [mark, where] = [markOf(row), `${cell(row, "source")}:${cell(row, "line")}`];
  const buttons = make("div", { class: "tools" },
    press(word("markWrong"), () => drawDetail(true), { id: "wrong", "aria-keyshortcuts": "x" }),
    mark ? press(word("unmark"), () => { setMark(row, null); marksChanged("unmarked"); }) : "",
    press("×", unselect, { class: "close", "aria-label": word("close") }));
  buttons.firstChild.append(make("kbd", {}, "x"));
  const form = marking ? markForm(row, (saved) => { if (saved) marksChanged("marked"); else drawDetail(); byId("wrong").focus(); }) : null;
  const told = mark ? [make("p", { class: "told" }, `✗ ${markText(mark)}`)] : [];
  detail.replaceChildren(
    make("header", {}, make("h2", {}, cell(row, "text"), kindElement(row), make("small", {}, where)), buttons),
    ...told, ...(form ? [form] : []), rowElements(row), reasonElements(row));
  if (form) form.elements.wrong[0].focus();
}

function markText({ wrong, should, note }) {
  return `${wrong === "not a figure" ? word("wrongFigure") : `${columnWord(wrong)} → ${should}`} ${note}`;
}

function reasonElements(row) {
  const reasons = data.reasons[row].map((place) => data.why[place]);
  return make("details", { class: "why", open: true }, make("summary", {}, word("why")),
    make("dl", {}, ...reasons.flatMap(([column, rule, evidence]) => [make("dt", {}, columnWord(column)),
      make("dd", {}, make("span", { lang: "en" }, rule), evidence ? make("q", { lang: "zh" }, evidence) : "")])));
}

function marksChanged(what) {
  say(word(what));
  drawDetail();
  drawExport();
  refreshArticle();
  drawRows(true);
}

function drawExport() {
  const n = markedRows().length;
  byId("export").hidden = n === 0;
  byId("export").textContent = language === "zh" ? `导出标记 (${n})` : `Export marks (${n})`;
}

// ------------------------------------------------------------------------------------------------ tabs, language, theme

function openTab(name) {
  tab = name;
  for (const other of TABS) {
    byId(`view-${other}`).hidden = other !== name;
    byId(`tab-${other}`).setAttribute("aria-selected", String(other === name));
    byId(`tab-${other}`).tabIndex = other === name ? 0 : -1;
  }
  byId("choice").hidden = name !== "table";
  drawView();
  if (name === "table" && state.selected >= 0) goToRow(state.selected);
}

function watchTabs() {
  TABS.forEach((name, n) => {
    byId(`tab-${name}`).addEventListener("click", () => openTab(name));
    byId(`tab-${name}`).addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!step) return;
      const other = TABS[(n + step + TABS.length) % TABS.length];
      openTab(other);
      byId(`tab-${other}`).focus();
    });
  });
}

function speak(wanted) {
  language = wanted;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = `${word("title")} · miner`;
  for (const [attribute, name] of [["t", null], ["l", "aria-label"], ["p", "placeholder"]]) {
    for (const element of document.querySelectorAll(`[data-${attribute}]`)) {
      const text = word(element.dataset[attribute]);
      if (name) element.setAttribute(name, text);
      else element.textContent = text;
    }
  }
  byId("language").textContent = word("language");
  byId("language").lang = language === "zh" ? "en" : "zh-CN";
  const failed = data.findings.filter(([, verdict]) => verdict === "fails").length;
  byId("summary").replaceChildren(...summaryElements(failed));
  byId("help-text").replaceChildren(...helpElements());
  fillFilters();
  fillChoice(() => { drawHead(); drawRows(true); });
  fillDocuments();
  [drawExport, drawDetail].forEach((redraw) => redraw());
  paint(document.documentElement.dataset.theme);
  const open = shownDocument;
  shownDocument = -1;
  showDocument(Math.max(0, open));
  drawAll();
}

function summaryElements(failed) {
  const parks = new Set(data.cells.park.table.filter(Boolean)).size;
  const number = (n, ...nouns) => {
    const [digits, ...noun] = counted(n, ...nouns).split(" ");
    return make("span", {}, make("b", {}, digits), ` ${noun.join(" ")}`);
  };
  return [number(data.documents.length, "篇文本", "text", "texts"),
    number(parks, "个园区或地区", "park or area", "parks and areas"),
    number(total, "条数字", "figure", "figures"), number(data.findings.length, "项核对", "claim checked", "claims checked"),
    make("span", { class: failed ? "failed" : "" }, make("b", {}, count(failed)), language === "zh" ? " 项不符" : " failed")];
}

function paint(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = word(theme === "dark" ? "light" : "dark");
}

function watchSettings() {
  byId("language").addEventListener("click", () => speak(language === "zh" ? "en" : "zh"));
  byId("theme").addEventListener("click", () => paint(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  byId("print").addEventListener("click", () => window.print());
  byId("ask").addEventListener("click", () => byId("help").showModal());
  byId("download").addEventListener("click", () => save("figures.csv", "text/csv;charset=utf-8", csvOf(state.rows)));
  byId("export").addEventListener("click", () => save("marks.jsonl", "application/jsonl;charset=utf-8", goldOf(markedRows())));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => paint(matches ? "dark" : "light"));
  document.addEventListener("click", ({ target }) => { if (!target.closest("#choice")) byId("choice").open = false; });
}

// ------------------------------------------------------------------------------------------------ keys and paper

function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    const writing = event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
    if (event.key === "Escape") escape(event.target);
    else if (writing) return;
    else if (event.key === "/") byId("search").focus();
    else if (event.key === "?") byId("help").showModal();
    else if (event.key === "x") markFocused(event.target);
    else return;
    if (event.key !== "Escape") event.preventDefault();
  });
}

/** Mark the figure that has the focus in the text, else the selected row. */
function markFocused(target) {
  const figure = target.closest("mark");
  if (figure) select(Number(figure.dataset.row), "article");
  if (state.selected >= 0) drawDetail(true);
}

function escape(target) {
  if (!byId("card").hidden) hideCard();
  else if (byId("choice").open) byId("choice").open = false;
  else if (target.closest(".mark-form")) { drawDetail(); byId("wrong").focus(); }
  else if (["search", "by-indicator"].includes(target.id)) { target.value = ""; target.dispatchEvent(new Event("input")); }
  else if (state.selected >= 0) unselect();
}

/** Lay everything out for paper: every row that is seen, and every text that has one. */
function layOut() {
  const wanted = new Set([...state.rows].map((row) => documentOf[row]));
  const texts = data.documents.filter((_, n) => wanted.has(n) || state.rows.length === total);
  byId("paper").replaceChildren(make("h1", {}, word("title")), make("p", {}, byId("summary").innerText), wholeTable(),
    ...texts.map((text) => make("article", { lang: "zh" }, make("h2", {}, text.source), ...textElements(text))));
  for (const mark of byId("paper").querySelectorAll("mark")) mark.removeAttribute("id");
  byId("paper").hidden = false;
}

function watchPaper() {
  let theme = "light";
  addEventListener("beforeprint", () => {
    theme = document.documentElement.dataset.theme;
    paint("light"); // paper is white
    layOut();
  });
  addEventListener("afterprint", () => {
    paint(theme);
    byId("paper").replaceChildren();
    byId("paper").hidden = true;
  });
}

async function start() {
  paint(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  try {
    await unpack();
  } catch (error) {
    language = navigator.language.startsWith("zh") ? "zh" : "en";
    byId("summary").textContent = word(typeof DecompressionStream === "undefined" ? "old" : "broken");
    throw error;
  }
  loadMarks();
  applyFilters();
  watchFilters(filtersChanged);
  watchTable(select, () => { state.rows = sorted(state.rows.sort()); drawHead(); drawRows(true); });
  watchArticle(select);
  [watchTabs, watchSettings, watchKeys, watchPaper].forEach((watch) => watch());
  speak(data.lang || (navigator.language.startsWith("zh") ? "zh" : "en"));
  openTab("table");
  document.documentElement.dataset.ready = "";
}

start();
