//! One language at a time: what the program itself says in English holds no Chinese character, what it says in Chinese
//! no English sentence. Names and titles are data and stay as they are.

use super::cli::Place;

const COMMANDS: &[&str] = &[
    "",
    "demo",
    "init",
    "agency",
    "agency add",
    "agency list",
    "agency import",
    "source",
    "source add",
    "source list",
    "source show",
    "source import",
    "source explain",
    "item",
    "item add",
    "item propose",
    "item verify",
    "item dispute",
    "item settle",
    "item assign",
    "item exclude",
    "check answer",
    "check withdraw",
    "check severity",
    "setting",
    "setting list",
    "setting set",
    "setting clear",
    "baseline",
    "baseline edit",
    "baseline ready",
    "baseline submit",
    "baseline return",
    "baseline accept",
    "baseline approve",
    "baseline reopen",
    "baseline revise",
    "baseline repeal",
    "step",
    "step record",
    "batch",
    "batch new",
    "batch publish",
    "batch show",
    "event",
    "event register",
    "event affected",
    "event confirm",
    "event list",
    "training",
    "training record",
    "training list",
    "import",
    "status",
    "overdue",
    "list",
    "show",
    "find",
    "duty",
    "duty list",
    "duty extend",
    "duty waive",
    "duty close",
    "duty receive",
    "plan",
    "plan show",
    "plan new",
    "plan load",
    "plan rest-days",
    "export",
    "backup",
    "restore",
    "doctor",
    "completions",
    "man",
];

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '，' | '。' | '：' | '；' | '、' | '（' | '）' | '？' | '「' | '」')
}

/// English words in a row, as a sentence of English has them: at least three, of small letters.
fn english_sentence(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        let plain = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
        words.windows(4).find(|four| four.iter().all(plain)).map(|four| four.join(" "))
    })
}

#[test]
fn help_and_manual_speak_one_language() {
    let place = Place::new();
    for command in COMMANDS {
        let english = place.run(&format!("{command} --help --lang en")).done();
        let han: Vec<&str> = english.out.lines().filter(|line| line.contains(is_han)).collect();
        assert!(han.is_empty(), "{command}: {han:?}");
        let chinese = place.run(&format!("{command} --help")).done();
        assert!(chinese.out.contains("用法："), "{command}");
        for word in ["[OPTIONS]", "Options", "Print", "default", "possible"] {
            assert!(!chinese.out.contains(word), "{command}: {word}\n{}", chinese.out);
        }
        assert_eq!(english_sentence(&chinese.out), None, "{command}");
        // The options of the command come before those that all take.
        let own = chinese.out.find("\n选项");
        assert!(own.is_none_or(|own| own < chinese.out.find("\n通用选项").unwrap()), "{command}");
    }
    for page in ["man", "completions bash", "completions zsh", "completions fish"] {
        let english = place.run(&format!("{page} --lang en")).done();
        let han: Vec<&str> = english.out.lines().filter(|line| line.contains(is_han)).collect();
        assert!(han.is_empty(), "{page}: {han:?}");
        let chinese = place.run(page).done();
        assert!(!chinese.out.contains("Print version"), "{page}");
    }
    let manual = place.run("man").done().out.replace("\\-", "-");
    for command in COMMANDS.iter().filter(|command| command.contains(' ') || **command == "import") {
        assert!(manual.contains(&format!("cailiang {command}")), "{command} is not in the manual");
    }
}

/// A register whose data are in Latin letters, so that every Chinese character in an English answer is the program's.
fn latin() -> Place {
    let place = Place::new();
    place.run("init --city Yunze --rehearsal --today 2023-08-14").done();
    place.write("Act.txt", "第一条 one\n第二条 two\n");
    place.write("a.json", r#"{"kind": "penalty", "fields": {"violation": "street"}}"#);
    place.on(
        "2023-08-15",
        &[
            "agency add Streets --short ST",
            "agency add East --form government --level county",
            "source add Act --rank law",
            "item add vending --agency Streets --code A",
            "item add piling --agency Streets --code B",
            "item propose parking --agency Streets --reason missed --code C",
            "item verify A",
            "baseline edit A a.json",
            "item dispute B --reason foreign",
            "event register amended --source Act",
            "training record Streets --title course",
            "batch new first A",
        ],
    );
    place
}

const ANSWERS: &[&str] = &[
    "status",
    "status --of duties",
    "status --by kind,stage,standing,verification,level",
    "status --as-of 2020-01-01",
    "overdue",
    "overdue --within 9d --as-of 2023-08-25",
    "list",
    "list code=none",
    "show A",
    "show B",
    "find vending",
    "find nothing",
    "duty list",
    "agency list",
    "source list",
    "source show Act",
    "training list",
    "batch show",
    "batch show first",
    "event list",
    "event affected 1",
    "plan new 2024 --today 2024-01-02",
    "item verify A B --dry-run",
    "item verify B --dry-run",
    "baseline ready A --dry-run",
    "baseline accept A",
    "item settle C --reason fine --dry-run",
    "duty extend 1 --to 2023-12-01 --reason fine --dry-run",
    "duty extend 1 --to 2020-01-01 --reason fine",
    "baseline edit A a.json",
    "baseline edit A Act.txt",
    "import a.csv",
    "list foo:bar",
    "show none",
    "nonsense",
    "export a.csv",
    "export a.csv",
    "batch publish first --number 1",
    "step record A evaluation --dry-run",
    "step record A comment",
    "event confirm 1 --dry-run",
    "import table.csv",
    "import table.csv --agency Streets",
];

#[test]
fn answers_speak_one_language() {
    let place = latin();
    place.write("table.csv", "code,violation,basis,tier,condition,standard\nX,vending,Act,1,first,fine\n");
    for line in ANSWERS {
        let english = place.run(&format!("--lang en {line}"));
        let text = english.out.clone() + &english.err;
        // The names that a register begins with, and the clauses of a source, are data.
        let text =
            text.replace("Yunze人民政府", "").replace("Yunze政府", "").replace("Yunze司法局", "").replace("司法局", "");
        let han: Vec<&str> = text.lines().filter(|line| line.contains(is_han) && !line.starts_with('第')).collect();
        assert!(han.is_empty(), "{line}: {han:?}");
    }
    for line in ANSWERS {
        let chinese = place.run(line);
        let text = chinese.out.clone() + &chinese.err;
        assert_eq!(english_sentence(&text), None, "{line}: {chinese:#?}");
    }
}
