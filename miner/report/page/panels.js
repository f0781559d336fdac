// A panel for each park: levels as bars, growth as bars from a middle line, series over periods. Bars are SVG, words HTML.

const PARKS_AT_ONCE = 5;
const BARS_AT_ONCE = 8;
const KINDS = ["park", "group", "region", "organization", ""];
let parksShown = PARKS_AT_ONCE;

/** Gather rows under keys, in the order in which they are met. */
function gathered(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const name = key(row);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return groups;
}

function drawPanels(select) {
  const view = byId("view-parks");
  const parks = [...gathered(state.rows, (row) => cell(row, "park"))];
  const kind = (rows) => KINDS.indexOf(cell(rows[0], "park_kind"));
  parks.sort(([, a], [, b]) => kind(a) - kind(b) || b.length - a.length || a[0] - b[0]);
  view.replaceChildren(...parks.slice(0, parksShown).map(([park, rows]) => panel(park, rows, select)));
  if (!parks.length) view.append(make("p", { class: "nothing" }, word("noParks")));
  if (parks.length > parksShown) {
    const more = () => { parksShown += PARKS_AT_ONCE; drawPanels(select); };
    view.append(press(word("morePar", parks.length - parksShown), more, { class: "more" }));
  }
}

function panel(park, rows, select) {
  const of = (measure) => rows.filter((row) => cell(row, "measure") === measure);
  const blocks = [...seriesOf(of("level")).map((series) => seriesBlock(series, select)),
    ...levelBlocks(byUnit(of("level")), select),
    ...["growth", "change", "share"].flatMap((measure) =>
      byUnit(of(measure)).map(([unit, group]) => barsBlock(measure, unit, group, select)))];
  return make("section", { class: "panel" },
    make("h2", {}, park || word("noPark"), make("small", {}, counted(rows.length, "条数字", "figure", "figures"))),
    make("div", { class: "blocks" }, ...blocks));
}

/** Bars for each unit that several levels have; the levels that have a unit to themselves in a list without bars. */
function levelBlocks(units, select) {
  const single = units.filter(([, rows]) => rows.length === 1).map(([, [row]]) => row);
  const blocks = units.filter(([, rows]) => rows.length > 1).map(([unit, rows]) => barsBlock("level", unit, rows, select));
  return single.length ? [...blocks, singlesBlock(single, select)] : blocks;
}

/** Rows by unit, the unit of most rows first. */
function byUnit(rows) {
  return [...gathered(rows, (row) => cell(row, "base_unit"))].sort(([, a], [, b]) => b.length - a.length);
}

const size = (row) => Number(cell(row, "value"));

/** Tell whether bars of these sizes need a log scale: where the small ones would be no more than lines. */
function needsLog(rows) {
  const sizes = rows.map((row) => Math.abs(size(row))).filter((value) => value > 0);
  return sizes.length > 1 && Math.max(...sizes) / Math.min(...sizes) > 50 && rows.every((row) => size(row) > 0);
}

/** Bars for rows of one measure and unit; growth and change go both ways from a middle line. */
function barsBlock(measure, unit, rows, select) {
  const signed = measure === "growth" || measure === "change";
  const log = !signed && needsLog(rows);
  const largest = Math.max(...rows.map((row) => Math.abs(size(row))));
  const smallest = Math.min(...rows.map((row) => Math.abs(size(row))));
  const share = (row) => {
    if (!largest) return 0;
    return log ? 0.06 + 0.94 * (Math.log(size(row) / smallest) / Math.log(largest / smallest)) : Math.abs(size(row)) / largest;
  };
  const ordered = [...rows].sort((a, b) => size(b) - size(a) || a - b);
  const list = make("ul", { class: "bars" });
  const fill = (n) => {
    list.replaceChildren(...ordered.slice(0, n).map((row) => bar(row, share(row), signed, select)));
    const more = () => press(word("more", ordered.length - n), () => fill(Infinity), { class: "more" });
    if (ordered.length > n) list.append(make("li", {}, more()));
  };
  fill(BARS_AT_ONCE);
  const scale = ordered.length > 1 ? make("small", {}, word(log ? "logScale" : "linearScale")) : "";
  return make("div", { class: "block" }, make("h3", {}, `${word(`${measure}Of`)} · ${unit || word("blank")}`, scale), list);
}

