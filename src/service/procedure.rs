//! Procedure steps, publication batches and trainings.

use chrono::NaiveDate;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Register, Result, duties};
use crate::domain::agency::Agency;
use crate::domain::baseline::hex;
use crate::domain::ids::{BatchId, ItemId};
use crate::domain::label::Term;
use crate::domain::procedure::{Step, StepRecord};
use crate::domain::stage::Stage;
use crate::i18n::{Failure, Words};
use crate::store::{Batch, Done, Entry, Evidence, Received, StepOf, Training};
use crate::words;

/// A training to be recorded.
#[derive(Debug, Clone)]
pub struct TrainingForm {
    /// Who held it, as a person names it.
    pub agency: String,
    /// What it was about.
    pub title: String,
    /// When; today where not told.
    pub on: Option<NaiveDate>,
    /// How many took part.
    pub people: u32,
    /// Anything else.
    pub note: String,
}

/// A batch with its items.
#[derive(Debug, Clone)]
pub struct BatchView {
    /// The batch.
    pub batch: Batch,
    /// Its items.
    pub items: Vec<ItemId>,
}

impl Register {
    /// Records a step of an item's newest version. A public comment takes its first and last day.
    pub fn record_step(&mut self, item: ItemId, record: &StepRecord, files: Vec<(String, Vec<u8>)>) -> Result<()> {
        self.step_days(record)?;
        let evidence: Vec<Evidence> = files
            .into_iter()
            .map(|(name, bytes)| Evidence { name, sha256: hex(&Sha256::digest(&bytes)), bytes })
            .collect();
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            let state = write.state(item)?;
            if state.version_no == 0 {
                return Err(Failure::refused(
                    words!(
                        "这个事项还没有基准，不能记录程序。",
                        "The item has no baseline yet: there is no step to record."
                    ),
                    words!("先用 cailiang baseline edit 起草。", "Write it first, with cailiang baseline edit."),
                ));
            }
            write.add_step(StepOf::Version(item, state.version_no), record, &evidence)?;
            if record.step == Step::Distribution {
                duties::distributed(write, item, record.on)?;
            }
            let files: Vec<_> =
                evidence.iter().map(|file| json!({ "name": file.name, "sha256": file.sha256 })).collect();
            let detail = json!({ "version": state.version_no, "new": record, "evidence": files });
            Ok(Done::Wrote((), Entry { verb: "step.record", record: "item", record_id: item.0, detail }))
        })
    }

    fn step_days(&self, record: &StepRecord) -> Result<()> {
        self.day_as_told(Some(record.on))?;
        match (record.step, record.from) {
            (Step::Comment, None) => Err(Failure::usage(
                words!("公开征求意见要写起止日期。", "A public comment takes its first and last day."),
                words!("请用 --from 和 --to 写明。", "Give them with --from and --to."),
            )),
            (Step::Comment, Some(from)) if from > record.on => Err(Failure::usage(
                words!(
                    "征求意见的开始日 {from} 晚于结束日 {}。",
                    "The comment begins on {from}, after its last day {}.",
                    record.on
                ),
                words!("请核对日期。", "Check the days."),
            )),
            _ => Ok(()),
        }
    }

    /// Makes a publication batch of items.
    pub fn new_batch(&mut self, name: &str, items: &[ItemId]) -> Result<BatchId> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Failure::usage(
                words!("批次名称不能为空。", "A batch needs a name."),
                words!("例如「第一批」。", "For example: First batch."),
            ));
        }
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            let day = write.day();
            let batch = match write.batch_by_name(name)? {
                Some(batch) => batch,
                None => write.add_batch(name)?,
            };
            for item in items {
                write.change_item(*item, day, |state| state.batch = Some(batch))?;
            }
            let detail = json!({ "name": name, "items": items });
            Ok::<_, Failure>(Done::Wrote(
                batch,
                Entry { verb: "batch.new", record: "batch", record_id: batch.0, detail },
            ))
        })
    }

    /// Every batch with its items.
    pub fn batches(&self) -> Result<Vec<BatchView>> {
        let view = |batch: Batch| Ok(BatchView { items: self.store.items_of_batch(batch.id)?, batch });
        self.store.batches()?.into_iter().map(view).collect()
    }

    /// The batch with this name.
    pub fn find_batch(&self, name: &str) -> Result<BatchView> {
        self.batches()?.into_iter().find(|view| view.batch.name == name.trim()).ok_or_else(|| {
            Failure::refused(
                words!("没有批次「{name}」。", "There is no batch \"{name}\"."),
                words!("cailiang batch show 列出全部。", "cailiang batch show lists all."),
            )
        })
    }

    /// Publishes the approved items of a batch, one result an item. The batch counts as published when at least one
    /// item was.
    pub fn publish_batch(
        &mut self,
        name: &str,
        on: Option<NaiveDate>,
        number: &str,
    ) -> Result<Vec<(ItemId, Result<()>)>> {
        let view = self.find_batch(name)?;
        let on = self.day_as_told(on)?;
        let mut results = Vec::new();
        for item in view.items {
            if self.store.item_state(item)?.stage != Stage::Published {
                results.push((item, self.publish(item, on, number, Some(view.batch.id)).map(|_| ())));
            }
        }
        if results.iter().any(|(_, result)| result.is_ok()) {
            let stamp = self.stamp()?;
            self.store.write(&stamp, |write| {
                write.publish_batch(view.batch.id, on, number.trim())?;
                let detail = json!({ "on": on, "number": number.trim() });
                let entry = Entry { verb: "batch.publish", record: "batch", record_id: view.batch.id.0, detail };
                Ok::<_, Failure>(Done::Wrote((), entry))
            })?;
        }
        Ok(results)
    }

    /// Records a training; it ends the agency's training duty of that year (S3.1, S3.2). Returns who held it.
    pub fn record_training(&mut self, form: &TrainingForm) -> Result<String> {
        let agency = self.agencies.find(&form.agency)?.clone();
        let training = Training {
            id: 0,
            agency: agency.id,
            on: self.day_as_told(form.on)?,
            title: form.title.trim().to_owned(),
            people: form.people,
            note: form.note.trim().to_owned(),
        };
        if training.title.is_empty() {
            return Err(Failure::usage(
                words!("培训要写主题。", "A training needs a title."),
                words!("请用 --title 写明。", "Give it with --title."),
            ));
        }
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            let id = write.add_training(&training)?;
            duties::trained(write, &agency, training.on)?;
            let detail = json!({ "agency": training.agency, "on": training.on, "title": training.title, "people": training.people });
            Ok::<_, Failure>(Done::Wrote((), Entry { verb: "training.record", record: "training", record_id: id, detail }))
        })?;
        Ok(agency.name)
    }

    /// Trainings held.
    pub fn trainings(&self) -> Result<Vec<Training>> {
        Ok(self.store.trainings()?)
    }

    /// Records a report received from a county; it ends the duty of that year (S5.4). Returns who sent it.
    pub fn record_received(
        &mut self,
        agency: &str,
        form: &str,
        year: Option<i32>,
        on: Option<NaiveDate>,
        note: &str,
    ) -> Result<String> {
        let agency = self.reporting_county(agency)?;
        let form = match form.trim() {
            "annual" | "年度" => "annual",
            "progress" | "进展" => "progress",
            other => {
                return Err(Failure::usage(
                    words!("没有「{other}」这种报告。", "There is no report \"{other}\"."),
                    words!("写 annual（年度）或 progress（进展）。", "Write annual or progress."),
                ));
            }
        };
        let on = self.day_as_told(on)?;
        let received = Received {
            agency: agency.id,
            form,
            year: year.unwrap_or(self.facts.plan_year),
            on,
            note: note.trim().to_owned(),
        };
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            let id = write.add_received(&received)?;
            duties::received(write, &received)?;
            let detail = json!({ "agency": received.agency, "form": form, "year": received.year, "on": on });
            Ok::<_, Failure>(Done::Wrote(
                (),
                Entry { verb: "report.receive", record: "received", record_id: id, detail },
            ))
        })?;
        Ok(agency.name)
    }
}

