//! The editor as a compiler: findings at every key, mends, splits, models, answers.

use cailiang::domain::baseline::{Baseline, Ladder, Tier};
use cailiang::domain::ids::ItemId;
use cailiang::domain::kind::Kind;
use cailiang::domain::stage::Stage;
use cailiang::i18n::Lang;
use cailiang::service::worker::Ask;
use cailiang::service::{Live, Register, Which};

use super::tui_desk::{Desk, SIZES, city};
use super::tui_work::draft;

const LAW: &str = "违反本条例规定，未经登记饲养犬只的，由公安机关责令改正，处二万元以上二十万元以下罚款。";

/// A penalty with one ladder: label, condition, standard of each tier.
pub fn penalty(tiers: &[(&str, &str, &str)]) -> Baseline {
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", "未经登记饲养犬只");
    baseline.set_text("basis", LAW);
    let tier = |(label, condition, standard): &(&str, &str, &str)| Tier {
        label: (*label).to_owned(),
        conditions: if condition.is_empty() { Vec::new() } else { vec![(*condition).to_owned()] },
        standard: (*standard).to_owned(),
        ..Tier::default()
    };
    if !tiers.is_empty() {
        baseline.ladders = vec![Ladder { tiers: tiers.iter().map(tier).collect(), ..Ladder::default() }];
    }
    baseline
}

/// Tiers with a gap, an overlap, a unit that is missing and a condition that is.
const FAULTY: &[(&str, &str, &str)] = &[
    ("较轻", "初次违反，及时改正的", "处二万以上五万元以下罚款"),
    ("一般", "经责令限期改正后逾期不满十日改正的", "处五万元以上十万元以下罚款"),
    ("较重", "逾期十日以上仍不改正的", "处十二万元以上十七万元以下罚款"),
    ("严重", "", "处十六万元以上二十万元以下罚款"),
];

/// The city with that baseline in a draft: its code, its number.
fn planted(baseline: &Baseline) -> (Register, String, ItemId) {
    let mut register = city();
    let (code, id) = draft(&register);
    register.edit_baseline(id, baseline, None).unwrap();
    (register, code, id)
}

/// The editor on it.
fn editing(baseline: &Baseline, size: (u16, u16)) -> (Desk, ItemId) {
    let (register, code, id) = planted(baseline);
    let mut desk = Desk::open(register, Lang::Zh, size);
    desk.press(&format!("2 / {code} Enter Enter"));
    (desk, id)
}

fn newest(desk: &Desk, id: ItemId) -> Baseline {
    desk.register.show_item(id).unwrap().versions.last().unwrap().baseline.clone()
}

#[track_caller]
fn sees(desk: &Desk, words: &str) {
    let text = desk.text();
    assert!(text.contains(words), "no {words} in\n{text}");
}

#[track_caller]
fn misses(desk: &Desk, words: &str) {
    let text = desk.text();
    assert!(!text.contains(words), "{words} in\n{text}");
}

#[test]
fn the_editor_as_text() {
    let (mut register, code, _) = planted(&penalty(FAULTY));
    let screens = [
        ("editor_findings", ""),
        ("editor_list", "c Down"),
        ("editor_typing", "Enter"),
        ("editor_explain", "f e"),
        ("editor_band", "Down Down b"),
        ("editor_split", "s"),
        ("editor_split_offences", "s Down Down Down 4 Enter"),
        ("editor_copy", "y"),
        ("editor_copy_chosen", "y Enter Down"),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for (width, height) in SIZES {
            for (name, keys) in screens {
                let mut desk = Desk::open(register, lang, (width, height));
                desk.press(&format!("2 / {code} Enter Enter {keys}"));
                let name = format!("{name}_{width}_{}", if lang == Lang::Zh { "zh" } else { "en" });
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                    insta::assert_snapshot!(name, desk.text());
                });
                register = desk.register;
            }
        }
    }
}

#[test]
fn the_footer_tells_the_keys_of_the_sheet_and_they_work() {
    let (mut register, code, _) = planted(&penalty(FAULTY));
    // Keys that open the sheet, what the footer tells, a key that it tells, and what is seen after it.
    for (keys, told, key, seen) in [
        ("f e", "Esc 关闭", "Esc", "Enter 编辑"),
        ("s", "Enter 采用   Esc 取消   F1 帮助   Ctrl-P 命令", "Ctrl-P", "拼音首字母"),
        ("y", "Enter 选定   ↑↓ 选择   Esc 取消", "F1", "这一屏的按键"),
        ("y Enter", "Enter 套用   ↑↓ 选取   Esc 返回", "Esc", "Enter 选定"),
    ] {
        let mut desk = Desk::open(register, Lang::Zh, (120, 40));
        desk.press(&format!("2 / {code} Enter Enter {keys}"));
        sees(&desk, told);
        assert_eq!(desk.text().matches("Esc").count(), 1, "{}", desk.text());
        desk.press(key);
        sees(&desk, seen);
        register = desk.register;
    }
}

