// The words of the page in both languages, and small helpers that every part uses.

const WORDS = {
  zh: {
    title: "园区数字", skipTable: "跳到表格", skipText: "跳到原文", settings: "显示设置", print: "打印", help: "帮助", close: "关闭",
    language: "English", light: "浅色", dark: "深色", filters: "筛选", search: "搜索", searchHint: "指标、园区、句中的字 ( / )",
    park: "园区", indicator: "指标", when: "时期", file: "文件", measure: "类别", clear: "清除筛选", all: "全部", blank: "(未说明)",
    figures: "数字", views: "视图", table: "表格", parks: "园区图", checks: "核对", columns: "选列", download: "下载所见 CSV",
    none: "没有符合筛选的数字。", texts: "原文", previous: "上一篇", next: "下一篇", detail: "所选数字",
    level: "总量", growth: "增长", change: "增减", share: "占比", rank: "位次",
    holds: "相符", fails: "不符", noChecks: "这些文本里没有可以用算术核对的说法。", why: "为何这样读", notFigure: "不是数字",
    markWrong: "标为有误", unmark: "取消标记", wrongFigure: "这不是统计数字", wrongColumn: "这一列读错了:", shouldBe: "应为", note: "备注",
    save: "记下", cancel: "取消", marked: "已标为有误", unmarked: "已取消标记", logScale: "对数刻度", linearScale: "线性刻度", growthOf: "增长", changeOf: "增减",
    levelOf: "总量", shareOf: "占比", series: "各期", single: "单项", more: "再显示 {n} 项", morePar: "再显示 {n} 个园区", noParks: "没有可画的数字。",
    failing: "核对不符", noPark: "(未指明园区)", old: "浏览器太旧,打不开本页的数据;请用 2023 年以后的浏览器。",
    broken: "本页的数据不完整,请重新生成。", unit: "{n} 条", sortedUp: "升序", sortedDown: "降序", markedWrong: "标记有误",
  },
  en: {
    title: "Figures of parks", skipTable: "Skip to the table", skipText: "Skip to the text", settings: "Settings", print: "Print",
    help: "Help", close: "Close", language: "中文", light: "Light", dark: "Dark", filters: "Filters", search: "Search",
    searchHint: "indicator, park, words of the sentence ( / )", park: "Park", indicator: "Indicator", when: "Period", file: "File",
    measure: "Measure", clear: "Clear filters", all: "All", blank: "(not said)", figures: "Figures", views: "Views", table: "Table",
    parks: "Parks", checks: "Checks", columns: "Columns", download: "Download what I see", none: "No figure fits the filters.",
    texts: "Texts", previous: "Previous text", next: "Next text", detail: "Selected figure",
    level: "level", growth: "growth", change: "change", share: "share", rank: "rank", holds: "holds", fails: "fails",
    noChecks: "These texts claim nothing that arithmetic can check.", why: "Why it is read so", notFigure: "No figure",
    markWrong: "Mark as wrong", unmark: "Remove the mark", wrongFigure: "This is no figure", wrongColumn: "This column is wrong:",
    shouldBe: "Should be", note: "Note", save: "Save", cancel: "Cancel", marked: "Marked as wrong", unmarked: "Mark removed",
    logScale: "log scale", linearScale: "linear scale", growthOf: "Growth", changeOf: "Changes", levelOf: "Levels", shareOf: "Shares", series: "Over time", single: "Single figures",
    more: "{n} more", morePar: "{n} more parks", noParks: "There is nothing to draw.",
    failing: "A check fails", noPark: "(no park named)", old: "This browser is too old for the data of this page; use one from 2023 or later.",
    broken: "The data of this page is damaged; make the report again.", unit: "{n}",
    sortedUp: "ascending", sortedDown: "descending", markedWrong: "Marked wrong",
  },
};

/** What the values of columns that choose among a few are called in Chinese. */
const VALUE_WORDS = {
  park_kind: { park: "园区", group: "园区群", region: "地区", organization: "单位" },
  basis: { yoy: "同比", mom: "环比", base: "比基期", average: "年均", area: "比其他地区" },
  direction: { up: "上升", down: "下降", flat: "持平" },
  modifier: { exact: "确数", about: "约", nearly: "近", over: "超", under: "不足", at_least: "至少", at_most: "至多", range: "区间" },
};

const CHECK_WORDS = {
  "parts and whole": "分项与合计", "part of a whole": "部分与整体", "rate and counts": "比率与个数", "share and parts": "占比与分项",
  "from one to the other": "从前到后", "growth and levels": "增长与总量", "growth of a count": "个数的增长", "two values": "两个数值",
  "over a hundred": "超过百分之百",
};

let language = "zh";

/** Return a word of the page, with n put in. */
function word(key, n) {
  const text = WORDS[language][key] ?? key;
  return n === undefined ? text : text.replace("{n}", count(n));
}

function columnWord(name) {
  return data.headings[language][data.columns.indexOf(name)];
}

function checkWord(name) {
  return language === "zh" ? CHECK_WORDS[name] ?? name : name;
}

function count(n) {
  return n.toLocaleString("en-US");
}

function valueWord(name, value) {
  if (name === "measure") return word(value);
  return language === "zh" ? VALUE_WORDS[name]?.[value] ?? value : value;
}

/** "1 file" or "2 files": a number with its noun. */
function counted(n, zh, one, many) {
  return language === "zh" ? `${count(n)} ${zh}` : `${count(n)} ${n === 1 ? one : many}`;
}

const byId = (id) => document.getElementById(id);

/** Make an element; whatever comes from a text is a string among the children, and so stays text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Make a button that does something. */
const press = (text, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, text);

const SVG = "http://www.w3.org/2000/svg";

function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Tell a screen reader what happened. */
function say(text) {
  byId("said").textContent = text;
}
