// What the reader takes away: the rows that are seen as CSV, byte for byte as `miner extract --csv` writes them.

const FORMULA = /^'*[=+\-@\x00-\x1f\x7f]/;

/** A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers. */
const guarded = (value, numeric) => (!numeric && FORMULA.test(value) ? `'${value}` : value);
const quoted = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

function csvOf(rows) {
  const columns = data.columns.map((name) => [name, isNumeric(name)]);
  const lines = [data.columns.join(",")];
  for (const row of rows) lines.push(columns.map(([name, numeric]) => quoted(guarded(cell(row, name), numeric))).join(","));
  // A lone surrogate has no UTF-8: it is written as \udxxx, as the command writes it.
  const text = `${lines.join("\r\n")}\r\n`.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
  return `\ufeff${text}`;
}

function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
