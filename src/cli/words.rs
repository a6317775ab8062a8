//! The words of the command line's help, by path: `import` for a command, `import.--apply` for an option, `import.file`
//! for an argument. Options that mean the same everywhere stand once, under `*`.

use clap::Command;

use crate::i18n::{Lang, Text};

/// Puts the words of a language into the grammar.
#[must_use]
pub fn localise(command: Command, lang: Lang) -> Command {
    let about = look_up("").map_or("", |text| text.say(lang));
    let template = Text::new(
        "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
        "{before-help}{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    );
    level(command, "", lang, template.say(lang)).about(about)
}

fn level(mut command: Command, path: &str, lang: Lang, template: &'static str) -> Command {
    let ids: Vec<(String, bool)> =
        command.get_arguments().map(|arg| (arg.get_id().to_string(), arg.is_positional())).collect();
    for (id, positional) in ids {
        if let Some(text) = argument(path, &id, positional) {
            let heading = match (positional, path) {
                (true, _) => ARGUMENTS,
                // What stands at the top is understood everywhere, and shown after a command's own options.
                (false, "") => GLOBAL,
                (false, _) => OPTIONS,
            };
            command = command.mut_arg(&id, |arg| {
                // Defaults and possible values are told by the words, in the language.
                let takes = arg.get_action().takes_values();
                let arg = arg.hide_default_value(takes).hide_possible_values(takes);
                arg.help(text.say(lang)).help_heading(heading.say(lang))
            });
        }
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let below = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        let about = look_up(&below).map_or("", |text| text.say(lang));
        command = command.mut_subcommand(&name, |sub| level(sub, &below, lang, template).about(about));
    }
    if path.is_empty() {
        let flag = |name: &'static str, letter, text: Text| {
            clap::Arg::new(name).short(letter).long(name).help(text.say(lang)).help_heading(GLOBAL.say(lang))
        };
        command = command
            .arg(flag("help", 'h', HELP).action(clap::ArgAction::Help).global(true))
            .arg(flag("version", 'V', VERSION).action(clap::ArgAction::Version));
    }
    command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(template)
        .subcommand_help_heading(COMMANDS.say(lang))
        .subcommand_value_name(COMMAND.say(lang))
}

const OPTIONS: Text = Text::new("选项", "Options");
const GLOBAL: Text = Text::new("通用选项", "Global options");
const ARGUMENTS: Text = Text::new("参数", "Arguments");
const COMMANDS: Text = Text::new("命令", "Commands");
const COMMAND: Text = Text::new("命令", "COMMAND");
const HELP: Text = Text::new("显示帮助", "print help");
const VERSION: Text = Text::new("显示版本", "print the version");

/// The words of an argument: its own, else those it has everywhere.
fn argument(path: &str, id: &str, positional: bool) -> Option<Text> {
    let key = if positional { id.to_owned() } else { format!("--{id}") };
    look_up(&format!("{path}.{key}")).or_else(|| look_up(&format!("*.{key}")))
}

fn look_up(path: &str) -> Option<Text> {
    WORDS.iter().find(|(key, _)| *key == path).map(|(_, text)| *text)
}

const fn w(key: &'static str, zh: &'static str, en: &'static str) -> (&'static str, Text) {
    (key, Text::new(zh, en))
}

