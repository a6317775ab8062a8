//! A published table of any length, newly written: rows of about 600 bytes of Chinese, as the figures ask for.

use std::io::{self, Write};

const PLACES: [&str; 12] = [
    "滨湖大道沿线",
    "云泽广场周边",
    "枫林路夜市",
    "澄湖湿地公园",
    "望岳老街",
    "南港物流园",
    "石梁河东岸",
    "沙汀渔港",
    "高铁站前区",
    "大学城片区",
    "泽阳商业街",
    "重庆路北段",
];
const ACTS: [&str; 10] = [
    "擅自占用公共场地经营",
    "未采取防尘措施装卸物料",
    "违规停放非机动车",
    "倾倒建筑垃圾",
    "超标排放噪声",
    "未按照规定公示收费标准",
    "擅自改变设施用途",
    "未建立安全管理台账",
    "阻碍执法人员检查",
    "未经批准挖掘路面",
];
const TIERS: [(&str, &str); 4] = [
    ("轻微", "初次违法，危害后果轻微并及时改正，主动配合调查且没有造成相邻单位和居民投诉的"),
    ("较轻", "违法行为持续时间不足七日，影响范围限于当事人经营场所之内，经责令后按期改正的"),
    ("一般", "违法行为持续七日以上不足三十日，或者一年内第二次被查处，经责令后部分改正的"),
    ("严重", "违法行为持续三十日以上，或者拒绝、阻碍执法人员依法检查，造成人身伤害或者财产损失的"),
];
const BASIS: &str = "违反前款规定的，由县级以上人民政府有关主管部门责令限期改正，可以处一千元以上一万元以下的罚款；\
                     逾期不改正或者情节严重的，处一万元以上五万元以下的罚款";

/// Writes a table of `rows` rows, `tiers` rows an item.
pub fn write_csv(out: &mut impl Write, rows: usize, tiers: usize) -> io::Result<()> {
    writeln!(out, "事项编码,违法行为,法律依据,裁量阶次,适用条件,裁量标准,备注")?;
    for row in 0..rows {
        let item = row / tiers;
        let (tier, condition) = pick(&TIERS, if tiers == 1 { item } else { row % tiers });
        let (place, act) = (pick(&PLACES, item), pick(&ACTS, item / PLACES.len()));
        let cell = item / PLACES.len() / ACTS.len() + 1;
        let (article, from) = (item % 80 + 1, (row % tiers + 1) * 1000);
        let law = item % 40 + 1;
        writeln!(
            out,
            "CL-{item:07},在{place}{act}（第{cell}网格）,《云泽市城市管理规定之{law}》第{article}条第一款：{BASIS},{tier},{condition},\
             责令限期改正，处{from}元以上{}元以下罚款；没有违法所得的不予没收,{}",
            from + 1000,
            if item.is_multiple_of(7) { "本条按照省级基准细化" } else { "" }
        )?;
    }
    Ok(())
}

#[allow(clippy::indexing_slicing)] // The remainder lies within the list.
fn pick<T: Copy>(list: &[T], at: usize) -> T {
    list[at % list.len()]
}
