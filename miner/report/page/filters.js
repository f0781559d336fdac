// Which rows are seen, and in which order. Filters compare places in tables of distinct values, not texts.

const state = {
  query: "", park: null, indicator: "", when: null, source: null, measures: new Set(),
  sort: { column: null, up: true },
  /** The rows that are seen, in order, and for every row whether it is among them. */
  rows: new Int32Array(0), seen: new Uint8Array(0),
  selected: -1,
};

const SEARCHED = ["park", "subject", "indicator", "indicator_std", "text", "sentence", "period_text", "period", "source", "unit"];
const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
const ranks = new Map();

const asked = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Return for each value of a table whether it holds the word. */
function holding(table, part) {
  return Uint8Array.from(table, (value) => (value.toLowerCase().includes(part) ? 1 : 0));
}

/** Keep, of the rows that are still seen, those that hold a word in one of the columns. */
function keepWord(seen, part, columns) {
  const held = columns.map((name) => [data.cells[name].rows, holding(data.cells[name].table, part)]);
  for (let row = 0; row < total; row += 1) {
    if (seen[row] && !held.some(([rows, has]) => has[rows[row]])) seen[row] = 0;
  }
}

function keepPlace(seen, rows, place) {
  for (let row = 0; row < total; row += 1) if (rows[row] !== place) seen[row] = 0;
}

function keepMeasures(seen) {
  const { table, rows } = data.cells.measure;
  const wanted = table.map((name) => state.measures.has(name));
  for (let row = 0; row < total; row += 1) if (!wanted[rows[row]]) seen[row] = 0;
}

function applyFilters() {
  const seen = new Uint8Array(total).fill(1);
  for (const [name, column] of [["park", data.cells.park], ["source", data.cells.source], ["when", when]]) {
    if (state[name] !== null) keepPlace(seen, column.rows, state[name]);
  }
  if (state.measures.size) keepMeasures(seen);
  for (const part of asked(state.indicator)) keepWord(seen, part, ["indicator", "indicator_std"]);
  for (const part of asked(state.query)) keepWord(seen, part, SEARCHED.filter((name) => data.columns.includes(name)));
  state.seen = seen;
  state.rows = sorted(Int32Array.from({ length: total }, (_, row) => row).filter((row) => seen[row]));
}

/** Return for each row the place of its value among the sorted values of its column. */
function ranksOf(name) {
  if (!ranks.has(name)) {
    const { table, rows } = data.cells[name];
    const number = (value) => (value === "" ? -Infinity : Number(value));
    const compare = isNumeric(name)
      ? (a, b) => number(table[a]) - number(table[b]) || a - b
      : (a, b) => collator.compare(table[a], table[b]) || a - b;
    const order = table.map((_, place) => place).sort(compare);
    const rank = new Int32Array(table.length);
    order.forEach((place, n) => { rank[place] = n; });
    ranks.set(name, rows.map((place) => rank[place]));
  }
  return ranks.get(name);
}

function sorted(rows) {
  const { column, up } = state.sort;
  if (column === null) return rows;
  const rank = ranksOf(column);
  return rows.sort((a, b) => (up ? rank[a] - rank[b] : rank[b] - rank[a]) || a - b);
}

/** Return the distinct values of a column with their places and numbers of rows, the commonest first. */
function frequent({ table, rows }) {
  const counts = new Int32Array(table.length);
  for (const place of rows) counts[place] += 1;
  return table.map((value, place) => ({ value, place, count: counts[place] })).sort((a, b) => b.count - a.count || a.place - b.place);
}

function fillSelect(select, column, order) {
  const chosen = select.value;
  const values = frequent(column);
  if (order) values.sort((a, b) => collator.compare(a.value, b.value));
  select.replaceChildren(make("option", { value: "" }, word("all")), ...values.map(({ value, place, count: n }) =>
    make("option", { value: place }, `${value || word("blank")} (${count(n)})`)));
  select.value = chosen;
}

function fillFilters() {
  fillSelect(byId("by-park"), data.cells.park, false);
  fillSelect(byId("by-when"), when, true);
  fillSelect(byId("by-source"), data.cells.source, true);
  byId("indicators").replaceChildren(...frequent(data.cells.indicator).slice(0, 500).map(({ value }) => make("option", { value })));
  const numbers = new Map(frequent(data.cells.measure).map(({ value, count: n }) => [value, n]));
  byId("by-measure").replaceChildren(byId("by-measure").firstElementChild, ...MEASURES.filter((name) => numbers.has(name)).map((name) =>
    make("button", { type: "button", class: `chip ${name}`, "aria-pressed": String(state.measures.has(name)), "data-measure": name },
      make("span", { class: "swatch", "aria-hidden": "true" }, "12"), ` ${word(name)} `, make("small", {}, count(numbers.get(name))))));
}

/** Call `changed` whenever the reader changes a filter. */
function watchFilters(changed) {
  for (const [id, name] of [["search", "query"], ["by-indicator", "indicator"]]) {
    byId(id).addEventListener("input", (event) => { state[name] = event.target.value; changed(); });
  }
  for (const name of ["park", "when", "source"]) {
    byId(`by-${name}`).addEventListener("change", ({ target }) => {
      state[name] = target.value === "" ? null : Number(target.value);
      changed(name);
    });
  }
  byId("by-measure").addEventListener("click", ({ target }) => {
    const chip = target.closest(".chip");
    if (!chip) return;
    const name = chip.dataset.measure;
    if (!state.measures.delete(name)) state.measures.add(name);
    chip.setAttribute("aria-pressed", String(state.measures.has(name)));
    changed();
  });
  byId("clear").addEventListener("click", () => { clearFilters(); changed(); byId("search").focus(); });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
}

function clearFilters() {
  Object.assign(state, { query: "", park: null, indicator: "", when: null, source: null });
  state.measures.clear();
  for (const id of ["search", "by-indicator", "by-park", "by-when", "by-source"]) byId(id).value = "";
  for (const chip of byId("by-measure").querySelectorAll(".chip")) chip.setAttribute("aria-pressed", "false");
}