#[test]
fn a_gap_is_told_while_it_is_typed() {
    let sound = penalty(&[
        ("较轻", "初次违反的", "处二万元以上五万元以下罚款"),
        ("较重", "再次违反的", "处五万元以上二十万元以下罚款"),
    ]);
    for size in SIZES {
        let (mut desk, _) = editing(&sound, size);
        misses(&desk, "T01");
        desk.press("Enter Ctrl-U 处二万元以上四万元以下罚款");
        sees(&desk, "T01");
        sees(&desk, "错1");
        // Without the key that ends the field, and gone as soon as it is mended.
        desk.press("Ctrl-U 处二万元以上五万元以下罚款");
        misses(&desk, "T01");
        desk.press("Esc");
        misses(&desk, "T01");
    }
}

#[test]
fn a_unit_is_completed_by_a_key_and_one_step_back_undoes_it() {
    let (mut desk, _) = editing(&penalty(FAULTY), (80, 24));
    sees(&desk, "R03");
    desk.press("x");
    sees(&desk, "已改：二万以上 → 二万元以上");
    sees(&desk, "处二万元以上");
    misses(&desk, "R03");
    desk.press("u");
    sees(&desk, "R03");
    // Likewise in the field, where typing goes on behind the words.
    desk.press("Enter Ctrl-X");
    assert!(desk.draw().1.is_some(), "the field is still open");
    misses(&desk, "R03");
    desk.press("。 Enter u");
    sees(&desk, "处二万元以上");
    desk.press("u");
    sees(&desk, "R03");
    // Mended back to what stood before.
    desk.press("x Enter Ctrl-U 处二万以上五万元以下罚款 Ctrl-X");
    sees(&desk, "已改");
    misses(&desk, "R03");
    desk.press("Enter");
    // Where nothing is certain the key says so.
    desk.press("Down x");
    sees(&desk, "没有把握十足的改法");
}

#[test]
fn a_mend_says_which_error_its_defect_hid() {
    let hiding = penalty(&[
        ("较轻", "初次违反的", "处二万元以上六万元以下罚款"),
        ("较重", "再次违反的", "处五万以上二十万元以下罚款"),
    ]);
    let (mut desk, _) = editing(&hiding, (120, 40));
    misses(&desk, "T02");
    desk.press("Down");
    sees(&desk, "五万以上 → 五万元以上；改后显出原被掩盖的 T02：");
    desk.press("x");
    sees(&desk, "已改：五万以上 → 五万元以上；原被掩盖的 T02 已显出。");
    misses(&desk, "R03");
    sees(&desk, "错1");
}

#[test]
fn findings_are_gone_through_in_order_and_the_list_leads_to_the_place() {
    let (mut desk, _) = editing(&penalty(FAULTY), (120, 40));
    let seen: Vec<String> = (0..4)
        .map(|_| {
            desk.press("f");
            let text = desk.text();
            let notice = text.lines().last().unwrap().trim().to_owned();
            notice.split(' ').next().unwrap().to_owned()
        })
        .collect();
    assert_eq!(seen.iter().filter(|code| code.len() == 3).count(), 4, "{seen:?}");
    let before = desk.text();
    desk.press("f F");
    assert_eq!(desk.text().lines().last(), before.lines().last(), "there and back");
    desk.press("c Home");
    desk.press("Enter");
    sees(&desk, "▸");
    desk.press("c Esc");
    sees(&desk, "未经登记饲养犬只");
}

#[test]
fn a_check_is_explained() {
    let (mut desk, _) = editing(&penalty(FAULTY), (80, 24));
    desk.press("e");
    sees(&desk, "以上、以下两个数额都要带单位");
    sees(&desk, "对：处十二万元以上十五万元以下罚款");
    desk.press("Esc");
    misses(&desk, "对：");
}

#[test]
fn a_band_is_split_and_tiers_that_stand_go_only_after_a_second_key() {
    let (mut desk, id) = editing(&penalty(&[]), (80, 24));
    desk.press("s");
    sees(&desk, "责令改正，处二万元以上七万四千元以下罚款");
    desk.press("Enter Ctrl-S");
    let ladder = &newest(&desk, id).ladders[0];
    let standards: Vec<&str> = ladder.tiers.iter().map(|tier| tier.standard.as_str()).collect();
    assert_eq!(
        standards,
        [
            "责令改正，处二万元以上七万四千元以下罚款",
            "责令改正，处七万四千元以上十四万六千元以下罚款",
            "责令改正，处十四万六千元以上二十万元以下罚款"
        ]
    );
    desk.press("s Down 2 Enter");
    sees(&desk, "现有的 3 个阶次将被替换");
    assert_eq!(newest(&desk, id).ladders[0].tiers.len(), 3);
    desk.press("Enter Ctrl-S");
    assert_eq!(newest(&desk, id).ladders[0].tiers.len(), 2);
    // One step back.
    desk.press("u Ctrl-S");
    assert_eq!(newest(&desk, id).ladders[0].tiers.len(), 3);
    // Beside the one that stands.
    desk.press("s Space Enter Ctrl-S");
    assert_eq!(newest(&desk, id).ladders.len(), 2);
    desk.press("s Esc");
    misses(&desk, "分档");
}

