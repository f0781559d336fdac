// Rows that the reader holds to be wrong: kept in this browser, and exported as lines of a gold file.
//
// A mark is {wrong: "not a figure" | a column, should, note}. It is kept by file, place and characters of the figure, so
// that it is found again in a report that was made anew.

const STORE = "miner marks";
let marks = new Map();

const markKey = (row) => JSON.stringify(["source", "start", "end", "text"].map((name) => cell(row, name)));
const markOf = (row) => (marks.size ? marks.get(markKey(row)) : undefined);

function loadMarks() {
  try {
    marks = new Map(Object.entries(JSON.parse(localStorage.getItem(STORE) ?? "{}")));
  } catch {
    marks = new Map(); // no storage here, or not ours: marks last as long as the page
  }
}

function setMark(row, mark) {
  if (mark) marks.set(markKey(row), mark);
  else marks.delete(markKey(row));
  try {
    localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(marks)));
  } catch {
    // as above
  }
}

function markedRows() {
  if (!marks.size) return [];
  return Array.from({ length: total }, (_, row) => row).filter(markOf);
}

/** Return a marked row as a line of a gold file: the columns, `must`, and what is wrong with it. */
function goldLine(row) {
  const { wrong, should, note } = markOf(row);
  const line = {};
  for (const name of data.columns) {
    if (name !== "line" && name !== "sentence") line[name] = ["start", "end"].includes(name) ? Number(cell(row, name)) : cell(row, name);
  }
  const corrected = wrong in line && should !== "";
  line.must = corrected;
  line.wrong = wrong;
  if (corrected) [line.read, line[wrong]] = [line[wrong], typeof line[wrong] === "number" ? Number(should) : should];
  if (note) line.note = note;
  return JSON.stringify(line);
}

const goldOf = (rows) => rows.map((row) => `${goldLine(row)}\n`).join("");

/** Return the form by which a row is marked; `done` is called once it is answered. */
function markForm(row, done) {
  const old = markOf(row) ?? { wrong: "not a figure", should: "", note: "" };
  const chosenBefore = old.wrong === "not a figure" ? "figure" : "column";
  const choice = (value, text) =>
    make("label", {}, make("input", { type: "radio", name: "wrong", value, checked: value === chosenBefore }), ` ${text}`);
  const columns = data.columns.filter((name) => !["source", "line", "start", "end", "text", "sentence"].includes(name));
  const column = make("select", { name: "column", "aria-label": word("wrongColumn") }, ...columns.map((name) =>
    make("option", { value: name, selected: name === (old.wrong === "not a figure" ? "indicator" : old.wrong) }, columnWord(name))));
  const should = make("input", { name: "should", value: old.should, autocomplete: "off" });
  const note = make("input", { name: "note", value: old.note, autocomplete: "off" });
  const form = make("form", { class: "mark-form" },
    choice("figure", word("wrongFigure")),
    make("div", { class: "line-of-form" }, choice("column", word("wrongColumn")), column,
      make("label", {}, `${word("shouldBe")} `, should)),
    make("label", { class: "line-of-form" }, `${word("note")} `, note),
    make("div", { class: "line-of-form" }, make("button", { type: "submit", class: "strong" }, word("save")),
      press(word("cancel"), () => done(false))));
  const pick = () => { form.elements.wrong.value = "column"; };
  column.addEventListener("change", pick);
  should.addEventListener("input", pick);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ofColumn = form.elements.wrong.value === "column";
    setMark(row, { wrong: ofColumn ? column.value : "not a figure", should: ofColumn ? should.value : "", note: note.value });
    done(true);
  });
  return form;
}
