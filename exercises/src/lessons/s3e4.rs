//! UptimeSquirrel, first version: one site after the other.

use recorder::order::{Amount, Rule};

use super::round::{self, Round, Sites};
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::squirrel::Patient;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s3e4",
    files: round::FILES,
    parameters: &[round::N_SITES],
    always: &[
        round::IN_ORDER,
        round::ALL_SITES,
        round::EACH_ONCE,
        round::AS_KNOWN,
        round::NOTIFIED_ONCE,
        round::UP_COUNTED,
        round::DOWN_COUNTED,
        round::TOTAL_AFTERWARDS,
        round::ELAPSED_LAST,
        round::ELAPSED_IS_RESULT,
        round::SERVER_ENDED,
        round::NO_THREADS,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                round::SOME_DOWN,
                AT_ONCE_NOTIFIED,
                round::ONE_AT_ONCE,
                round::TIME_OF_ONE,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[round::NONE_DOWN, round::ONE_AT_ONCE, round::TIME_OF_ONE],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                round::ONE_DOWN,
                AT_ONCE_NOTIFIED, // One time-out, one notification, and the answers of all others.
                Rule::Unless {
                    param: "sites",
                    rule: &Rule::TimeAtLeast {
                        ms: Amount::IfAny(
                            &N,
                            &Amount::Plus(
                                &Amount::Is(2500),
                                &Amount::Times(
                                    &Amount::Is(100),
                                    &Amount::Minus(&N, &Amount::Is(1)),
                                ),
                            ),
                        ),
                    },
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const N: Amount = Amount::Param("n_sites");
/// Nothing else is done between finding a site down and telling its owner.
const AT_ONCE_NOTIFIED: Rule = Rule::Alternating {
    a: "down",
    b: "notify",
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let sites = match stage.scene() {
        Scene::First => Sites::Mixed,
        Scene::Second => Sites::Healthy,
        Scene::Third => Sites::OneSlow,
    };
    let round = Round::begin(stage, sites, 1)?;
    let client = Patient::new(round.squirrel.settings)?;
    let mut verdicts = Vec::new();
    for site in &round.sites {
        verdicts.push(round.squirrel.look(&client, "main", site)?);
    }
    round.end(&verdicts)
}
