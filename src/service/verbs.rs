//! The verbs of the trail in words. The trail itself keeps the identifiers.

use crate::i18n::Text;

const VERBS: &[(&str, Text)] = &[
    ("register.init", Text::new("建立登记库", "made the register")),
    ("agency.add", Text::new("新增机关", "added an agency")),
    ("agency.import", Text::new("读入机关名单", "took in a list of agencies")),
    ("source.add", Text::new("登记法源", "entered a source")),
    ("source.import", Text::new("读入法源", "took in sources")),
    ("source.explain", Text::new("说明条文没有事项的原因", "said why an article has no item")),
    ("item.add", Text::new("列入", "listed")),
    ("item.propose", Text::new("提议", "proposed")),
    ("item.verify", Text::new("核对确认", "verified")),
    ("item.dispute", Text::new("提出异议", "disputed")),
    ("item.settle", Text::new("裁定", "settled")),
    ("item.assign", Text::new("交办", "assigned")),
    ("item.exclude", Text::new("排除", "excluded")),
    ("baseline.edit", Text::new("编辑", "edited")),
    ("finding.answer", Text::new("说明检查发现", "answered a finding")),
    ("finding.withdraw", Text::new("收回对检查发现的说明", "withdrew the answer to a finding")),
    ("baseline.ready", Text::new("提请法制审核", "marked ready")),
    ("baseline.submit", Text::new("报送", "submitted")),
    ("baseline.return", Text::new("退回", "returned")),
    ("baseline.accept", Text::new("审查通过", "accepted")),
    ("baseline.approve", Text::new("政府审定", "approved")),
    ("baseline.reopen", Text::new("撤回重改", "reopened")),
    ("baseline.publish", Text::new("公布", "published")),
    ("baseline.revise", Text::new("启动修订", "began a new version")),
    ("baseline.repeal", Text::new("废止", "repealed")),
    ("baseline.in_force", Text::new("登记已施行的基准", "entered what was in force before")),
    ("step.record", Text::new("记录程序", "recorded a step")),
    ("batch.new", Text::new("编入批次", "put into a batch")),
    ("batch.publish", Text::new("公布批次", "published a batch")),
    ("event.register", Text::new("登记事件", "registered an event")),
    ("event.confirm", Text::new("确认受影响", "confirmed for an event")),
    ("duty.draw", Text::new("生成任务", "drew duties")),
    ("duty.extend", Text::new("延期", "extended a duty")),
    ("duty.waive", Text::new("免除任务", "waived a duty")),
    ("duty.close", Text::new("办结任务", "closed a duty")),
    ("training.record", Text::new("登记培训", "recorded a training")),
    ("report.receive", Text::new("登记收到报告", "recorded a report received")),
    ("import.apply", Text::new("读入表格", "took in a table")),
    ("mapping.save", Text::new("保存列对应关系", "saved a mapping of columns")),
    ("setting.set", Text::new("设置", "set a setting")),
    ("setting.clear", Text::new("恢复默认设置", "took a setting back")),
    ("mapping.remove", Text::new("删除列对应关系", "removed a mapping of columns")),
    ("plan.load", Text::new("读入计划", "took in a plan")),
    ("calendar.load", Text::new("读入节假日", "took in rest days")),
    ("demo.fill", Text::new("生成演示数据", "made demonstration data")),
];

/// A verb of the trail in words; `None` for one that this program does not write.
#[must_use]
pub fn verb_words(verb: &str) -> Option<Text> {
    VERBS.iter().find(|(id, _)| *id == verb).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_that_the_services_write_has_words() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/service");
        let mut files = vec![folder];
        let mut found = 0;
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for word in text.split('"').skip(1).step_by(2) {
                let group = [
                    "agency", "source", "item", "baseline", "finding", "step", "batch", "event", "duty", "training",
                    "setting",
                ];
                let of_trail = word.split_once('.').is_some_and(|(start, end)| {
                    group.contains(&start) && !end.is_empty() && end.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                });
                if of_trail {
                    found += 1;
                    assert!(verb_words(word).is_some(), "{word} in {}", path.display());
                }
            }
        }
        assert!(found > 30, "{found}");
    }
}
