//! The words that the reader knows, and what each of them is.
//!
//! A word is found by its first character and then by the longest spelling; all else is [`Tok::Text`].
//! Words that merely contain a key word (办事处, 对象, 司法拘留 …) are listed as text, so that they hide it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tok {
    /// Words without a meaning of their own for the reader.
    Text,
    /// Past the end.
    End,
    // Punctuation.
    Stop,
    Semicolon,
    Comma,
    Pause,
    Colon,
    Open,
    Close,
    /// The number of a list item: （一）, 1., ①.
    Item,
    /// 第…条, 第…款 and what follows of it.
    Article,
    /// 《…》 with what stands in it.
    Title,
    /// 的.
    Of,
    // Quantities.
    Number,
    /// 百分之, 千分之; its number follows.
    Fraction,
    Yuan,
    Times,
    /// 倍半: one half more.
    TimesHalf,
    Percent,
    Permille,
    /// 等值: one times.
    EqualValue,
    /// Words beside an amount that change nothing: 人民币.
    Currency,
    Above,
    Below,
    Beyond,
    To,
    NotOver,
    NotUnder,
    Over,
    Under,
    Highest,
    Lowest,
    Includes,
    Excludes,
    /// 「（以下不含本数）」 behind the amounts.
    AboveExcludes,
    BelowExcludes,
    /// 每平方米, 按日, /株; the mark is where the measure word begins.
    Per,
    /// 日, 天 behind a number.
    Day,
    /// 个月, 年 and the like behind a number.
    Period,
    // Verbs and joints.
    Impose,
    Give,
    May,
    /// 依法, 分别 and the like.
    Adverb,
    By,
    Toward,
    Or,
    And,
    /// 并, 且, 但: what follows is another predicate.
    Also,
    According,
    Rule,
    /// 下列, 以下: the reference is to what follows.
    Following,
    /// 被, 受到: what follows has been done already.
    Passive,
    Except,
    Its,
    Is,
    // Fines.
    Fine,
    /// 罚款数额, 罚款总额.
    FineLabel,
    /// 若干 in the place of an amount.
    Vague,
    /// 标准, 数额 between an amount and its verb.
    Standard,
    /// 加处, 滞纳金.
    Surcharge,
    /// 增加, 递增: a step, not a fine.
    Step,
    DailyContinuous,
    // Other measures.
    Warning,
    Criticism,
    Circulate,
    Confiscate,
    Revoke,
    Cancel,
    Suspend,
    /// 暂停.
    Halt,
    Downgrade,
    RestrictBusiness,
    Order,
    Deadline,
    StopBusiness,
    CloseDown,
    Ban,
    Occupation,
    Detain,
    NoPenalty,
    Transfer,
    Authority,
    /// 处罚, 治安管理处罚.
    Punish,
    /// 处分.
    Sanction,
    // Parties.
    Unit,
    Individual,
    InCharge,
    // Triggers.
    /// A word that makes its condition a trigger wherever it stands.
    Trigger,
    /// A word that makes its condition a trigger where it comes first.
    Opening,
    /// 违法所得 and its like.
    Gains,
    /// 货值金额 and its like.
    Goods,
    // Sentences that speak about penalties without imposing one.
    Mute,
    /// The sentence is about what a court does: its detention is none of an agency.
    Court,
    Decide,
}

