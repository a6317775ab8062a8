//! L, P and V: whether a baseline keeps to the law, to the procedure and to its time.

use super::{AT_PUBLICATION, Check, Code, EVERYWHERE, Gate, IN_REGISTER, Severity};
use crate::domain::label::Text;

const fn law(
    (code, severity, gates, clause): (Code, Severity, &'static [Gate], &'static str),
    sentence: Text,
    explanation: Text,
    wrong: &'static str,
    right: &'static str,
) -> Check {
    Check { code, severity, gates, clause, sentence, explanation, wrong, right }
}

pub(super) const LAW: &[Check] = &[
    law(
        (Code::L01, Severity::Error, EVERYWHERE, "S4.1"),
        Text::new(
            "罚款{0}高于法定上限{1}；请降到法定幅度以内。",
            "The fine {0} is above the statutory maximum {1}; bring it inside the band.",
        ),
        Text::new(
            "裁量基准只能在法定幅度内细化。依据中还有更高的另一档幅度（情节严重的、逾期的、造成后果的）时，按最高的一档比较。",
            "A baseline only refines the statutory band. Where the basis holds a second, higher band (severe, after the \
             time limit, with consequences), the highest one counts.",
        ),
        "法定：处一万元以上五万元以下罚款；阶次：处三万元以上八万元以下罚款",
        "法定：处一万元以上五万元以下罚款；阶次：处三万元以上五万元以下罚款",
    ),
    law(
        (Code::L02, Severity::Error, EVERYWHERE, "S4.1"),
        Text::new(
            "罚款{0}低于法定下限{1}，又没有标明“减轻”；请提高，或者标明减轻处罚及其情形。",
            "The fine {0} is below the statutory minimum {1} and not marked as mitigated; raise it, or mark it as such.",
        ),
        Text::new(
            "低于法定下限处罚是减轻处罚，须有法定理由；属于减轻的，应当标明。",
            "To fine below the minimum is a mitigation, which needs a legal ground; where it is one, it must be marked.",
        ),
        "法定：处一万元以上五万元以下罚款；较轻：处五千元以上二万元以下罚款",
        "法定：处一万元以上五万元以下罚款；减轻：处五千元以上一万元以下罚款",
    ),
    law(
        (Code::L03, Severity::Note, EVERYWHERE, "S4.1"),
        Text::new(
            "阶次只用到{0}，法定幅度是{1}；没有用到的部分，请核对是否有意。",
            "The tiers use {0} of the band {1}; check whether the rest is left out on purpose.",
        ),
        Text::new(
            "基准可以比法律窄，但通常应当覆盖全部法定幅度，否则最轻或者最重的情形无从适用。",
            "A baseline may be narrower than the law, but mostly it should cover the band, or the lightest or most severe \
             cases find no tier.",
        ),
        "法定：五万元以下；阶次最高三万元",
        "法定：五万元以下；阶次最高五万元",
    ),
    law(
        (Code::L04, Severity::Note, EVERYWHERE, "S1.1.1"),
        Text::new(
            "从法定依据读不出罚款幅度，无法核对是否超出；请在“法定幅度”中写明。",
            "No band of the fine could be read from the legal basis, so the tiers cannot be compared; write it as the band.",
        ),
        Text::new(
            "依据只写了条款号，或者写的是“依照……规定处罚”时，读不出幅度。补上条文原文或者法定幅度，才能核对。",
            "Where the basis names only a clause, or refers to another one, there is no band in it. With the words of the \
             law, or the band, the tiers can be compared.",
        ),
        "法定依据：《某市市容条例》第二十条",
        "法定幅度：处一千元以上五千元以下罚款",
    ),
    law(
        (Code::L05, Severity::Error, EVERYWHERE, "S4.1"),
        Text::new(
            "“{0}”不是{1}有权设定的处罚（行政处罚法第十条至第十四条、第十六条），又没有引用上位法；请补上上位法依据，或者删去。",
            "{1} may not set 「{0}」 (Administrative Penalty Law, articles 10 to 14 and 16) and no higher source is cited; cite \
             it, or delete the measure.",
        ),
        Text::new(
            "限制人身自由只能由法律设定；地方性法规不得设定吊销营业执照；规章只能设定警告、通报批评和一定数额的罚款；规范性文件不得设定处罚。\
             依据引用了更高位阶的法源时不报。",
            "Detention may be set by a law only; a local regulation may not set the revoking of a business licence; a rule may \
             set warning, criticism and fines only; a normative document no penalty at all. A higher source in the basis \
             silences the check.",
        ),
        "依据为市政府规章：没收违法所得，并处罚款",
        "依据为市政府规章：给予警告，并处罚款",
    ),
    law(
        (Code::L06, Severity::Warning, EVERYWHERE, "S4.1"),
        Text::new(
            "法定依据没有规定“{0}”；请核对依据是否写全，或者删去。",
            "The legal basis does not name 「{0}」; check whether the basis is complete, or delete the measure.",
        ),
        Text::new(
            "基准不能增加法律没有规定的处罚种类。多半是依据少引了一款，也可能是照抄了别的事项。",
            "A baseline cannot add a kind of penalty. Mostly a paragraph of the basis was not cited, or the words were copied \
             from another item.",
        ),
        "依据：处五千元以下罚款；阶次：没收工具，并处三千元罚款",
        "依据：没收工具，并处五千元以下罚款；阶次：没收工具，并处三千元罚款",
    ),
    law(
        (Code::L07, Severity::Warning, IN_REGISTER, "S1.3"),
        Text::new(
            "法源《{0}》于{1}修改或者废止，晚于基准日期{2}；请核对条文，一个月内调整。",
            "The source 《{0}》 was amended or repealed on {1}, after the baseline's date {2}; compare and adjust within a month.",
        ),
        Text::new(
            "依据修改的，市级行政机关应当在一个月内调整基准（一（三）、二（三））。",
            "Where the basis changes, the agency adjusts the baseline within one month (S1.3, S2.3).",
        ),
        "法源2023年9月1日修改，基准2022年公布",
        "法源2023年9月1日修改，基准2023年9月20日重新公布",
    ),
];