function singlesBlock(rows, select) {
  return make("div", { class: "block" }, make("h3", {}, `${word("levelOf")} · ${word("single")}`),
    make("ul", { class: "bars singles" }, ...rows.map((row) => barItem(row, select))));
}

function bar(row, share, signed, select) {
  const down = signed && size(row) < 0;
  const length = signed ? share * 50 : share * 100;
  const classes = `bar ${cell(row, "measure")}${down ? " down" : ""}`;
  const drawing = draw("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", class: classes },
    draw("rect", { class: "ground", x: 0, y: 0, width: 100, height: 10 }),
    draw("rect", { class: "fill", x: signed ? (down ? 50 - length : 50) : 0, y: 0, width: Math.max(length, 0.6), height: 10 }));
  if (signed) drawing.append(draw("line", { x1: 50, x2: 50, y1: 0, y2: 10, class: "zero", "vector-effect": "non-scaling-stroke" }));
  return barItem(row, select, drawing);
}

/** Return a line of a panel: the name, the bar where there is one, and the figure as written. */
function barItem(row, select, ...drawing) {
  const period = when.table[when.rows[row]];
  const name = rowName(row);
  const button = press("", () => select(row, "panel"), { title: cell(row, "sentence").slice(0, 300) });
  button.append(make("span", { class: "bar-name" }, make("span", {}, name || word("blank")), period ? make("small", {}, period) : ""),
    ...drawing, make("span", { class: "bar-text" }, cell(row, "text")));
  return make("li", {}, button);
}

// ------------------------------------------------------------------------------------------------ series

/** Return the rows that one indicator has in three or more periods of one length (years, quarters), oldest first. */
function seriesOf(rows) {
  const shape = (row) => cell(row, "period").replace(/\d/g, "0");
  const name = (row) => cell(row, "indicator_std") || cell(row, "indicator");
  const key = (row) => [name(row), cell(row, "qualifier"), cell(row, "subject"), cell(row, "base_unit"), shape(row)].join("\u0000");
  const dated = rows.filter((row) => cell(row, "period") && !cell(row, "period").endsWith("/.."));
  return [...gathered(dated, key).values()].map(onceAPeriod).filter((group) => group.length >= 3);
}

/** Keep the first row of each period, in the order of time. */
function onceAPeriod(rows) {
  const first = [...gathered(rows, (row) => cell(row, "period")).values()].map(([row]) => row);
  return first.sort((a, b) => (cell(a, "period") < cell(b, "period") ? -1 : 1));
}

function seriesBlock(rows, select) {
  const [width, height, left, top, floor] = [420, 150, 34, 26, 118];
  const sizes = rows.map(size);
  const [low, high] = [Math.min(0, ...sizes), Math.max(0, ...sizes)];
  const x = (n) => left + (n * (width - 2 * left)) / (rows.length - 1);
  const y = (value) => floor - ((value - low) / (high - low || 1)) * (floor - top);
  const every = Math.ceil(rows.length / 6);
  const points = rows.map((row, n) => {
    const point = draw("g", { class: "point", "data-row": row }, draw("circle", { cx: x(n), cy: y(size(row)), r: 4.5 }));
    if (n % every === 0 || n === rows.length - 1) {
      point.append(draw("text", { x: x(n), y: y(size(row)) - 10 }, cell(row, "text")),
        draw("text", { x: x(n), y: height - 12, class: "axis" }, cell(row, "period")));
    }
    return point;
  });
  const name = rowName(rows[0]);
  const label = `${name}: ${rows.map((row) => `${cell(row, "period")} ${cell(row, "text")}`).join(", ")}`;
  const drawing = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "series" },
    draw("line", { x1: left - 14, x2: width - left + 14, y1: y(0), y2: y(0), class: "zero" }),
    draw("polyline", { points: rows.map((row, n) => `${x(n)},${y(size(row))}`).join(" ") }), ...points);
  drawing.addEventListener("click", ({ target }) => {
    const point = target.closest(".point");
    if (point) select(Number(point.dataset.row), "panel");
  });
  return make("div", { class: "block" }, make("h3", {}, `${word("series")} · ${name}`, make("small", {}, word("linearScale"))), drawing);
}
