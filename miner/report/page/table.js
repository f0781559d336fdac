// The table: only the rows in view are in the page, whatever their number; a screen reader is told how many there are.

const ROW_HEIGHT = 34;
const SPARE = 12;
const FIRST_COLUMNS = ["indicator", "text", "value", "base_unit", "measure", "period", "park", "source", "line"];
const WIDTHS = { indicator: 172, indicator_std: 150, text: 104, value: 128, base_unit: 54, unit: 60, measure: 60, period: 104, park: 152,
  sentence: 420, subject: 150, source: 160, line: 54, start: 68, end: 68, period_text: 120, number: 90 };

let chosen = FIRST_COLUMNS;
let drawn = "";

/** The English names of these are longer than what stands below them. */
const EN_WIDTHS = { base_unit: 78, measure: 72 };

/** Room for a column: a value is never cut short, however large, unless it is beyond all use. */
const widthOf = (name) => (name === "value" ? valueWidth() : (language === "en" && EN_WIDTHS[name]) || WIDTHS[name] || 100);

let widestValue = 0;

function valueWidth() {
  if (!widestValue) for (let row = 0; row < total; row += 1) widestValue = Math.max(widestValue, shownValue(row).length);
  return Math.min(320, Math.max(90, 20 + 7.5 * widestValue));
}

const isRight = (name) => isNumeric(name);

function drawHead() {
  byId("widths").replaceChildren(make("col"), ...chosen.map(() => make("col")));
  [26, ...chosen.map(widthOf)].forEach((width, n) => { byId("widths").children[n].style.width = `${width}px`; });
  byId("grid").style.minWidth = `${26 + chosen.reduce((sum, name) => sum + widthOf(name), 0)}px`;
  byId("head").replaceChildren(make("th", { scope: "col" }, make("span", { class: "unseen" }, word("markedWrong"))), ...chosen.map(headCell));
  byId("grid").setAttribute("aria-colcount", chosen.length + 1);
  byId("head").setAttribute("aria-rowindex", 1);
}

function headCell(name) {
  const { column, up } = state.sort;
  const sort = column !== name ? "none" : up ? "ascending" : "descending";
  const arrow = { none: "", ascending: "▲", descending: "▼" }[sort];
  return make("th", { scope: "col", class: isRight(name) ? "right" : "", "aria-sort": sort },
    make("button", { type: "button", "data-column": name }, columnWord(name), make("span", { class: "arrow", "aria-hidden": "true" }, arrow)));
}

/** Sort by a column: upwards, then downwards, then as the texts have it. */
function sortBy(name) {
  const { column, up } = state.sort;
  if (column !== name) state.sort = { column: name, up: true };
  else state.sort = up ? { column: name, up: false } : { column: null, up: true };
}

function rowElement(row, n) {
  const selected = row === state.selected;
  const attributes = { id: `r${row}`, "data-row": row, "aria-rowindex": n + 2, "aria-selected": String(selected) };
  return make("tr", { class: selected ? "selected" : "", ...attributes },
    make("td", { class: "flag" }, ...flags(row)), ...chosen.map((name) => dataCell(row, name)));
}

function flags(row) {
  const flag = (name, text, sign) => make("span", { class: name, role: "img", "aria-label": text, title: text }, sign);
  return [...(markOf(row) ? [flag("flag-wrong", word("markedWrong"), "✗")] : []),
    ...(failing.has(row) ? [flag("flag-fails", word("failing"), "!")] : [])];
}

function dataCell(row, name) {
  const text = shownCell(row, name);
  if (name === "measure") return make("td", { class: "c-measure" }, kindElement(row));
  const content = instead(row, name) ?? text;
  return make("td", { class: `${isRight(name) ? "right" : ""} c-${name}`, title: content }, content);
}

/** Where a column that belongs to another is not chosen, its words stand there: the subject, the period as written. */
function instead(row, name) {
  if (name === "indicator" && !chosen.includes("subject")) return rowName(row);
  if (name === "period" && !chosen.includes("period_text")) return when.table[when.rows[row]];
  return null;
}

