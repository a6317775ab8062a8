//! Why a file cannot be read. Every sentence names the file's trouble and the next step.

use crate::domain::label::{Lang, Text};
use crate::i18n::Words;
use crate::words;

/// Why a file as a whole cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The operating system refused.
    Io {
        /// The file.
        file: String,
        /// What the system said.
        reason: Words,
    },
    /// There is nothing in it.
    Empty,
    /// A format that is recognised and not read.
    Foreign(Foreign),
    /// It is locked with a password.
    Encrypted,
    /// It is cut off or broken.
    Damaged {
        /// What the format's reader says.
        detail: String,
    },
    /// It is larger than a table of baselines can be.
    TooLarge(Limit),
    /// The text is neither UTF-8 nor GB18030.
    Encoding {
        /// Number of the line at fault, from 1.
        line: u64,
    },
    /// A quotation mark opens a cell and never closes it.
    OpenQuote {
        /// Row in which the cell begins, from 1.
        row: u32,
    },
    /// No heading row has been recognised.
    NoHeading {
        /// Sheet, row and words of what came nearest.
        seen: Vec<(String, u32, Vec<String>)>,
    },
    /// The mapping file cannot be used.
    Mapping {
        /// What is wrong with it.
        detail: Text,
        /// The line or column at fault.
        at: Words,
    },
}

/// Formats that are recognised and refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// Word 97–2003.
    Doc,
    /// Word.
    Docx,
    /// WPS Spreadsheets.
    Et,
    /// WPS Writer.
    Wps,
    /// An office format of the open standard.
    Ods,
    /// Binary Excel workbook.
    Xlsb,
    /// A web page or XML under the name of a workbook.
    Html,
    /// PDF.
    Pdf,
    /// UTF-16 text.
    Utf16,
    /// Anything else that is no text.
    Unknown,
}

/// What is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of the unpacked workbook; the number is the limit.
    Unpacked(u64),
    /// Cells of the workbook; the number is the limit.
    Cells(u64),
}

impl Foreign {
    const fn name(self) -> Text {
        match self {
            Self::Doc => Text::new("Word 97-2003 文档（.doc）", "a Word 97-2003 document (.doc)"),
            Self::Docx => Text::new("Word 文档（.docx）", "a Word document (.docx)"),
            Self::Et => Text::new("WPS 表格（.et）", "a WPS spreadsheet (.et)"),
            Self::Wps => Text::new("WPS 文字（.wps）", "a WPS document (.wps)"),
            Self::Ods => Text::new("OpenDocument 文件", "an OpenDocument file"),
            Self::Xlsb => Text::new("Excel 二进制工作簿（.xlsb）", "a binary Excel workbook (.xlsb)"),
            Self::Html => Text::new("以表格命名的网页或 XML", "a web page or XML under another name"),
            Self::Pdf => Text::new("PDF 文件", "a PDF file"),
            Self::Utf16 => Text::new("UTF-16 文本", "UTF-16 text"),
            Self::Unknown => Text::new("无法识别的文件", "a file of no known format"),
        }
    }
}

impl ReadError {
    /// What is wrong, as a sentence.
    #[must_use]
    pub fn reason(&self) -> Words {
        match self {
            Self::Io { file, reason } => {
                let (zh, en) = (&reason.zh, &reason.en);
                Words {
                    zh: format!("无法打开文件“{file}”：{zh}。"),
                    en: format!("The file \"{file}\" cannot be opened: {en}."),
                }
            }
            Self::Empty => words!("文件是空的，没有可读的内容。", "The file is empty."),
            Self::Foreign(foreign) => {
                let name = foreign.name();
                Words {
                    zh: format!("这是{}，不能直接读取。", name.zh),
                    en: format!("This is {}, which is not read.", name.en),
                }
            }
            Self::Encrypted => words!("文件设有打开密码。", "The file is locked with a password."),
            Self::Damaged { detail } => {
                words!("文件不完整或已损坏。", "The file is incomplete or damaged ({detail}).")
            }
            Self::TooLarge(Limit::Unpacked(bytes)) => {
                words!("工作簿解压后超过 {} MB。", "The workbook is larger than {} MB when unpacked.", bytes >> 20)
            }
            Self::TooLarge(Limit::Cells(cells)) => {
                words!("工作簿超过 {cells} 个单元格。", "The workbook has more than {cells} cells.")
            }
            Self::Encoding { line } => words!(
                "文件既不是 UTF-8 编码，也不是 GB18030 编码：第 {line} 行不符。",
                "The file is neither UTF-8 nor GB18030: line {line} fits neither."
            ),
            Self::OpenQuote { row } => words!(
                "从第 {row} 行起，有一个引号打开后没有关闭，或者这一行长得不像表格，其后的内容无法分列。",
                "From row {row} on a quotation mark opens and never closes, or the row is longer than any table's, so that what follows cannot be split into cells."
            ),
            Self::NoHeading { seen } => Words {
                zh: format!("没有认出表头。{}", seen_words(seen, Lang::Zh)),
                en: format!("No heading row was recognised. {}", seen_words(seen, Lang::En)).trim_end().to_owned(),
            },
            Self::Mapping { detail, at } => Words {
                zh: format!("列对应文件的「{}」有误：{}。", at.zh, detail.zh),
                en: format!("The mapping file is wrong in {}: {}.", at.en, detail.en),
            },
        }
    }

