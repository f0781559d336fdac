// What the help says: keys, colours, and the form of the marks.

const HELP = {
  zh: {
    keys: [["/", "到搜索框;Esc 清空"], ["↑ ↓ Home End", "在表格中换行,原文随之滚动"], ["Enter", "从表格到原文中的数字;在原文中回到表格"],
      ["← →", "在原文中到上一个、下一个数字"], ["x", "把所选数字标为有误"], ["?", "本帮助"]],
    about: ["原文中带底色和下划线的是数字,颜色和线型表示类别;带浅色虚线的数按规则不算统计数字,停在上面可见理由。",
      "“下载所见”给出筛选和排序后的各行,列与 miner extract --csv 相同,可直接用 Excel 打开。",
      "标记存在本浏览器中,“导出标记”写成金标准文件(JSON Lines,一行一条,各列见 docs/figures.md)。另有 wrong:“not a figure”或读错的列名;给出应有的值时,该列为应有的值,read 为原来读出的值,must 为 true;否则 must 为 false。note 是备注。"],
  },
  en: {
    keys: [["/", "to the search box; Esc empties it"], ["↑ ↓ Home End", "another row of the table; the text follows"],
      ["Enter", "from the table to the figure in the text; in the text, back to the table"], ["← →", "the figure before or after, in the text"],
      ["x", "mark the selected figure as wrong"], ["?", "this help"]],
    about: ["In the texts, figures are tinted and underlined; colour and sort of line say which measure. Numbers with a faint dotted line are no figures by a rule, which they show when pointed at.",
      "\"Download what I see\" gives the rows as filtered and sorted, in the columns of miner extract --csv, and opens right in Excel.",
      "Marks are kept in this browser. \"Export marks\" writes them as lines of a gold file (JSON Lines; docs/figures.md has the columns), with wrong: \"not a figure\" or the column that is wrong. Where you gave the right value, the column bears it, read is what was read, and must is true; elsewhere must is false. note is your note."],
  },
};

function helpElements() {
  const { keys, about } = HELP[language];
  return [make("h2", {}, word("help")), make("dl", { class: "keys" }, ...keys.flatMap(([key, text]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, text)])),
    make("p", { class: "samples" }, ...MEASURES.map((name) => make("mark", { class: `figure ${name}` }, word(name))), make("span", { class: "refused" }, word("notFigure"))),
    ...about.map((text) => make("p", {}, text))];
}