/** Put the rows that are in view into the page, with room above and below for the others. */
function drawRows(anew = false) {
  const scroll = byId("scroll");
  const first = Math.max(0, Math.floor(scroll.scrollTop / ROW_HEIGHT) - SPARE);
  const after = Math.min(state.rows.length, first + Math.ceil(scroll.clientHeight / ROW_HEIGHT) + 2 * SPARE);
  if (!anew && drawn === `${first} ${after}`) return;
  drawn = `${first} ${after}`;
  const rows = [...state.rows.slice(first, after)].map((row, n) => rowElement(row, first + n));
  byId("rows").replaceChildren(gap(first), ...rows, gap(state.rows.length - after));
  byId("grid").setAttribute("aria-rowcount", state.rows.length + 1);
  byId("none").hidden = state.rows.length > 0;
  pointAtRow();
}

function gap(rows) {
  const element = make("tr", { class: "gap", "aria-hidden": "true" });
  element.style.height = `${rows * ROW_HEIGHT}px`;
  return element;
}

function pointAtRow() {
  if (byId(`r${state.selected}`)) byId("grid").setAttribute("aria-activedescendant", `r${state.selected}`);
  else byId("grid").removeAttribute("aria-activedescendant");
}

function goToRow(row) {
  const place = state.rows.indexOf(row);
  const scroll = byId("scroll");
  if (place >= 0) {
    const [top, room] = [place * ROW_HEIGHT, scroll.clientHeight - byId("head").offsetHeight];
    if (top < scroll.scrollTop) scroll.scrollTop = top;
    else if (top + ROW_HEIGHT > scroll.scrollTop + room) scroll.scrollTop = top + ROW_HEIGHT - room;
  }
  drawRows(true);
}

/** The row that a key leads to, null where the key is none of ours. */
function rowFor(key) {
  const [place, last] = [state.rows.indexOf(state.selected), state.rows.length - 1];
  const page = Math.max(1, Math.floor(byId("scroll").clientHeight / ROW_HEIGHT) - 2);
  const places = { ArrowDown: place + 1, ArrowUp: place - 1, PageDown: place + page, PageUp: place - page, Home: 0, End: last };
  return key in places && last >= 0 ? state.rows[Math.max(0, Math.min(last, places[key]))] : null;
}

function watchTable(select, resort) {
  byId("scroll").addEventListener("scroll", () => drawRows(), { passive: true });
  new ResizeObserver(() => drawRows()).observe(byId("scroll"));
  byId("rows").addEventListener("click", ({ target }) => {
    const row = target.closest("tr[data-row]");
    if (row) select(Number(row.dataset.row), "table");
  });
  byId("head").addEventListener("click", ({ target }) => {
    const name = target.closest("button")?.dataset.column;
    if (!name) return;
    sortBy(name);
    resort();
    byId("head").querySelector(`[data-column="${name}"]`).focus();
    say(`${columnWord(name)} ${state.sort.column ? word(state.sort.up ? "sortedUp" : "sortedDown") : ""}`);
  });
  byId("grid").addEventListener("keydown", (event) => {
    if (event.target !== byId("grid")) return;
    const row = rowFor(event.key);
    if (row !== null) select(row, "table");
    else if (event.key === "Enter" && state.selected >= 0) goToFigure(state.selected, true);
    else return;
    event.preventDefault();
  });
}

function fillChoice(changed) {
  const box = (name) => {
    const input = make("input", { type: "checkbox", value: name, checked: chosen.includes(name) });
    input.addEventListener("change", () => {
      const wanted = new Set(chosen);
      if (!wanted.delete(name)) wanted.add(name);
      const order = [...FIRST_COLUMNS, ...data.columns.filter((other) => !FIRST_COLUMNS.includes(other))];
      chosen = order.filter((other) => wanted.has(other));
      changed();
    });
    return make("label", {}, input, ` ${columnWord(name)}`);
  };
  byId("chosen").replaceChildren(...data.columns.map(box));
}

/** Return the table of all rows that are seen, for paper. */
function wholeTable() {
  const all = chosen.reduce((sum, name) => sum + widthOf(name), 0);
  const columns = chosen.map((name) => make("col"));
  columns.forEach((column, n) => { column.style.width = `${(100 * widthOf(chosen[n])) / all}%`; });
  const heads = chosen.map((name) => make("th", { class: isRight(name) ? "right" : "" }, columnWord(name)));
  return make("table", {}, make("colgroup", {}, ...columns), make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...[...state.rows].map((row) => make("tr", {}, ...chosen.map((name) => dataCell(row, name))))));
}