/// The words, by what they are.
#[rustfmt::skip]
const WORDS: &[(Tok, &[&str])] = &[
    (Tok::Of, &["的"]),
    (Tok::Yuan, &["元", "圆", "元整", "元人民币"]),
    (Tok::Times, &["倍"]),
    (Tok::TimesHalf, &["倍半"]),
    (Tok::Percent, &["%"]),
    (Tok::Permille, &["‰"]),
    (Tok::EqualValue, &["等值", "等额", "同等数额", "同等金额", "等价值"]),
    (Tok::Currency, &["人民币", "￥", "¥"]),
    (Tok::Above, &["以上", "及以上"]),
    (Tok::Below, &["以下", "以内", "及以下", "之内"]),
    (Tok::Beyond, &["以外"]),
    (Tok::To, &["至", "到", "-", "~", "—", "——", "－", "–", "−", "～", "--"]),
    (Tok::NotOver, &["不超过", "不得超过", "不能超过", "不应超过", "不高于", "不得高于", "不多于", "不得多于", "不大于", "未超过", "≤"]),
    (Tok::NotUnder, &["不低于", "不得低于", "不能低于", "不少于", "不得少于", "不小于", "≥"]),
    (Tok::Over, &["超过", "高于", "多于", "大于", ">"]),
    (Tok::Under, &["不足", "不满", "未满", "不到", "未达到", "低于", "少于", "小于", "<"]),
    (Tok::Highest, &["最高", "最多", "至多", "最高额", "最高限额", "最高数额", "上限"]),
    (Tok::Lowest, &["最低", "至少", "最少", "最低额", "最低限额", "下限"]),
    (Tok::Includes, &["含", "包含", "包括"]),
    (Tok::Excludes, &["不含", "不包含", "不包括"]),
    (Tok::AboveExcludes, &["以上不含本数", "以上不包括本数", "以上均不含本数", "以上不包含本数"]),
    (Tok::BelowExcludes, &["以下不含本数", "以下不包括本数", "以下均不含本数", "以下不包含本数"]),
    (Tok::Day, &["日", "天"]),
    (Tok::Period, &["个月", "月", "年", "周", "个工作日", "小时"]),
    (
        Tok::Impose,
        &[
            "处", "处以", "处于以", "并处", "并处以", "各处", "各处以", "单处", "单处以", "分别处", "分别处以", "科处", "科以", "课处", "课以",
            "单处或者并处", "单处或并处", "并处或者单处", "并处或单处", "单处、并处", "罚", "并罚",
        ],
    ),
    (Tok::Give, &["给予", "予以", "给以", "并予", "并予以", "并给予", "进行", "施以"]),
    (Tok::May, &["可以"]),
    (
        Tok::Adverb,
        &[
            "依法", "应当", "立即", "当场", "分别", "同时", "一律", "酌情", "也", "均", "应予", "必须", "另行", "情节轻重", "视情", "视情节",
            "视情节轻重", "须经", "加重",
        ],
    ),
    (Tok::By, &["由"]),
    (Tok::Toward, &["对", "对于"]),
    (Tok::Or, &["或者", "或"]),
    (Tok::And, &["和", "及", "以及", "与"]),
    (Tok::Also, &["并", "且", "并且", "而且", "但", "但是", "直至"]),
    (Tok::According, &["依照", "按照", "按", "依据", "根据", "参照", "比照", "遵照", "适用"]),
    (Tok::Rule, &["规定", "有关规定", "法律", "法规", "规章", "条例", "处罚法", "管理处罚法", "治安管理处罚法", "前款", "本条", "前条", "管理法", "办法", "裁量标准"]),
    (Tok::Following, &["下列", "如下", "以下规定", "以下标准", "以下情形", "以下方式"]),
    (Tok::Passive, &["被", "受到", "受过", "曾", "曾经", "遭到", "不服"]),
    (Tok::Except, &["除"]),
    (Tok::Its, &["其"]),
    (Tok::Is, &["是", "为", "属", "系", "="]),
    (Tok::Fine, &["罚款", "罚款处罚"]),
    (
        Tok::FineLabel,
        &[
            "罚款数额", "罚款金额", "罚款总额", "罚款额", "罚款额度", "罚款幅度", "罚款标准", "罚款限额", "罚款总数", "处罚金额", "处罚数额", "罚款最高额",
            "罚款总金额", "罚款合计", "罚款上限", "罚款下限", "罚款最高限", "罚款最低限", "罚款最低额", "罚款最高限额", "罚款最低限额", "罚款最高数额", "罚款幅度上限", "累计罚款", "罚款的数额", "罚款的总额", "罚款累计",
        ],
    ),
    (Tok::Vague, &["若干"]),
    (Tok::Standard, &["标准", "数额", "金额", "额度", "总额", "累计", "合计", "累计金额", "范围内", "幅度内", "幅度", "范围", "之间"]),
    (Tok::Surcharge, &["加处", "滞纳金", "加收", "罚金", "加处罚款"]),
    (Tok::Step, &["增加", "递增", "加罚", "提高", "累加", "减少", "追加", "增罚"]),
    (
        Tok::DailyContinuous,
        &["按日连续处罚", "按日连续罚款", "按日连续处以罚款", "按日连续计罚", "按日计罚", "按日连续实施处罚", "按日连续给予处罚"],
    ),
    (Tok::Warning, &["警告", "书面警告", "公开警告"]),
    (Tok::Criticism, &["通报批评", "通报批评教育", "公开通报批评"]),
    (Tok::Circulate, &["通报", "公开通报"]),
    (Tok::Confiscate, &["没收"]),
    (Tok::Revoke, &["吊销"]),
    (Tok::Cancel, &["撤销", "注销", "取消", "撤回"]),
    (Tok::Suspend, &["暂扣", "扣留", "吊扣", "扣押"]),
    (Tok::Halt, &["暂停", "停止执业", "停止从业"]),
    (Tok::Downgrade, &["降低", "降级"]),
    (
        Tok::RestrictBusiness,
        &["限制开展生产经营活动", "限制生产经营活动", "限制生产经营", "限制生产", "限制经营", "限产", "限制开展业务", "限制其生产经营活动", "限制业务活动", "限制业务范围", "限制其业务范围", "限制业务"],
    ),
    (Tok::Order, &["责令", "责成"]),
    (Tok::Deadline, &["限期", "限其", "限于"]),
    (
        Tok::StopBusiness,
        &[
            "停产停业", "停产停业整顿", "停产停业整治", "停业整顿", "停产整顿", "停产整治", "停业整治", "停产", "停业", "停工整治", "停工整顿", "停工停业", "停止生产",
            "停止营业", "暂停营业", "停止生产经营", "停止生产经营活动", "停止经营活动", "停止招生", "停止办学", "停止生产或者使用", "停止生产、使用", "停止生产或使用",
            "停业停产", "停产、停业", "停产、停业整顿", "停业、停产整顿", "停产或者停业整顿", "停产或者停业", "停止日常活动", "停止业务活动", "停止活动", "整顿停业",
            "停运整顿", "停航整顿", "停止营运", "停运", "停止运营", "停止执业活动",
        ],
    ),
    (Tok::CloseDown, &["关闭", "取缔", "关停"]),
    (Tok::Ban, &["不得", "禁止"]),
    (Tok::Occupation, &["从事", "担任", "任职", "从业", "执业", "再从事"]),
    (Tok::Detain, &["拘留", "行政拘留", "治安拘留"]),
    (
        Tok::NoPenalty,
        &[
            "不予处罚", "不予行政处罚", "免予处罚", "免予行政处罚", "免于处罚", "免于行政处罚", "不处罚", "不再处罚", "不予罚款", "免予罚款", "免于罚款", "不罚款",
            "免除处罚", "免除行政处罚", "不给予行政处罚", "不给予处罚", "不予以处罚", "不予以行政处罚", "免罚", "不罚", "不予治安管理处罚", "不处罚款", "不再给予罚款", "不再罚款", "不给予罚款", "不再给予处罚", "不再给予行政处罚",
        ],
    ),
    (Tok::Transfer, &["移送", "移交"]),
    (Tok::Authority, &["机关", "司法", "检察院", "检察", "监察"]),
    (
        Tok::Punish,
        &[
            "处罚", "行政处罚", "治安管理处罚", "从重处罚", "从轻处罚", "减轻处罚", "加倍处罚", "加重处罚", "治安处罚", "从重予以处罚", "从重给予处罚",
            "从重给予行政处罚", "加重行政处罚",
        ],
    ),
    (Tok::Sanction, &["处分", "行政处分", "政务处分", "纪律处分", "撤职"]),
    (
        Tok::Unit,
        &["单位", "企业", "公司", "机构", "组织", "法人", "学校", "医院", "幼儿园", "工厂", "商场", "协会", "企事业单位", "社会团体", "中心"],
    ),
    (
        Tok::Individual,
        &[
            "个人", "公民", "自然人", "居民", "村民", "驾驶人", "驾驶员", "乘客", "行人", "乘车人", "人员", "监护人", "骑行人", "司机", "驾乘人", "员工", "职工",
            "本人", "驾乘人员", "从业人员", "工作人员", "医师", "导游", "教师", "船员", "船长", "机长", "公证员", "学员", "旅客", "养犬人", "饲养人", "饲主", "犬主",
        ],
    ),
    (
        Tok::InCharge,
        &[
            "主管人员", "责任人员", "责任人", "负责人", "主要负责人", "法定代表人", "责任者", "领导人员", "负责人员", "负有责任的人员", "负有直接责任的人员",
            "负直接责任的人员", "高级管理人员", "主要责任人", "实际控制人", "直接责任人", "直接责任人员", "责任领导", "直接负责人", "负有责任的董事",
            "控股股东", "董事", "监事", "经营负责人",
        ],
    ),
    (
        Tok::Trigger,
        &[
            "逾期", "拒不", "情节", "造成", "导致", "致使", "引起", "引发", "再次", "屡次", "屡教不改", "屡犯", "后果", "无法", "尚可", "仍", "仍然", "期满", "轻微",
            "较轻", "较重", "严重", "恶劣", "首次", "初次", "多次", "不改正", "未改正", "拒绝改正", "未造成", "没有造成", "限期内", "次以上", "及时改正", "不听劝阻", "不听制止", "警告后", "违法行为轻微", "违法行为较轻", "违法情节", "初次违法", "首次违法", "尚不构成", "第一次", "第二次", "第三次", "难以计算", "无法计算", "难以确定", "无法确定", "两次", "二次", "三次", "屡罚不改", "又实施", "又违反",
        ],
    ),
    (
        Tok::Opening,
        &[
            "发生", "构成", "属于", "数额", "数量", "拒绝", "不听", "经劝阻", "劝阻", "主动", "重大", "危害", "影响", "不能", "不具备", "有前款", "有前项", "涉及", "到期",
            "尚未", "尚不", "危及",
        ],
    ),
    (
        Tok::Gains,
        &["违法所得", "非法所得", "违法收入", "非法收入", "非法获利", "违法获利", "所得", "违法所得额", "非法所得额", "违法所获", "违规所得", "违法利润", "非法利润", ],
    ),
    (
        Tok::Goods,
        &["货值金额", "货值", "经营额", "违法经营额", "非法经营额", "货款", "销售金额", "经营金额", "违法经营数额", "非法经营数额", "违法金额", "违法经营所得"],
    ),
    (Tok::Mute, &["听证", "所称", "简易程序", "罚缴分离", "当场作出", "设定罚款", "可以设定", "不得设定", "罚款是指", "罚款,是指"]),
    (Tok::Court, &["人民法院", "法院", "法庭", "院长"]),
    (Tok::Decide, &["决定", "处罚决定", "行政处罚决定"]),
    (Tok::Text, TEXT),
];

