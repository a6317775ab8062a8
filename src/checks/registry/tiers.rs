//! T: whether the tiers of a ladder fit one another.

use super::{Check, Code, EVERYWHERE, Severity};
use crate::domain::label::Text;

const fn tiers(
    code: Code,
    severity: Severity,
    sentence: Text,
    explanation: Text,
    wrong: &'static str,
    right: &'static str,
) -> Check {
    Check { code, severity, gates: EVERYWHERE, clause: "S1.1.1", sentence, explanation, wrong, right }
}

pub(super) const CHECKS: &[Check] = &[
    tiers(
        Code::T01,
        Severity::Error,
        Text::new(
            "与{0}之间有空档：{1}到{2}之间没有阶次可用；请使两个阶次首尾相接。",
            "There is a gap towards {0}: nothing covers {1} to {2}; let the two tiers meet.",
        ),
        Text::new(
            "同一序列的相邻阶次应当首尾相接，否则法律允许的一段幅度无法适用。定额罚款之间、减轻和不予处罚的阶次不算空档。",
            "Neighbouring tiers of one ladder meet; otherwise a part of what the law allows can never be used. Between \
             fixed fines, and beside mitigated or no-penalty tiers, there is no gap.",
        ),
        "处一万元以上三万元以下罚款；处五万元以上十万元以下罚款",
        "处一万元以上五万元以下罚款；处五万元以上十万元以下罚款",
    ),
    tiers(
        Code::T02,
        Severity::Error,
        Text::new(
            "幅度{1}与{0}的{2}重叠；请使两个阶次首尾相接、互不交叉。",
            "The range {1} overlaps with {2} of {0}; let the two tiers meet without crossing.",
        ),
        Text::new(
            "重叠的部分，轻的情形可能罚得比重的情形还多。只有一个端点相同的不算重叠。",
            "Inside the overlap a lighter case may be fined more than a heavier one. A shared endpoint is no overlap.",
        ),
        "处一万元以上五万元以下罚款；处三万元以上十万元以下罚款",
        "处一万元以上三万元以下罚款；处三万元以上十万元以下罚款",
    ),
    tiers(
        Code::T03,
        Severity::Error,
        Text::new(
            "下限{0}高于上限{1}；请核对是否写反或者写错。",
            "The low end {0} is above the high end {1}; check whether they are swapped or mistyped.",
        ),
        Text::new(
            "下限高于上限的区间里没有任何数额。",
            "A range whose low end is above its high end holds no amount at all.",
        ),
        "处四十万元以上二十五万元以下罚款",
        "处二十五万元以上四十万元以下罚款",
    ),
    tiers(
        Code::T04,
        Severity::Error,
        Text::new(
            "情节比{0}重，罚款{1}却比{2}轻；请核对数额或者阶次顺序。",
            "The case is heavier than {0}, but the fine {1} is lighter than {2}; check the amounts or the order.",
        ),
        Text::new(
            "过罚相当：情节较重的，处罚不得轻于情节较轻的，防止重责轻罚、轻责重罚。",
            "The penalty fits the wrong: a heavier case must not cost less than a lighter one.",
        ),
        "较轻：处一万元以上三万元以下罚款；严重：处二千元以上五千元以下罚款",
        "较轻：处二千元以上五千元以下罚款；严重：处一万元以上三万元以下罚款",
    ),
    tiers(
        Code::T05,
        Severity::Error,
        Text::new(
            "适用条件“{1}”与{0}相同；请使条件互相区别。",
            "The condition \"{1}\" stands in {0} as well; make the conditions differ.",
        ),
        Text::new(
            "同样的情形落在两个阶次里，就不知道该用哪一个。分属单位和责任人员、限期之前和逾期之后的，不算相同。",
            "Where one case falls into two tiers nobody can tell which applies. Tiers of different parties, or before and \
             after a time limit, are told apart first.",
        ),
        "较轻：首次违法的；较重：首次违法的",
        "较轻：首次违法的；较重：二年内再次违法的",
    ),
    tiers(
        Code::T06,
        Severity::Note,
        Text::new(
            "条件与{0}不同，幅度相同；这是允许的，仅供核对。",
            "The conditions differ from {0}, the amounts do not; this is lawful and only told for a second look.",
        ),
        Text::new(
            "不同情形罚得一样并不违法，但如果本意是拉开档次，请核对。",
            "Different cases may cost the same; look again if a difference was meant.",
        ),
        "较轻：处一千元罚款；较重：处一千元罚款",
        "较轻：处一千元罚款；较重：处二千元罚款",
    ),
    tiers(
        Code::T07,
        Severity::Note,
        Text::new(
            "与{0}都包含{1}；通常无妨，需要分清时可以写“不满”或者“不含本数”。",
            "{1} belongs to this tier and to {0}; usually harmless, 「不满」 or 「不含本数」 would settle it.",
        ),
        Text::new(
            "“以上”“以下”都含本数时，端点属于两个阶次。这是通行写法，不是错误。",
            "Where 以上 and 以下 both include the number, the endpoint belongs to two tiers. That is common usage and no \
             error.",
        ),
        "处一万元以上三万元以下罚款；处三万元以上五万元以下罚款",
        "处一万元以上不满三万元罚款；处三万元以上五万元以下罚款",
    ),
    tiers(
        Code::T08,
        Severity::Warning,
        Text::new(
            "编号应为“{0}”，写的是“{1}”；请重新编号，或者补上缺少的阶次。",
            "The number should be \"{0}\" but is \"{1}\"; number anew, or add the tier that is missing.",
        ),
        Text::new(
            "跳号多半是漏了一个阶次，重号会使处罚决定书的引用落空。编号从头开始的，作为另一个序列。",
            "A skipped number mostly means a lost tier; a repeated one makes citations ambiguous. Numbers that start again \
             begin another ladder.",
        ),
        "阶次：1、2、4",
        "阶次：1、2、3",
    ),
    tiers(
        Code::T09,
        Severity::Warning,
        Text::new(
            "责任人员有{0}个阶次，单位有{1}个；请核对是否漏写或者需要对应。",
            "The ladder of persons in charge has {0} tiers, that of the unit {1}; check whether one is missing.",
        ),
        Text::new(
            "同一违法行为，对单位和对责任人员的阶次通常一一对应；数目不同时，要么漏写，要么应当说明。",
            "For one violation the tiers of the unit and of persons in charge usually correspond; where their numbers \
             differ, one is missing or it should be said why.",
        ),
        "单位4个阶次，责任人员5个阶次",
        "单位、责任人员各4个阶次",
    ),
    tiers(
        Code::T10,
        Severity::Warning,
        Text::new(
            "数量条件“{1}”与{0}的“{2}”不衔接；请核对数字。",
            "The quantity \"{1}\" and \"{2}\" of {0} do not meet; check the numbers.",
        ),
        Text::new(
            "条件中的数量应当首尾相接。有空档的，落在中间的情形没有阶次可用；有重叠的，不知道用哪个。下拉填充常使数字自动加一。",
            "Quantities in conditions should meet. In a gap a case has no tier, in an overlap it has two. Dragging a cell \
             down often counts a number up.",
        ),
        "100吨以上201吨以下；200吨以上",
        "100吨以上200吨以下；200吨以上",
    ),
    tiers(
        Code::T11,
        Severity::Warning,
        Text::new(
            "编号“{0}”与上一阶次相同，裁量标准却不同；请各给一个编号。",
            "The number \"{0}\" is that of the tier above, but the standard differs; give each its own number.",
        ),
        Text::new(
            "一个编号对应两个标准，引用“第3档”时就不知道是哪一个。",
            "Where one number stands over two standards, citing it does not say which is meant.",
        ),
        "3（合并单元格）：浓度超标，处二十万元罚款；总量超标，处三十万元罚款",
        "3：浓度超标，处二十万元罚款；4：总量超标，处三十万元罚款",
    ),
];
