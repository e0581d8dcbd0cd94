//! What is not modelled has words in every language.

use messages::Language;
use rehearsal::lack::Lack;
use rehearsal::repertoire::{self, GAPS};

/// Names of code are the same in all languages.
fn is_code(name: &str) -> bool {
    name.contains("::")
}

#[test]
fn what_the_model_does_not_have_is_said_in_every_language() {
    let lacks = Lack::ALL.iter().map(|lack| lack.id());
    let gaps = GAPS.iter().map(|gap| gap.lacks);
    for name in lacks.chain(gaps).filter(|name| !is_code(name)) {
        let id = format!("contract-lacks-{name}");
        let mut texts: Vec<String> = Language::ALL
            .iter()
            .map(|language| {
                let text = messages::try_format(*language, &id, &[]);
                text.unwrap_or_else(|| panic!("{id} in {}", language.code()))
            })
            .collect();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), Language::ALL.len(), "{id}: {texts:?}");
    }
}

#[test]
fn what_the_model_does_not_have_has_a_name_and_no_sentence() {
    let unknown = repertoire::find("no exercise").err();
    let gaps = GAPS.iter().map(|gap| gap.lacks);
    let lacks = Lack::ALL.iter().map(|lack| lack.id());
    for name in gaps.chain(lacks).chain(unknown) {
        assert!(!name.contains(' '), "{name}");
    }
    for lack in Lack::ALL {
        assert_eq!(Lack::named(lack.id()), Some(*lack));
    }
}