/// Words that hide a key word.
#[rustfmt::skip]
const TEXT: &[&str] = &[
    "处理", "处置", "处于", "处方", "处在", "处境", "办事处", "管理处", "代表处", "派出处", "登记处", "收费处", "查处", "惩处", "判处", "出处", "此处", "该处",
    "到处", "随处", "别处", "用处", "损处", "好处", "处罚种类", "处罚幅度", "处罚程序", "处罚依据", "处罚条款", "处罚裁量", "处罚机关", "处罚权", "处罚建议", "行政处罚权", "行政处罚裁量",
    "行政处罚法", "被处罚人", "受处罚人", "处罚后", "处罚的种类",
    "被许可人", "被检查", "被监管", "被监护人", "被征收人", "被申请人", "被害人", "被告", "被代理", "被鉴定", "被审计", "被保险", "被监督", "被评估", "被调查", "被拆迁", "棉被", "植被",
    "对象", "相对应", "对应的", "所对应", "相对人", "相对", "绝对", "针对", "面对", "反对", "核对", "校对", "应对", "比对", "对照", "对比", "对方", "对外", "对抗", "对讲", "不对",
    "合并", "并入", "并购", "并网", "并行", "并联", "吞并", "兼并", "一并", "共和国", "和谐", "和解", "缓和", "饱和", "总和", "和平", "平和", "及时", "涉及", "普及", "以及时", "参与", "与会", "人与",
    "自由", "理由", "缘由", "事由", "经由", "由来", "案由", "因由",
    "按时", "按期", "按需", "按键", "按摩", "按揭", "按劳", "未按", "不按",
    "目的", "的确", "标的", "标的额", "的士",
    "元件", "元素", "单元", "公元", "多元", "元旦", "一元化", "元月", "元器件", "美元", "港元", "欧元", "日元", "状元", "复合元", "纪元",
    "以至", "甚至", "截至", "至今", "乃至", "至关", "冬至", "夏至", "达到", "收到", "接到", "遇到", "到达", "到位", "得到", "找到", "直到", "到场", "到案", "到岗", "做到", "涉到", "报到", "看到", "感到",
    "本单位", "单位名称", "单位工程", "个人信息", "个人独资", "个人所得", "个人隐私", "个人身份", "个人账户", "个人财产", "个人数据", "个人资料", "个人生物", "个人权益", "个人声誉", "个人住房",
    "行政执法人员", "执法人员", "机构编制", "公司章程", "组织机构", "组织者", "组织实施", "组织开展", "组织制定", "组织他人", "组织领导", "组织代码", "法人代表", "企业名称", "服务中心",
    "司法拘留", "刑事拘留", "拘留所", "拘留证",
    "警告标志", "警告标识", "警告牌", "警告标语", "警告语", "警告信号", "警告标示", "警告后", "警告信", "警告说明",
    "通报情况", "情况通报", "通报制度", "通报机制",
    "许可", "认可", "可能", "可行", "可再生", "可回收", "可疑", "可燃", "可视", "可靠", "可追溯", "不可", "方可", "可持续", "可见", "可比",
    "被处罚", "不予", "免予",
    "日常", "日期", "日用", "工作日", "次日", "当日", "日前", "生日", "日均", "日内", "节日", "日报", "日起", "年度", "年检", "年审", "年龄", "年内", "年限", "月内", "月份", "月租",
    "增加值", "提高警惕",
    "关闭或者停用", "擅自关闭", "关闭、闲置", "强制关闭",
    "属地", "所属", "金属", "附属", "下属", "直属", "隶属", "亲属", "家属", "行为", "为主", "认为", "为了", "作为", "视为", "成为", "为由", "以为", "因为", "为他人", "为其", "系统", "联系", "关系", "体系", "系列", "但是否", "是否", "凡是", "只是", "还是", "而是", "于是", "是指",
    "其他", "其余", "其中", "尤其", "及其",
    "罚款决定", "罚款收入", "罚款收缴", "罚款缴纳", "罚款票据", "处罚款项", "罚款裁量", "罚款、罚金", "缴纳罚款", "缴纳的罚款", "收缴罚款", "罚款的决定", "罚款收据", "的罚款决定", "罚款期限", "罚没", "罚则", "处罚法律", "缴清罚款", "交纳罚款", "罚款、没收款",
    "除外", "除名", "除险", "拆除", "清除", "排除", "消除", "解除", "去除", "免除", "铲除", "扣除", "除臭", "除尘", "移除", "根除", "删除", "切除", "除了",
    "尚且", "况且", "暂且",
    "含量", "含有", "包含量", "含税",
    "所得税", "取得", "获得", "不得已", "进入流通", "发生变更", "发生变化", "损失赔偿", "轻微污染", "严重污染", "重大事项", "重大项目", "重大危险源", "主动脉", "影响评价", "环境影响", "事故隐患", "安全事故应急", "重大事故隐患", "重大活动", "影响报告",
    "标准化", "标准件", "不标准", "金额巨大", "平均", "均衡",
    "规定期限", "按照规定期限",
    "拒绝接受",
    "惩罚", "刑罚",
    "禁止性", "禁止令", "禁止区",
    "可能造成", "可能导致", "可能引起", "可能引发", "可能影响", "可能危害", "可能危及", "等严重质量问题",
    "若干规定", "若干问题", "若干意见",
];

