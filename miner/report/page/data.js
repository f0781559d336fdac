// The data of the page: unpacked once, then read by row and column. A row is a number, 0 for the first figure.

let data = null;
let total = 0;
/** Each row's document, and its first character and the one after its last in that text, in UTF-16 units. */
let documentOf, startOf, endOf;
/** Each row's period as ISO 8601, or as written where it could not be resolved: what the filter for periods asks. */
let when = { table: [], rows: [] };
/** The rows that stand in a check that fails. */
const failing = new Set();

const MEASURES = ["level", "growth", "change", "share", "rank"];
const ARROWS = { up: "↑ ", down: "↓ ", flat: "→ " };

async function unpack() {
  const packed = Uint8Array.from(atob(byId("data").textContent.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  data = JSON.parse(await new Response(stream).text());
  byId("data").remove();
  total = data.reasons.length;
  [documentOf, startOf, endOf] = [new Int32Array(total), new Int32Array(total), new Int32Array(total)];
  let row = 0;
  data.documents.forEach((text, n) => {
    text.first = row;
    for (const [start, end] of text.spans) {
      [documentOf[row], startOf[row], endOf[row]] = [n, start, end];
      row += 1;
    }
    text.after = row;
  });
  for (const name of data.columns) data.cells[name].rows = Int32Array.from(data.cells[name].rows);
  when = join("period", "period_text");
  for (const [, verdict, , rows] of data.findings) if (verdict === "fails") rows.forEach((n) => failing.add(n));
}

/** Return the column that holds one column's value, or another's where that is blank. */
function join(name, instead) {
  const places = new Map();
  const rows = new Int32Array(total);
  for (let row = 0; row < total; row += 1) {
    const value = cell(row, name) || cell(row, instead);
    if (!places.has(value)) places.set(value, places.size);
    rows[row] = places.get(value);
  }
  return { table: [...places.keys()], rows };
}

function cell(row, name) {
  const { table, rows } = data.cells[name];
  return table[rows[row]];
}

const isNumeric = (name) => data.numeric.includes(name);

/** 13970000000 -> 13,970,000,000: the digits as they are, never through a float. */
function grouped(number) {
  const [whole, fraction] = number.split(".");
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** Return the exact value of a row with a mark where the text leaves it open: ≥ 56, 1,000–3,000, ↓ 8.8. */
function shownValue(row) {
  const [measure, modifier, direction] = ["measure", "modifier", "direction"].map((name) => cell(row, name));
  const [low, high] = [cell(row, "value_min"), cell(row, "value_max")];
  const moved = measure === "growth" || measure === "change" ? ARROWS[direction] ?? "" : "";
  const plain = (number) => grouped(moved ? number.replace(/^-/, "") : number);
  if (modifier === "range" && low && high) return `${moved}${plain(low)}–${plain(high)}`;
  return `${moved}${modifier in data.marks ? `${data.marks[modifier]} ` : ""}${plain(cell(row, "value"))}`;
}

/** Return a cell as people read it; CSV and gold lines take `cell` instead. */
function shownCell(row, name) {
  const value = cell(row, name);
  if (name === "value") return shownValue(row);
  return isNumeric(name) && name !== "line" ? grouped(value) : valueWord(name, value);
}

/** Return the measure of a row in its colour, with its sort of line. */
function kindElement(row) {
  return make("span", { class: `kind ${cell(row, "measure")}` }, word(cell(row, "measure")));
}

function rowName(row) {
  const subject = cell(row, "subject");
  return cell(row, "indicator") + (subject ? ` [${subject}]` : "");
}
