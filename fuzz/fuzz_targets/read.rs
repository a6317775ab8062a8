//! Any text is read: no panic, spans inside the text, triggers where their spans say, amounts the right way round only
//! where nothing is told, and the same words give the same reading again.

#![no_main]

use cailiang::domain::label::Lang;
use cailiang::reading::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let reading = read(text);
    let length = text.chars().count();
    let measures = reading.measures.iter().map(|measure| measure.span);
    let triggers = reading.measures.iter().filter_map(|measure| measure.trigger.as_ref());
    let problems = reading.problems.iter().map(|problem| problem.span);
    for [start, end] in measures.chain(problems).chain(triggers.clone().map(|trigger| trigger.span)) {
        assert!(start < end && end <= length, "span {start}..{end} of {length}");
    }
    for trigger in triggers {
        let [start, end] = trigger.span;
        assert_eq!(trigger.text, text.chars().skip(start).take(end - start).collect::<String>());
    }
    for problem in &reading.problems {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!problem.message(text, lang).is_empty());
        }
    }
    let report = serde_json::to_string(&reading.report(text, Lang::Zh)).expect("a reading is JSON");
    let again = serde_json::to_string(&read(text).report(text, Lang::Zh)).expect("a reading is JSON");
    assert_eq!(report, again);
});