/// One word.
pub(super) struct Word {
    pub(super) chars: &'static [char],
    /// The second character, which tells most words of a group apart; NUL where there is only one.
    second: char,
    pub(super) tok: Tok,
}

/// Words by first character.
pub(super) struct Lexicon {
    /// From a character of the basic plane to its group: 0 where nothing but text begins, 1 where a sign or a numeral
    /// does and no word.
    heads: Vec<u16>,
    /// The words of a group, sorted by second character and then from the longest.
    groups: Vec<&'static [Word]>,
}

/// The group of what begins no word but a sign or a numeral; like the group before it, it holds no words.
const SIGN: u16 = 1;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut by_head: BTreeMap<char, Vec<Word>> = BTreeMap::new();
    for (tok, spellings) in WORDS {
        for spelling in *spellings {
            let chars: Vec<char> = spelling.chars().map(|char| if char == '～' { '~' } else { char }).collect();
            let (Some(head), second) = (chars.first().copied(), chars.get(1).copied().unwrap_or('\0')) else {
                continue;
            };
            by_head.entry(head).or_default().push(Word { chars: chars.leak(), second, tok: *tok });
        }
    }
    let mut lexicon = Lexicon { heads: vec![0; 0x1_0000], groups: vec![&[], &[]] };
    for sign in super::lexer::SIGNS.chars().chain(super::numeral::SIGNS.chars()) {
        lexicon.set(sign, SIGN);
    }
    for (head, mut group) in by_head {
        group.sort_by_key(|word| (word.second, std::cmp::Reverse(word.chars.len())));
        lexicon.set(head, u16::try_from(lexicon.groups.len()).unwrap_or(SIGN));
        lexicon.groups.push(group.leak());
    }
    lexicon
});