pub(super) const PROCEDURE: &[Check] = &[
    law(
        (Code::P01, Severity::Error, AT_PUBLICATION, "S4.3"),
        Text::new(
            "公布前还缺程序：{0}；请用 cailiang step record 补录。",
            "Steps are missing before publication: {0}; record them with cailiang step record.",
        ),
        Text::new(
            "制定基准要经过评估论证、公开征求意见、合法性审核、集体审议。",
            "A baseline passes evaluation, public comment, legality review and collective decision.",
        ),
        "没有记录合法性审核",
        "评估论证、公开征求意见、合法性审核、集体审议均有日期",
    ),
    law(
        (Code::P02, Severity::Error, AT_PUBLICATION, "S4.3"),
        Text::new(
            "程序顺序不对：{0}的日期早于{1}；请核对日期。",
            "Steps are out of order: {0} is dated before {1}; check the days.",
        ),
        Text::new(
            "四道程序依次进行，可以同日，不能颠倒；公布不早于最后一道程序和审定。",
            "The four steps follow one another, equal days allowed; publication is not before the last of them and approval.",
        ),
        "合法性审核9月1日，公开征求意见9月10日截止",
        "公开征求意见9月10日截止，合法性审核9月12日",
    ),
    law(
        (Code::P03, Severity::Error, AT_PUBLICATION, "S4.3"),
        Text::new(
            "征求意见{0}日，短于规定的{1}日；请核对起止日期。",
            "The comment ran for {0} days, shorter than the {1} that are set; check its days.",
        ),
        Text::new(
            "最短期限由登记库设置，并注明出处；没有设置时只要求有起止日期。",
            "The shortest period is a setting with its source; where it is unset, only both days are asked for.",
        ),
        "规定不少于30日，实际征求意见10日",
        "规定不少于30日，实际征求意见30日",
    ),
    law(
        (Code::P04, Severity::Error, AT_PUBLICATION, "S4.3"),
        Text::new("公布缺少{0}；请补录。", "The publication lacks its {0}; record it."),
        Text::new(
            "以规范性文件形式公布的，要有文号和公布日期，处罚决定书才能引用。",
            "A publication has a number and a day, so that decisions can cite it.",
        ),
        "已公布，没有文号",
        "已公布，某政规〔2023〕5号",
    ),
    law(
        (Code::V01, Severity::Warning, IN_REGISTER, "S1.3"),
        Text::new(
            "有效期到{0}为止，{1}；请评估后继续施行、修订或者废止。",
            "It is valid until {0} and {1}; evaluate it and renew, revise or repeal it.",
        ),
        Text::new(
            "规范性文件有有效期，期满自动失效，不能再作为裁量依据。届满前90日开始提示。",
            "A normative document has its term and lapses by itself; then it can no longer be applied. The check speaks 90 \
             days ahead.",
        ),
        "2020年1月1日施行，有效期3年，今天是2023年2月1日",
        "2023年1月1日施行，有效期3年，今天是2023年2月1日",
    ),
];