#[test]
fn a_baseline_is_taken_over_from_another_item() {
    let (mut desk, id) = editing(&penalty(&[("较轻", "甲的", "处二万元以上五万元以下罚款")]), (120, 40));
    desk.press("y 养 犬");
    sees(&desk, "养犬");
    desk.press("Enter");
    sees(&desk, "只要适用条件");
    desk.press("Down Enter Ctrl-S");
    let now = newest(&desk, id);
    assert_eq!(now.text("basis"), LAW, "only the ladders were wanted");
    assert_ne!(now.ladders, penalty(&[("较轻", "甲的", "处二万元以上五万元以下罚款")]).ladders);
    desk.press("u Ctrl-S");
    assert_eq!(newest(&desk, id).ladders[0].tiers[0].conditions, ["甲的"]);
}

/// Sound but for one warning: a measure that the law does not name.
const WARNED: &[(&str, &str, &str)] = &[
    ("较轻", "初次违反的", "警告，处二万元以上五万元以下罚款"),
    ("较重", "再次违反的", "处五万元以上二十万元以下罚款"),
];

#[test]
fn a_warning_is_answered_and_then_quiet_and_the_gate_leads_to_what_is_not() {
    let (mut desk, id) = editing(&penalty(WARNED), (120, 40));
    desk.press("m");
    sees(&desk, "没有说明");
    // The next step is a key here, and a command at the command line.
    sees(&desk, "在「基准编辑」按 Alt-W 写明理由");
    misses(&desk, "cailiang");
    let blocking = desk.register.findings_of(id).unwrap().into_iter().filter(Live::blocks).count();
    assert!(blocking > 0);
    // The list has the focus, on the first that keeps the draft from being submitted.
    for _ in 0..blocking {
        desk.press("w 法律另有规定，已核对 Enter");
        sees(&desk, "已说明");
        desk.press("m");
    }
    let left: Vec<_> = desk.register.findings_of(id).unwrap().into_iter().filter(Live::blocks).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn ready_says_what_is_ahead_shows_itself_and_is_not_done_twice() {
    for (lang, done, queue, again) in [
        (Lang::Zh, "已提请法制审核；报送前：有 ", "待法制审核　", "已经提请法制审核"),
        (Lang::En, "Done: mark ready; before it is submitted: ", "ready   ", "before the legal officer already"),
    ] {
        let (register, code, id) = planted(&penalty(WARNED));
        let mut desk = Desk::open(register, lang, (120, 40));
        desk.press(&format!("2 / {code} Enter Enter"));
        misses(&desk, queue);
        desk.press("r");
        sees(&desk, done);
        desk.press("j");
        sees(&desk, queue);
        let trail = desk.register.show_item(id).unwrap().trail.len();
        desk.press("r");
        sees(&desk, again);
        assert_eq!(desk.register.show_item(id).unwrap().trail.len(), trail, "nothing is written twice");
        // What changes goes through the queue again.
        desk.press("Home Enter x Enter Ctrl-S r");
        sees(&desk, done);
    }
}

#[test]
fn what_cannot_be_taken_back_is_seen_before_it_is_done() {
    let (mut desk, id) = editing(&penalty(WARNED), (120, 40));
    let blocking: Vec<_> = desk.register.findings_of(id).unwrap().into_iter().filter(Live::blocks).collect();
    for live in &blocking {
        desk.register.answer_findings(id, &Which::exactly(live), "已核对").unwrap();
    }
    desk.press("Esc Enter m");
    sees(&desk, "报送：将办理 1");
    sees(&desk, "阶段 起草中 → 已报送");
    let stage = |desk: &Desk| desk.register.item_stage(id).unwrap();
    desk.press("Esc");
    assert_eq!(stage(&desk), Stage::Drafting, "looking changes nothing");
    desk.press("m Enter");
    sees(&desk, "已报送。");
    assert_eq!(stage(&desk), Stage::Submitted);
}

#[test]
fn the_warning_that_is_told_is_the_one_that_is_answered_wherever_the_cursor_stands_in_its_row() {
    let (mut desk, _) = editing(&penalty(WARNED), (120, 40));
    // The cursor opens on the words that the warning is about; then it goes to the cells beside them.
    sees(&desk, "▸ ◔ L06");
    for keys in ["", "Left", "Left", "Left"] {
        desk.press(keys).press("w");
        sees(&desk, "说明 L06");
        misses(&desk, "这里没有要说明的警告");
        desk.press("Esc");
    }
}

#[test]
fn no_warning_is_answered_that_stands_elsewhere_than_the_cursor() {
    let (mut desk, _) = editing(&penalty(WARNED), (120, 40));
    sees(&desk, "▸ ◔ L06");
    // In the form: a row about which nothing is said, while the list still tells the one before.
    desk.press("End");
    sees(&desk, "▸ ◔ L06");
    desk.press("w");
    sees(&desk, "这里没有要说明的警告");
    misses(&desk, "说明 L06");
}

#[test]
fn of_several_findings_of_one_kind_the_one_with_the_cursor_stays_in_hand_and_is_answered() {
    let twice = "处二万以上五万元以下罚款；情节恶劣的，处三万以上六万元以下罚款";
    let (mut desk, _) = editing(&penalty(&[("较轻", "初次违反的", twice)]), (120, 40));
    desk.press("c Home");
    let here = |desk: &Desk| {
        let text = desk.text();
        let line = text.lines().rev().find(|line| line.starts_with('▸')).unwrap().to_owned();
        line.chars().take(60).collect::<String>()
    };
    let mut told = Vec::new();
    for _ in 0..12 {
        let line = here(&desk);
        // Read anew, as after every write.
        desk.resize(120, 40);
        assert_eq!(here(&desk), line);
        let code: String = line.chars().skip(4).take(3).collect();
        desk.press("w");
        let text = desk.text();
        assert!(text.contains(&format!("说明 {code}")) || text.contains("这里没有要说明的警告"), "{line}\n{text}");
        desk.press(if text.contains("说明 ") && text.contains("Enter 确定") { "Esc Down" } else { "Down" });
        told.push(code);
    }
    let distinct = |codes: &[String]| codes.iter().collect::<std::collections::BTreeSet<_>>().len();
    assert!(distinct(&told) > 1, "{told:?}");
}

#[test]
fn the_footer_in_the_list_of_findings_says_where_enter_goes() {
    let (mut desk, _) = editing(&penalty(WARNED), (120, 40));
    sees(&desk, "Enter 编辑");
    desk.press("c");
    sees(&desk, "Enter 跳到");
    misses(&desk, "Enter 编辑");
}

#[test]
fn a_draft_too_long_for_a_key_is_checked_by_the_worker() {
    let long = "因违法行为造成严重后果，且拒不改正、情节特别恶劣的，从其规定。".repeat(800);
    let (mut desk, _) = editing(&penalty(&[("较轻", &long, "处二万以上五万元以下罚款")]), (80, 24));
    sees(&desk, "R03");
    let asked = desk.press_unanswered("Enter 甲");
    let checks: Vec<_> = asked.iter().filter(|(_, ask)| matches!(ask, Ask::Check { .. })).collect();
    assert_eq!(checks.len(), 1, "{}", asked.len());
}

#[test]
fn chinese_typed_on_a_cell_is_written_into_it_and_the_draft_comes_back_in_memory_too() {
    let (mut desk, id) = editing(&penalty(FAULTY), SIZES[0]);
    let before = desk.text();
    desk.press("养");
    assert!(desk.text().lines().next() == before.lines().next(), "the screen stays: {}", desk.text());
    desk.press("Enter");
    let signs = |baseline: &Baseline| serde_json::to_string(baseline).unwrap().matches('养').count();
    let saved = newest(&desk, id);
    let kept = desk.register.kept_draft(id).unwrap().unwrap().baseline;
    assert_eq!(signs(&kept), signs(&saved) + 1);
    desk.press("Esc Enter");
    assert!(desk.text().contains("未保存"), "{}", desk.text());
    desk.press("u");
    assert!(!desk.text().contains("未保存"), "{}", desk.text());
}

#[test]
fn words_for_a_place_that_takes_none_are_answered_with_the_reason() {
    for (keys, reason) in [("Left Left", "这一格不能写字"), ("c", "光标在问题清单里")] {
        let (mut desk, id) = editing(&penalty(FAULTY), SIZES[1]);
        desk.press(keys);
        let title = desk.text().lines().next().unwrap().to_owned();
        desk.press("养");
        sees(&desk, reason);
        assert_eq!(desk.text().lines().next(), Some(title.as_str()), "{keys}");
        assert_eq!(desk.register.kept_draft(id).unwrap(), None, "{keys}");
    }
}
