//! Agencies, sources, trainings.

use std::path::Path;

use super::super::grammar::{AgencyAdd, AgencyCommand, SourceAbout, SourceCommand, TrainingCommand};
use super::super::out::Desk;
use super::super::table::{Cell, Column, column};
use super::super::usage;
use crate::domain::agency::Level;
use crate::domain::label::Term;
use crate::i18n::{Failure, Text};
use crate::service::{NewAgency, NewSource, Result, SourceView, TrainingForm, form_from_words, read_table, read_text};
use crate::words;

const AGENCIES: &[Column] = &[
    column("code", "代码", "code"),
    column("name", "名称", "name"),
    column("short", "简称", "short"),
    column("form", "类型", "form"),
    column("level", "层级", "level"),
    column("parent", "上级", "parent"),
    column("is_government", "按政府", "government"),
    column("vertical", "垂直管理", "vertical"),
];

pub(super) fn agency(desk: &mut Desk<'_, '_>, command: AgencyCommand) -> Result<u8> {
    match command {
        AgencyCommand::Add(args) => {
            let mut register = desk.open()?;
            let id = register.add_agency(&new_agency(args)?)?;
            let name = register.agencies().name(id);
            desk.talk(&words!("已新增机关：{name}。", "Added the agency {name}."));
        }
        AgencyCommand::Import { file } => {
            let rows = agency_rows(&file)?;
            let (added, known) = desk.open()?.import_agencies(&rows)?;
            desk.talk(&words!(
                "新增 {added} 个机关，{known} 个已经有了。",
                "Added {added} agencies; {known} stood already."
            ));
        }
        AgencyCommand::List => {
            let register = desk.open()?;
            let tree = register.agencies();
            let rows = tree.all().iter().map(|agency| {
                vec![
                    Cell::Text(agency.code.clone()),
                    Cell::Text(agency.name.clone()),
                    Cell::Text(agency.short.clone()),
                    Cell::term(agency.form),
                    Cell::term(agency.level),
                    Cell::or_null(agency.parent, |id| Cell::Text(tree.name(id))),
                    Cell::Flag(agency.is_government),
                    Cell::Flag(agency.vertical),
                ]
            });
            let rows = rows.collect();
            desk.list(AGENCIES, rows)?;
        }
    }
    Ok(0)
}

fn new_agency(args: AgencyAdd) -> Result<NewAgency> {
    const FORM: Text = Text::new("类型", "form");
    let form = match args.form.trim() {
        "" => None,
        words => Some(
            form_from_words(words)
                .ok_or_else(|| usage::no_such_term::<crate::domain::agency::AgencyForm>(FORM, words))?,
        ),
    };
    Ok(NewAgency {
        name: args.name,
        code: args.code,
        short: args.short,
        form,
        level: args.level.as_deref().map(level).transpose()?,
        parent: args.parent,
        is_government: args.government,
        vertical: args.vertical,
    })
}

/// A level as a person wrote it.
pub(super) fn level(words: &str) -> Result<Level> {
    match words.trim() {
        "省" => Ok(Level::Province),
        "市" | "市本级" => Ok(Level::City),
        "县" | "区" | "县区" | "县（区）" | "区县" | "区级" => Ok(Level::County),
        words => usage::term(Text::new("层级", "level"), words),
    }
}

/// The rows of a list of agencies, by its headings.
fn agency_rows(file: &Path) -> Result<Vec<(u64, NewAgency)>> {
    const HEADINGS: [(&str, &[&str]); 8] = [
        ("name", &["名称", "机关名称", "单位名称", "机关", "单位", "name"]),
        ("code", &["代码", "编码", "code"]),
        ("short", &["简称", "short"]),
        ("form", &["类型", "form"]),
        ("level", &["层级", "级别", "level"]),
        ("parent", &["上级", "上级机关", "parent"]),
        ("is_government", &["按政府", "是否政府", "is_government", "government"]),
        ("vertical", &["垂直管理", "vertical"]),
    ];
    let rows = read_table(file)?;
    let at = |name: &str, heading: &[String]| {
        let synonyms = HEADINGS.iter().find(|(key, _)| *key == name).map_or(&[][..], |(_, synonyms)| *synonyms);
        heading.iter().position(|cell| synonyms.contains(&cell.trim()))
    };
    let Some((start, heading)) = rows.iter().enumerate().find(|(_, row)| at("name", row).is_some()) else {
        return Err(Failure::usage(
            words!("{} 里没有「名称」一栏。", "{} has no column \"name\".", file.display()),
            words!("表头写：名称、代码、简称、类型、层级、上级。", "Headings: name, code, short, form, level, parent."),
        ));
    };
    let yes = |words: &str| matches!(words.trim(), "是" | "true" | "1" | "yes");
    rows.iter()
        .enumerate()
        .skip(start + 1)
        .filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()))
        .map(|(number, row)| {
            let number = number as u64 + 1;
            let cell =
                |name: &str| at(name, heading).and_then(|at| row.get(at)).map(|cell| cell.trim()).unwrap_or_default();
            let args = AgencyAdd {
                name: cell("name").to_owned(),
                code: cell("code").to_owned(),
                short: cell("short").to_owned(),
                form: cell("form").to_owned(),
                level: Some(cell("level").to_owned()).filter(|level| !level.is_empty()),
                parent: cell("parent").to_owned(),
                government: yes(cell("is_government")),
                vertical: yes(cell("vertical")),
            };
            let new = new_agency(args).map_err(|failure| failure.at(&words!("第 {number} 行：", "Row {number}: ")))?;
            Ok((number, new))
        })
        .collect()
}

