//! Clauses put together at random from parts whose reading is known: what holds of each part must hold of the whole.

use cailiang::reading::read;
use proptest::prelude::*;
use proptest::sample::select;

use crate::notation::short;

/// Violations: no measure, no trigger.
const VIOLATIONS: &[&str] = &[
    "违反本条例第十二条规定，擅自占用绿地的，",
    "第三十条违反本办法第八条第二款规定，未公示信息的，",
    "有下列行为之一的，",
    "在禁止区域内堆放杂物的，",
    "单位或者个人擅自取土的，",
    "施工单位未办理手续的，",
];
const AGENCIES: &[&str] = &["", "由城市管理部门", "由市、县（区）人民政府水行政主管部门", "由公安机关"];
const TRIGGERS: &[&str] = &[
    "逾期不改正的",
    "情节严重的",
    "造成严重后果的",
    "没有违法所得的",
    "货值金额不足一万元的",
    "再次违反的",
    "没有违法所得或者违法所得不足五千元的",
];
const ENDS: &[&str] = &["。", "；构成犯罪的，依法追究刑事责任。", "；造成损失的，依法承担赔偿责任。"];
/// Measures that are no fines.
const OTHERS: &[(&str, &str)] = &[
    ("责令改正，", "order"),
    ("责令停止违法行为，", "order"),
    ("给予警告，", "warning"),
    ("没收违法所得，", "confiscate_gains"),
    ("责令停产停业整顿，", "order_suspend"),
    ("吊销许可证，", "revoke_licence[许可证]"),
    ("予以通报批评，", "criticism"),
];
const AMOUNTS: &[(&str, &str)] = &[
    ("二万元以上五万元以下", "20000..50000"),
    ("5000元以上1万元以下", "5000..10000"),
    ("五百元以下", "..500"),
    ("三千元", "3000"),
    ("1万元至3万元", "10000..30000"),
    ("每平方米十元以上三十元以下", "10..30 /平方米"),
    ("每株二百元", "200 /株"),
    ("违法所得一倍以上五倍以下", "1..5x *违法所得"),
    ("货值金额的三倍", "3x *货值金额"),
    ("工程合同价款百分之二以上百分之四以下", "2..4% *工程合同价款"),
    ("应缴费用50%以上3倍以下", "0.5..3x *应缴费用"),
];
const OBJECTS: &[(&str, &str)] = &[
    ("对单位", " @unit"),
    ("对施工单位", " @unit"),
    ("对个人", " @individual"),
    ("对直接负责的主管人员和其他直接责任人员", " @charge"),
    ("对其法定代表人", " @charge"),
    ("对经营者", ""),
];

/// Words and the readings of their measures.
type Part = (String, Vec<String>);

/// One fine for an object.
fn fine(object: (&'static str, &'static str)) -> impl Strategy<Value = Part> {
    let joined = object.0.is_empty();
    (select(AMOUNTS), any::<bool>(), any::<bool>()).prop_map(move |((amount, told), may, of)| {
        let verb = match (may, joined) {
            (true, true) => "可以并处",
            (true, false) => "可以处",
            (false, true) => "并处",
            (false, false) => "处",
        };
        let words = format!("{}{verb}{amount}{}罚款", object.0, if of { "的" } else { "" });
        (words, vec![format!("F {told}{}{}", object.1, if may { " ?" } else { "" })])
    })
}

/// The predicates of one case: other measures, then a fine for anyone or two for objects of their own.
fn predicates() -> impl Strategy<Value = Part> {
    let others = prop::collection::vec(select(OTHERS), 0..3);
    let fines = prop_oneof![
        fine(("", "")).boxed(),
        (select(OBJECTS), select(OBJECTS))
            .prop_flat_map(|(one, other)| (fine(one), fine(other)))
            .prop_map(|(one, other)| (format!("{}，{}", one.0, other.0), [one.1, other.1].concat()))
            .boxed(),
    ];
    (select(AGENCIES), others, fines).prop_map(|(agency, others, (words, told))| {
        let lead: String = others.iter().map(|(words, _)| *words).collect();
        let kinds = others.iter().map(|(_, told)| (*told).to_owned());
        (format!("{agency}{lead}{words}"), kinds.chain(told).collect())
    })
}

fn clause() -> impl Strategy<Value = Part> {
    let cases = prop::collection::vec((select(TRIGGERS), predicates()), 0..3);
    (select(VIOLATIONS), predicates(), cases, select(ENDS)).prop_map(|(violation, (words, mut told), cases, end)| {
        let mut text = format!("{violation}{words}");
        for (trigger, (words, measures)) in cases {
            text.extend(["；", trigger, "，", &words]);
            told.extend(measures.into_iter().map(|measure| format!("{measure} {{{trigger}}}")));
        }
        (text + end, told)
    })
}

proptest! {
    #[test]
    fn a_clause_is_read_as_its_parts((text, told) in clause()) {
        prop_assert_eq!(short(&read(&text)), told.join(" | "), "{}", text);
    }

    #[test]
    fn blanks_and_breaks_change_nothing((text, told) in clause(), places in prop::collection::vec((any::<prop::sample::Index>(), select(&[' ', '\n', '\u{3000}', '\t'][..])), 0..12)) {
        let mut noisy: Vec<char> = text.chars().collect();
        for (place, blank) in places {
            noisy.insert(place.index(noisy.len()), blank);
        }
        let noisy: String = noisy.into_iter().collect();
        let found: String = short(&read(&noisy)).split_whitespace().collect();
        let told: String = told.join(" | ").split_whitespace().collect();
        prop_assert_eq!(found, told, "{}", noisy);
    }
}