    /// What to do about it, as a sentence.
    #[must_use]
    pub fn next(&self) -> Words {
        match self {
            Self::Io { .. } => words!(
                "请检查路径和权限；如果该文件正在 Excel 或 WPS 中打开，请先关闭。",
                "Check path and rights; if it is open in Excel or WPS, close it first."
            ),
            Self::Empty => words!("请确认选对了文件。", "Check that it is the right one."),
            Self::Foreign(_) => words!(
                "请用 Excel 或 WPS 打开，把其中的表格另存为 .xlsx，再导入。",
                "Open it in Excel or WPS, save the table as .xlsx, then import that."
            ),
            Self::Encrypted => words!(
                "请在 Excel 或 WPS 中取消密码，另存为 .xlsx，再导入。",
                "Take the password off in Excel or WPS, save as .xlsx, then import."
            ),
            Self::Damaged { .. } => words!(
                "请重新获取该文件，或者用 Excel 或 WPS 打开并另存为 .xlsx，再导入。",
                "Get it anew, or open it in Excel or WPS, save as .xlsx, then import."
            ),
            Self::TooLarge(Limit::Unpacked(_)) => {
                words!("请拆分成几个文件，或者另存为 CSV，再导入。", "Split it or save it as CSV, then import.")
            }
            Self::TooLarge(Limit::Cells(_)) => words!(
                "请删去表外的空白区域，或者拆分、另存为 CSV，再导入。",
                "Delete blank regions outside the table, split it, or save it as CSV, then import."
            ),
            Self::Encoding { .. } => words!(
                "请用 Excel 或 WPS 打开，另存为“CSV UTF-8”或 .xlsx，再导入。",
                "Open it in Excel or WPS, save it as CSV UTF-8 or .xlsx, then import."
            ),
            Self::OpenQuote { .. } => {
                words!("请补上引号，或者另存为 .xlsx，再导入。", "Close it, or save as .xlsx, then import.")
            }
            Self::NoHeading { .. } => {
                let zh = skeleton("列号从 1 开始；0 表示没有这一列", "表头所在的行");
                let en = skeleton("columns count from 1; 0 says that there is no such column", "row of the headings");
                Words {
                    zh: format!("请用 --mapping 指定一个对应文件，例如：\n{zh}"),
                    en: format!("Give a mapping file with --mapping, for example:\n{en}"),
                }
            }
            Self::Mapping { .. } => words!("请改正后再导入。", "Correct it, then import."),
        }
    }
}

/// One line a sheet: where the nearest words to a heading stand.
fn seen_words(seen: &[(String, u32, Vec<String>)], lang: Lang) -> String {
    let line = |(sheet, row, cells): &(String, u32, Vec<String>)| {
        let cells = cells.join(" | ");
        match lang {
            Lang::Zh => format!("表“{sheet}”第 {row} 行的文字是：{cells}。"),
            Lang::En => format!("Sheet \"{sheet}\", row {row}, reads: {cells}. "),
        }
    };
    seen.iter().map(line).collect()
}

fn skeleton(columns: &str, heading: &str) -> String {
    format!(
        "# {heading}\nheading_row = 1\n# {columns}\ncode = 1\nviolation = 2\nbasis = 3\ntier = 4\ncondition = 5\nstandard = 6\nremarks = 7"
    )
}