const WORDS: &[(&str, Text)] = &[
    w("", "裁量：行政裁量权基准登记库", "cailiang: the register of administrative discretion baselines"),
    w("*.--db", "登记库文件（也可用环境变量 CAILIANG_DB）", "the register's file (or CAILIANG_DB)"),
    w("*.--lang", "语言：zh 或 en（也可用 CAILIANG_LANG）", "language: zh or en (or CAILIANG_LANG)"),
    w(
        "*.--today",
        "按这一天查看；只有演练库能按它写入",
        "look as of this day; only a rehearsal register is written under it",
    ),
    w("*.--account", "以哪个账户操作", "the account to act as"),
    w("*.--config", "设置文件", "the settings file"),
    w(
        "*.--format",
        "输出格式：table、json、jsonl、csv；check 另有 text、sarif，read 另有 text",
        "output: table, json, jsonl, csv; of check also text and sarif, of read also text",
    ),
    w("*.--quiet", "不说多余的话", "say nothing beside the data"),
    w("*.items", "事项：编码、机关/编码、#编号或名称里的字", "items: code, agency/code, #number or words of the title"),
    w("*.item", "事项：编码、机关/编码、#编号或名称里的字", "item: code, agency/code, #number or words of the title"),
    w("*.--filter", "筛选条件，如「机关:城管局 阶段:起草中」", "a filter, such as agency:csgl stage:drafting"),
    w("*.filter", "筛选条件，如「机关:城管局 逾期天数>=10」", "a filter, such as agency:csgl days_late>=10"),
    w("*.--dry_run", "只显示会改动什么，不写入", "show what would change, write nothing"),
    w("*.--reason", "理由", "the reason"),
    w("*.--date", "发生的日期，默认今天", "the day on which it happened; today by default"),
    w("*.--number", "文号", "document number"),
    w("*.--note", "备注", "note"),
    w("*.--as_of", "按过去某一天的情况", "as it stood on a past day"),
    w("*.--known_on", "只算到那一天为止已登记的内容", "with what had been recorded by that day"),
    w("*.--agency", "机关：全称、简称、代码或拼音首字母", "agency: name, short name, code or pinyin initials"),
    w("*.agency", "机关：全称、简称、代码或拼音首字母", "agency: name, short name, code or pinyin initials"),
    w("*.--level", "层级：province、city、county", "level: province, city, county"),
    w("*.--code", "编码", "code"),
    w("*.--title", "名称", "title"),
    w("*.name", "名称", "name"),
    w("*.file", "文件", "the file"),
    w("*.year", "年份", "the year"),
    w("*.--year", "年份", "the year"),
    w("*.source", "法源：名称或其中的字", "source: its title or words of it"),
    w("*.--source", "法源：名称或其中的字", "source: its title or words of it"),
    w("*.--rank", "位阶，如「市地方性法规」或 city_regulation", "rank, such as city_regulation"),
    w("*.--issuer", "制定机关", "who made it"),
    w("*.--promulgated", "公布日期", "day of promulgation"),
    w("*.--effective", "施行日期", "first day in force"),
    w("*.--amended", "最近一次修改的施行日期", "day on which the newest amendment entered into force"),
    w("*.--status", "效力：in_force、amended、repealed", "status: in_force, amended, repealed"),
    w("*.--kind", "种类，如「行政处罚」或 penalty", "kind, such as penalty"),
    w("item add.--kind", "种类，默认行政处罚（penalty）", "kind; penalty by default"),
    w("item propose.--kind", "种类，默认行政处罚（penalty）", "kind; penalty by default"),
    w("demo", "打开一个虚构的城市；不动任何别的数据", "open a made-up city; touches no other data"),
    w("demo.--items", "生成这么多事项的登记库，用来测量", "make a register of that many items, for measuring"),
    w("demo.--out", "存到这个文件", "keep it in this file"),
    w("init", "新建登记库：城市、年份、计划", "make a register: city, year, plan"),
    w("init.--city", "城市名称，如 云泽市", "name of the city"),
    w("init.--plan", "计划文件（TOML），默认 2023 年的计划", "a plan file (TOML); the plan of 2023 by default"),
    w("init.--year", "计划年份，默认 2023", "year of the plan; 2023 by default"),
    w(
        "init.--rehearsal",
        "演练库：可以用 --today 指定日期写入",
        "a rehearsal register: it can be written to under --today",
    ),
    w("agency", "机关", "agencies"),
    w("agency add", "新增一个机关", "add an agency"),
    w("agency add.--short", "简称", "short name"),
    w("agency add.--form", "类型：government、zone、bureau、agency", "form: government, zone, bureau, agency"),
    w("agency add.--parent", "上级机关，默认市政府", "the node above; the city government by default"),
    w("agency add.--government", "按一级政府对待的功能区", "a zone that counts as a government"),
    w("agency add.--vertical", "垂直管理：只列出，不计任务", "a central body: listed, without duties"),
    w("agency list", "列出机关", "list the agencies"),
    w("agency import", "从 CSV、XLSX 读入机关名单", "read agencies from CSV or XLSX"),
    w("source", "法源", "legal sources"),
    w("source add", "新增一部法源", "add a source"),
    w("source add.title", "名称", "title"),
    w("source list", "列出法源", "list the sources"),
    w(
        "source show",
        "一部法源的条文，哪些条有事项、哪些没有",
        "a source's articles: which have items, which have none",
    ),
    w("source import", "读入法规全文（TXT），分成条文", "read the full text (TXT) and split it into articles"),
    w("source import.--title", "名称，默认取文件名", "title; the file's name by default"),
    w("source import.--label", "文本名，如「2019年修正」", "name of this text"),
    w("source explain", "说明某条为什么没有事项", "say why an article has no item"),
    w("source explain.article", "条文，如 第十二条", "number of the article, such as 12"),
    w("item", "事项", "items"),
    w("item add", "列入一个事项", "list an item"),
    w("item add.title", "事项名称；处罚事项写违法行为", "title; of a penalty, the violation"),
    w(
        "item add.--basis",
        "依据，如《甲条例》第十条第一款",
        "the authority: the title in 《》, then the clause, as in Chinese",
    ),
    w("item add.--duty", "违反的义务条款", "the duty that is broken"),
    w("item add.--batch", "批次", "batch"),
    w("item add.--date", "列入日期，默认今天", "day of listing; today by default"),
    w("item propose", "由机关提议一个事项", "propose an item, as an agency"),
    w("item propose.title", "事项名称；处罚事项写违法行为", "title; of a penalty, the violation"),
    w(
        "item propose.--basis",
        "依据，如《甲条例》第十条第一款",
        "the authority: the title in 《》, then the clause, as in Chinese",
    ),
    w("item propose.--duty", "违反的义务条款", "the duty that is broken"),
    w("item propose.--batch", "批次", "batch"),
    w("item verify", "核对确认：是本机关的事项", "confirm that the item is the agency's own"),
    w("item dispute", "提出异议：不是本机关的，或没有裁量空间", "dispute an item"),
    w("item settle", "司法局裁定异议或提议", "settle a dispute or proposal, as the bureau"),
    w("item settle.--agency", "改由哪个机关负责", "the agency that it goes to"),
    w("item assign", "把事项交给另一个机关", "give an item to another agency"),
    w("item exclude", "排除一个事项，任务随之免除", "take an item out; its duties are waived"),
    w("baseline", "裁量基准的办理", "the life of a baseline"),
    w("baseline edit", "编辑内容：读 JSON 文件，或打开 $EDITOR", "edit the content: a JSON file, or $EDITOR"),
    w("baseline edit.file", "JSON 文件；- 表示标准输入", "a JSON file; - for standard input"),
    w("baseline ready", "提请法制审核", "mark a draft ready for the legal officer"),
    w("baseline submit", "报送司法局", "release a draft to the bureau"),
    w("baseline return", "退回，写明理由", "send back with reasons"),
    w("baseline accept", "审查通过", "accept"),
    w("baseline approve", "记录政府审定", "record the government's approval"),
    w("baseline reopen", "撤回重改，审查结论作废", "take back to drafting; the acceptance is void"),
    w("baseline revise", "从现行版本开始修订", "start a new version"),
    w("baseline repeal", "废止现行版本", "repeal the version in force"),
    w("step", "制定程序", "the procedure"),
    w("step record", "记录一道程序", "record a step"),
    w(
        "step record.step",
        "evaluation 评估论证、comment 征求意见、legality 合法性审核、decision 集体审议、distribution 印发、filing 备案",
        "evaluation, comment, legality, decision, distribution, filing",
    ),
    w("step record.--step_option", "与 --where 同用时的程序", "the step, beside --where"),
    w("step record.--from", "征求意见开始日", "first day of the comment"),
    w("step record.--to", "征求意见结束日", "last day of the comment"),
    w("step record.--evidence", "证明材料文件，存进登记库", "a file that proves it, kept in the register"),
    w("batch", "公布批次", "publication batches"),
    w("batch new", "新建批次，或往批次里加事项", "make a batch, or add items to one"),
    w("batch publish", "公布批次里已审定的事项", "publish the approved items of a batch"),
    w("batch show", "列出批次", "show batches"),
    w("event", "引起修订的事件：法源修改、省级基准公布等", "events such as changes of the law"),
    w("event register", "登记一个事件", "register an event"),
    w(
        "event register.form",
        "amended 修改、repealed 废止、circumstances 情况变化、provincial_baseline 省级基准",
        "amended, repealed, circumstances, provincial_baseline",
    ),
    w("event register.--articles", "涉及的条文，默认整部法源", "the articles concerned; the whole source by default"),
    w("event affected", "受影响的事项", "the items that it strikes"),
    w("event affected.event", "事件编号", "number of the event"),
    w("event confirm", "确认受影响的事项，逐项起算一个月", "confirm items: one month starts for each"),
    w("event confirm.event", "事件编号", "number of the event"),
    w("event list", "列出事件", "list the events"),
    w("training", "培训", "trainings"),
    w("training record", "登记一次培训", "record a training"),
    w("training record.--title", "培训主题", "what it was about"),
    w("training record.--people", "参加人数", "how many took part"),
    w("training list", "列出培训", "list the trainings"),
    w("import", "读入已有的裁量基准表格；默认只试读", "read a published table; by default only tried"),
    w("import.--apply", "写入登记库，全部或全不", "write it, all or nothing"),
    w("import.--skip_rejected", "有不能读入的行时，其余照写", "write the rest where rows are rejected"),
    w("import.--stage", "drafting 作为草稿（默认），published 作为已公布", "drafting by default, or published"),
    w("import.--date", "已公布的：施行日期", "for published ones: first day in force"),
    w("import.--number", "已公布的：文号", "for published ones: number of the document"),
    w(
        "import.--mapping",
        "列对应关系：文件，或该机关保存过的名称",
        "a mapping of columns: a file, or one saved for the agency",
    ),
    w("mapping", "保存过的列对应关系", "saved mappings of columns"),
    w("mapping list", "列出保存过的列对应关系", "list them"),
    w("mapping show", "输出一个列对应关系，可存为文件再改", "print one, to be kept as a file and changed"),
    w("mapping remove", "删除一个列对应关系", "remove one"),
    w("mapping show.name", "保存时的名称", "the name under which it was saved"),
    w("mapping remove.name", "保存时的名称", "the name under which it was saved"),
    w("import.--save_mapping", "把这次的列对应关系存给该机关", "save the mapping for the agency"),
    w("check", "检查裁量基准：直接检查表格文件，或检查登记库", "check baselines: files as they are, or the register"),
    w(
        "check.paths",
        "表格文件（CSV、XLSX、XLS）或文件夹；不写则检查登记库",
        "files (CSV, XLSX, XLS) or folders; the register where none",
    ),
    w("check.--strict", "有没说明的警告也算不通过", "warnings that nobody answered fail as well"),
    w("check.--notes", "提示也逐条显示", "show each note as well"),
    w(
        "check.--baseline_file",
        "以前的检查报告（JSON）：其中已有的不再算",
        "an earlier report (JSON): what stands in it does not count",
    ),
    w("check.--mapping", "列对应关系文件", "a mapping of columns"),
    w(
        "check answer",
        "用文字说明警告；说明在相关文字改动之前有效",
        "answer warnings in words; an answer counts until the words change",
    ),
    w("check withdraw", "收回说明", "withdraw answers"),
    w("*.words", "事项，最后写检查代码，如 CG-1 E07", "the items, then the code of the check, such as CG-1 E07"),
    w("*.--text", "说明的文字", "the answer"),
    w("*.--ladder", "第几序列", "which ladder, from 1"),
    w("*.--tier", "哪个阶次：名称或第几个", "which tier: its label, or its number"),
    w("*.--field", "哪个栏目，如 basis", "which field, such as basis"),
    w("*.--all", "一个事项里同一检查的各处一并说明", "every place of the check in an item"),
    w(
        "check severity",
        "列出各项检查的级别，或在本登记库调低一项，写明理由",
        "list the severities, or lower one in this register with a reason",
    ),
    w("check severity.code", "检查代码，如 E07", "the code of a check, such as E07"),
    w(
        "check severity.level",
        "级别：error、warning、note；写原级别即恢复",
        "error, warning, note; the built-in one takes it back",
    ),
    w("setting", "登记库的设置，各有出处", "settings of the register, each with its source"),
    w("setting list", "列出设置", "list the settings"),
    w("setting set", "设置一项，写明出处或理由", "set one, with its source or reason"),
    w("setting set.--reason", "出处或者理由", "the source or reason"),
    w("setting clear", "恢复默认", "take one back"),
    w("*.key", "设置名，如 shortest_comment", "name of the setting, such as shortest_comment"),
    w("setting set.value", "值", "the value"),
    w(
        "read",
        "把裁量标准或处罚条款读成数额；不写文字则逐行读标准输入",
        "read standards or penalty clauses; lines of standard input where none is given",
    ),
    w("read.text", "裁量标准或处罚条款的文字", "the words of a standard or clause"),
    w(
        "explain",
        "解释一项检查（如 T02）、一种拒绝（如 refused）或一个办理动作（如 submit）",
        "explain a check (T02), a refusal (refused) or an act (submit)",
    ),
    w(
        "explain.topic",
        "检查代码、拒绝或动作；不写则列出全部检查",
        "code, refusal or act; all checks are listed where none is given",
    ),
    w("status", "按机关、种类、阶段、情况等计数", "counts by agency, kind, stage, standing"),
    w(
        "status.--by",
        "分组：agency,kind,level,source,stage,standing,in_force,verification；任务另有 duty,year",
        "keys: agency,kind,level,source,stage,standing,in_force,verification; of duties also duty,year",
    ),
    w("status.--of", "计事项（items，默认）还是任务（duties）", "count items, the default, or duties"),
    w("overdue", "逾期的任务，最晚的在前", "the late duties, worst first"),
    w("overdue.--within", "也列出这么多天内到期的，如 14d", "also what falls due within, such as 14d"),
    w("list", "按条件列出事项", "items by a filter"),
    w("list.--sort", "排序，如 -due,code", "order, such as -due,code"),
    w("list.--limit", "最多多少行", "at most so many"),
    w("show", "一个事项：基准、历史、任务", "one item: baseline, history, duties"),
    w("show.--version", "看第几版", "which version"),
    w("show.--as_of", "看那一天有效的版本", "the version in force on that day"),
    w(
        "find",
        "查找：词、任意两个汉字、拼音首字母（sthjj 找到生态环境局）",
        "search: words, any two Chinese characters, pinyin initials",
    ),
    w("find.text", "要找的字", "what to look for"),
    w("find.--limit", "最多多少条，默认 50", "at most so many; 50 by default"),
    w("duty", "任务和期限", "duties and deadlines"),
    w("duty list", "列出任务", "list the duties"),
    w("duty extend", "延期；原定日期保留在各报表里", "move a due day; the original one stays in every report"),
    w("duty extend.--to", "延到哪一天", "the new due day"),
    w("duty waive", "免除", "waive"),
    w("duty close", "办结，例如「直接适用，不再细化」", "close as done"),
    w("duty receive", "登记收到县区的报告", "record a county's report"),
    w("duty receive.--form", "annual 年度推进情况（默认）、progress 进展情况", "annual, the default, or progress"),
    w("*.duty", "任务编号", "numbers of the duties"),
    w("plan", "年度计划", "plans by year"),
    w("plan show", "显示计划（TOML）", "show a plan (TOML)"),
    w("plan new", "由最近的计划生成下一年的", "make next year's from the newest"),
    w("plan load", "读入改过的计划", "read a plan that was edited"),
    w("plan rest-days", "读入一年的节假日和调休", "read a year's holidays and make-up working days"),
    w("export", "导出登记库或其中一部分：.csv、.xlsx、.json", "export the register or a part: .csv, .xlsx, .json"),
    w(
        "export.--to",
        "格式，默认看扩展名；schema 是 JSON 的说明",
        "format, by the extension otherwise; schema describes the JSON",
    ),
    w("export.--force", "覆盖已有的文件", "write over a file that exists"),
    w("export.file", "文件；- 表示标准输出", "the file; - for standard output"),
    w("backup", "备份并打开核对", "make a backup and verify it by opening"),
    w("backup.file", "备份文件，默认放在登记库旁边", "where to; beside the register by default"),
    w("restore", "从备份恢复；原来的登记库另存", "restore a backup; the present register is kept aside"),
    w("restore.--force", "不再询问", "do not ask"),
    w("doctor", "检查登记库是否完好", "look whether the register is sound"),
    w(
        "doctor.--rebuild",
        "重建计数和搜索索引（它们都由事项推出）",
        "make counts and search index anew; both follow from the items",
    ),
    w("completions", "生成命令补全脚本", "print shell completions"),
    w("completions.shell", "bash、zsh、fish、powershell、elvish", "bash, zsh, fish, powershell, elvish"),
    w(
        "keys",
        "列出界面的命令和键，供写设置文件的 [keys]",
        "list the interface's commands and keys, for [keys] in the settings",
    ),
    w("man", "输出手册页", "print the manual page"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::grammar::Cli;
    use clap::CommandFactory;

    fn walk(command: &Command, path: &str, missing: &mut Vec<String>, used: &mut Vec<String>) {
        for arg in command.get_arguments().filter(|arg| !matches!(arg.get_id().as_str(), "help" | "version")) {
            if argument(path, arg.get_id().as_str(), arg.is_positional()).is_none() {
                missing.push(format!("{path}.{}", arg.get_id()));
            }
        }
        for sub in command.get_subcommands() {
            let below = if path.is_empty() { sub.get_name().to_owned() } else { format!("{path} {}", sub.get_name()) };
            if look_up(&below).is_none() {
                missing.push(below.clone());
            }
            used.push(below.clone());
            walk(sub, &below, missing, used);
        }
    }

    #[test]
    fn every_command_and_option_has_its_words_and_no_words_are_left_over() {
        let (mut missing, mut used) = (Vec::new(), Vec::new());
        walk(&Cli::command(), "", &mut missing, &mut used);
        assert_eq!(missing, Vec::<String>::new());
        let known = |path: &str| path.is_empty() || path == "*" || used.iter().any(|used| used == path);
        let stale: Vec<&str> =
            WORDS.iter().map(|(key, _)| *key).filter(|key| !known(key.split('.').next().unwrap())).collect();
        assert_eq!(stale, Vec::<&str>::new());
    }
}
