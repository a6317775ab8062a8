//! Trouble of the lower layers, said in words with the next step.

use super::care;
use crate::domain::label::Term;
use crate::domain::stage::StageRefusal;
use crate::i18n::{Failure, FailureKind, Text, Words, io_trouble};
use crate::store::StoreError;
use crate::words;

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let (kind, reason, next) = say(error);
        Self::new(kind, reason, next)
    }
}

fn say(error: StoreError) -> (FailureKind, Words, Words) {
    use FailureKind::{Busy, Internal, Refused, Usage};
    match error {
        StoreError::Missing(path) => (
            Usage,
            words!("{} 没有登记库。", "There is no register at {}.", path.display()),
            words!(
                "用 cailiang init 新建，或用 --db 指明位置。",
                "Make one with cailiang init, or name the place with --db."
            ),
        ),
        StoreError::Exists(path) => (
            Usage,
            words!("{} 已经存在，未作改动。", "{} exists already and was left as it is.", path.display()),
            words!("请换一个文件名，或先移走原文件。", "Choose another name, or move the file away first."),
        ),
        StoreError::Newer { found, known } => newer(found, known),
        StoreError::Foreign(path) => (
            Usage,
            named(&path, "不是登记库。", "is not a register."),
            words!("请检查 --db 指的文件。", "Check the file that --db names."),
        ),
        StoreError::Damaged(why) => (
            Internal,
            words!(
                "登记库文件已损坏（{why}），未作改动。",
                "The register's file is damaged ({why}). Nothing was changed."
            ),
            words!(
                "请先复制一份原文件，再用 cailiang restore 从最近的备份恢复；cailiang doctor 给出详情。",
                "Keep a copy of the file, then restore the newest backup with cailiang restore; cailiang doctor tells more."
            ),
        ),
        StoreError::ReadOnly(path) => read_only(&path),
        StoreError::Full => (
            Internal,
            words!("磁盘已满，登记库保持原样。", "The disk is full. The register is as it was."),
            words!("请腾出空间后再试。", "Free some space and try again."),
        ),
        StoreError::Locked => (
            Busy,
            words!("另一个程序正在写登记库。", "Another program is writing to the register."),
            words!("请稍后再试。", "Try again in a moment."),
        ),
        StoreError::OpenElsewhere(path) => care::open_elsewhere(&path),
        StoreError::NetworkDrive { path, kind } => network_drive(&path, &kind),
        StoreError::Conflict => (
            Busy,
            words!(
                "这条记录在您读取之后已被别人改过，您的改动没有写入。",
                "This record was changed by another after you read it; your change was not written."
            ),
            words!("请重新打开，对照后再改。", "Open it again, compare, and make your change anew."),
        ),
        StoreError::NotFound { record, key } => (
            Refused,
            Words {
                zh: format!("找不到{}「{key}」。", noun(record).zh),
                en: format!("There is no {} \"{key}\".", noun(record).en),
            },
            look_up(record),
        ),
        StoreError::InUse(path) => care::in_use(&path),
        StoreError::Unsound(flaw) => care::unsound(&flaw),
        StoreError::Duplicate { record, key } => (
            Refused,
            Words {
                zh: format!("{}「{key}」已经有了。", noun(record).zh),
                en: format!("The {} \"{key}\" exists already.", noun(record).en),
            },
            look_up(record),
        ),
        StoreError::Cancelled => {
            let reason = words!("已取消，登记库保持原样。", "Cancelled. The register is as it was.");
            (Refused, reason, words!("需要时再运行一次。", "Run it again when you wish."))
        }
        StoreError::Corrupt { record, id, why } => corrupt(record, id, &why),
        StoreError::TooMuch => (
            Usage,
            words!("筛选条件太多。", "The filter holds too many conditions."),
            words!("请分几次查询。", "Ask in several steps."),
        ),
        StoreError::File(error) => file_failed(&error),
        StoreError::Engine(error) => (
            Internal,
            words!(
                "数据库出错：{error}。登记库保持原样。",
                "The database reported: {error}. The register is as it was."
            ),
            words!("请运行 cailiang doctor。", "Run cailiang doctor."),
        ),
    }
}