impl Register {
    /// The county government that a report is from: itself, or the one that a named agency belongs to.
    fn reporting_county(&self, words: &str) -> Result<Agency> {
        let named = self.agencies.find(words)?;
        let government = self.agencies.government_of(named.id).and_then(|id| self.agencies.get(id));
        match government {
            Some(county) if county.parent.is_some() => Ok(county.clone()),
            _ => Err(Failure::refused(
                words!(
                    "{}不属于任何县区，没有要报送的报告。",
                    "{} belongs to no county: it has no report to send.",
                    named.name
                ),
                words!(
                    "请写县区政府，用 cailiang agency list 查看。",
                    "Name a county government; cailiang agency list shows them."
                ),
            )),
        }
    }
}

/// A step named by a person.
pub fn step_from_words(words: &str) -> Result<Step> {
    let part = |step: &Step| !words.trim().is_empty() && step.label().zh.contains(words.trim());
    let near: Vec<Step> = Step::ALL.iter().copied().filter(part).collect();
    let only = if let [step] = near.as_slice() { Some(*step) } else { None };
    Step::from_words(words).or(only).ok_or_else(|| {
        let list = |say: fn(&Step) -> String| Step::ALL.iter().map(say).collect::<Vec<_>>().join(", ");
        Failure::usage(
            words!("没有「{words}」这道程序。", "There is no step \"{words}\"."),
            Words {
                zh: format!("可以写：{}。", list(|step| format!("{}（{}）", step.id(), step.label().zh))),
                en: format!("One of: {}.", list(|step| step.id().to_owned())),
            },
        )
    })
}