const SOURCES: &[Column] = &[
    column("title", "名称", "title"),
    column("rank", "位阶", "rank"),
    column("issuer", "制定机关", "issuer"),
    column("number", "文号", "number"),
    column("effective", "施行", "effective"),
    column("amended", "修改", "amended"),
    column("status", "效力", "status"),
];

pub(super) fn source(desk: &mut Desk<'_, '_>, command: SourceCommand) -> Result<u8> {
    match command {
        SourceCommand::Add(args) => {
            let new = NewSource { title: args.title, ..about(args.about)? };
            let title = new.title.clone();
            desk.open()?.add_source(&new)?;
            desk.talk(&words!("已新增法源：{title}。", "Added the source {title}."));
        }
        SourceCommand::Import { file, facts } => {
            let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let title = if facts.title.is_empty() { stem } else { facts.title };
            let text = read_text(&file)?;
            if text.trim().is_empty() {
                let file = file.display();
                return Err(Failure::usage(
                    words!("{file}：文件是空的。", "{file}: the file is empty."),
                    words!("请确认选对了文件。", "Check that it is the right one."),
                ));
            }
            let new = NewSource { title, label: facts.label, text, ..about(facts.about)? };
            let title = new.title.clone();
            let (_, articles) = desk.open()?.add_source(&new)?;
            desk.talk(&words!("《{title}》分成 {articles} 条。", "\"{title}\" was split into {articles} articles."));
        }
        SourceCommand::Explain { source, article, reason } => {
            desk.open()?.explain_article(&source, &article, &reason)?;
            desk.talk(&words!("已说明。", "Noted."));
        }
        SourceCommand::List => {
            let sources = desk.open()?.sources()?;
            let rows = sources.into_iter().map(|source| {
                vec![
                    Cell::Text(source.title),
                    Cell::or_null(source.rank, Cell::term),
                    Cell::Text(source.issuer),
                    Cell::Text(source.number),
                    Cell::or_null(source.effective, Cell::Day),
                    Cell::or_null(source.amended, Cell::Day),
                    Cell::term(source.status),
                ]
            });
            let rows = rows.collect();
            desk.list(SOURCES, rows)?;
        }
        SourceCommand::Show { source } => {
            let view = desk.open()?.show_source(&source)?;
            show_source(desk, view)?;
        }
    }
    Ok(0)
}

fn about(args: SourceAbout) -> Result<NewSource> {
    Ok(NewSource {
        rank: args.rank.as_deref().map(|words| usage::term(Text::new("位阶", "rank"), words)).transpose()?,
        issuer: args.issuer,
        number: args.number,
        promulgated: args.promulgated,
        effective: args.effective,
        amended: args.amended,
        status: args.status.as_deref().map(|words| usage::term(Text::new("效力", "status"), words)).transpose()?,
        ..NewSource::default()
    })
}

fn show_source(desk: &mut Desk<'_, '_>, view: SourceView) -> Result<()> {
    const ARTICLES: &[Column] = &[
        column("article", "条", "article"),
        column("items", "事项数", "items"),
        column("no_item_reason", "没有事项的原因", "why no item"),
        column("text", "条文", "text"),
    ];
    let rank = view.source.rank.map_or(Text::new("位阶未填", "rank not told"), Term::label);
    let (title, items) = (view.source.title, view.items);
    let covered = view.articles.iter().filter(|article| article.items > 0).count();
    let (all, status) = (view.articles.len(), view.source.status.label());
    desk.talk(&crate::i18n::Words {
        zh: format!("《{title}》 {} {}；事项 {items} 个，{all} 条中 {covered} 条有事项。", rank.zh, status.zh),
        en: format!("\"{title}\", {}, {}; {items} items, {covered} of {all} articles have items.", rank.en, status.en),
    });
    let rows = view.articles.into_iter().map(|covered| {
        let article = covered.article;
        let clause = crate::domain::clause::Clause {
            suffix: article.suffix,
            ..crate::domain::clause::Clause::article(article.number)
        };
        vec![
            Cell::Text(clause.to_string()),
            Cell::Number(covered.items),
            Cell::Text(article.no_item_reason),
            Cell::Text(article.text),
        ]
    });
    let rows = rows.collect();
    desk.list(ARTICLES, rows)
}

pub(super) fn training(desk: &mut Desk<'_, '_>, command: TrainingCommand) -> Result<u8> {
    const TRAININGS: &[Column] = &[
        column("date", "日期", "date"),
        column("agency", "机关", "agency"),
        column("title", "主题", "title"),
        column("people", "人数", "people"),
        column("note", "备注", "note"),
    ];
    match command {
        TrainingCommand::Record { agency, title, date, people, note } => {
            let form = TrainingForm { agency, title, on: date, people, note };
            let name = desk.open()?.record_training(&form)?;
            desk.talk(&words!("已登记{name}的培训。", "Recorded a training of {name}."));
        }
        TrainingCommand::List => {
            let register = desk.open()?;
            let rows = register.trainings()?.into_iter().map(|training| {
                vec![
                    Cell::Day(training.on),
                    Cell::Text(register.agencies().name(training.agency)),
                    Cell::Text(training.title),
                    Cell::Number(i64::from(training.people)),
                    Cell::Text(training.note),
                ]
            });
            let rows = rows.collect();
            desk.list(TRAININGS, rows)?;
        }
    }
    Ok(0)
}