fn file_failed(error: &std::io::Error) -> (FailureKind, Words, Words) {
    let why = io_trouble(error);
    (
        FailureKind::Internal,
        Words {
            zh: format!("文件读写出错：{}。", why.zh),
            en: format!("Reading or writing a file failed: {}.", why.en),
        },
        words!("请检查磁盘和权限后再试。", "Check disk and rights, then try again."),
    )
}

fn read_only(path: &std::path::Path) -> (FailureKind, Words, Words) {
    (
        FailureKind::Usage,
        named(path, "不能写入。", "cannot be written to."),
        words!(
            "请检查文件夹的权限，或用 --db 换一个位置。",
            "Check the rights of the folder, or name another place with --db."
        ),
    )
}

fn corrupt(record: &str, id: i64, why: &str) -> (FailureKind, Words, Words) {
    (
        FailureKind::Internal,
        words!(
            "登记库里有读不懂的值（{record} {id}：{why}）。",
            "The register holds a value that does not read ({record} {id}: {why})."
        ),
        words!("请运行 cailiang doctor。", "Run cailiang doctor."),
    )
}

fn newer(found: i64, known: i64) -> (FailureKind, Words, Words) {
    (
        FailureKind::Usage,
        words!(
            "登记库的格式是第 {found} 版，本程序只认识到第 {known} 版，未作改动。",
            "The register has format {found}; this program knows formats up to {known}. Nothing was changed."
        ),
        words!("请换用较新的 cailiang 打开。", "Open it with a newer cailiang."),
    )
}

fn network_drive(path: &std::path::Path, kind: &str) -> (FailureKind, Words, Words) {
    (
        FailureKind::Usage,
        words!(
            "{} 在网络文件系统（{kind}）上，文件锁不可靠，多人同时写会损坏登记库。",
            "{} lies on a network file system ({kind}), whose locks cannot be trusted: two writers would damage it.",
            path.display()
        ),
        words!(
            "请把登记库放在服务器本机的磁盘上，各人通过 SSH 使用。",
            "Keep the register on a disk of the server itself and work over SSH."
        ),
    )
}

/// A sentence about a file; the engine does not always tell which.
fn named(path: &std::path::Path, zh: &str, en: &str) -> Words {
    if path.as_os_str().is_empty() {
        return Words { zh: format!("登记库{zh}"), en: format!("The register {en}") };
    }
    Words { zh: format!("{} {zh}", path.display()), en: format!("{} {en}", path.display()) }
}

/// Where to see which records of a sort there are.
fn look_up(record: &str) -> Words {
    let command = match record {
        "agency" => "agency list",
        "source" | "article" => "source list",
        "item" => "list",
        "duty" => "duty list",
        "batch" => "batch show",
        _ => "show",
    };
    words!("用 cailiang {command} 查看。", "See cailiang {command}.")
}

/// A record's name in both languages.
fn noun(record: &str) -> Text {
    match record {
        "agency" => Text::new("机关", "agency"),
        "source" => Text::new("法源", "source"),
        "item" => Text::new("事项", "item"),
        "version" => Text::new("版本", "version"),
        "duty" => Text::new("任务", "duty"),
        "batch" => Text::new("批次", "batch"),
        "article" => Text::new("条文", "article"),
        "evidence" => Text::new("证明材料", "evidence"),
        _ => Text::new("记录", "record"),
    }
}

impl From<StageRefusal> for Failure {
    fn from(refusal: StageRefusal) -> Self {
        match refusal {
            StageRefusal::WrongStage { act, stage, allowed } => {
                let (act, stage) = (act.label(), stage.label());
                let join = |say: fn(Text) -> &'static str, comma: &str| {
                    allowed.iter().map(|stage| say(stage.label())).collect::<Vec<_>>().join(comma)
                };
                let (zh, en) = (join(|text| text.zh, "、"), join(|text| text.en, ", "));
                let reason = Words {
                    zh: format!("现在是「{}」阶段，不能{}。", stage.zh, act.zh),
                    en: format!("In the stage \"{}\" it is not possible to {}.", stage.en, act.en),
                };
                Self::refused(reason, words!("只有在「{zh}」阶段才可以。", "That takes the stage {en}."))
            }
            StageRefusal::ReasonMissing { act } => {
                let act = act.label();
                Self::refused(
                    Words {
                        zh: format!("「{}」要写明理由。", act.zh), en: format!("To {} takes a reason.", act.en)
                    },
                    words!("请用 --reason 写明。", "Give it with --reason."),
                )
            }
        }
    }
}