/// All words.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn set(&mut self, head: char, group: u16) {
        if let Some(slot) = self.heads.get_mut(head as usize) {
            *slot = group;
        }
    }

    /// True where neither a word nor a numeral nor a sign of the lexer begins with a character: it is text.
    pub(super) fn begins_nothing(&self, head: char) -> bool {
        self.heads.get(head as usize).is_none_or(|group| *group == 0)
    }

    /// The longest word at the beginning of some characters.
    pub(super) fn longest(&self, text: &[char]) -> Option<&'static Word> {
        let (head, second) = (*text.first()?, text.get(1).copied().unwrap_or('\0'));
        let group = *self.groups.get(usize::from(*self.heads.get(head as usize)?))?;
        let alike = group.get(group.partition_point(|word| word.second < second)..)?;
        let mut longer = alike.iter().take_while(|word| word.second == second);
        let alone = group.first().filter(|word| word.chars.len() == 1);
        longer.find(|word| text.starts_with(word.chars)).or(alone)
    }
}

/// Measure words of a rate, longest first where one begins another.
#[rustfmt::skip]
pub(super) const MEASURES: &[&str] = &[
    "平方米", "平方公里", "平米", "㎡", "m2", "m²", "立方米", "立方", "m3", "m³", "公里", "千米", "延长米", "延米", "米", "亩", "公顷", "吨", "公斤", "千克", "克", "斤", "升", "标准箱",
    "日", "天", "小时", "个月", "月", "年", "人次", "车次", "辆次", "船次", "台次", "架次", "户次", "次", "人", "名", "户", "辆", "台", "部", "艘", "架", "只", "头", "匹", "羽", "尾", "条", "株", "棵", "丛", "件",
    "个", "处", "张", "份", "本", "册", "枚", "套", "项", "块", "根", "座", "间", "栋", "幢", "盏", "桶", "瓶", "箱", "袋", "包", "盘", "具", "起", "例", "门", "孔", "口", "眼", "宗", "笔", "批", "班", "穴",
    "停车泊位", "停车位", "车位", "泊位", "车", "船", "家", "篇", "幅", "面", "公亩", "平方厘米", "厘米", "罐", "支", "扇", "樘", "粒", "颗", "束", "床", "标段", "科目", "类", "种", "单",
];
