//! One round of UptimeSquirrel: what its versions (s3e4 to s3e9) share. They differ in who checks which site when;
//! the sites, what a check says, and the report at the end are the same, and stand here.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};
use serde_json::{Value, json};

use crate::lesson::{FileParameter, LessonError, Outcome, Parameter};
use crate::primitive::time::{Duration, Instant};
use crate::squirrel::{
    Log, Notify, NotifyError, Patient, Settings, Site, TestServer, Verdict, read_list,
};
use crate::stage::Stage;

/// Every version takes a list of the user's.
pub(super) const FILES: &[FileParameter] = &[FileParameter { name: "sites" }];
/// How many addresses the test server's list has.
pub(super) const N_SITES: Parameter = Parameter {
    name: "n_sites",
    min: 0,
    max: 64,
    default: 33,
};
/// How many workers there are, where the scenario leaves it open.
pub(super) const WORKERS: Parameter = Parameter {
    name: "workers",
    min: 1,
    max: 16,
    default: 4,
};

/// How long the test server takes for an answer.
const LATENCY_MS: u64 = 100;
/// How long it takes to tell an owner.
const NOTIFY_MS: u64 = 500;
/// The same with a list of the user's, which may have many sites that are down.
const NOTIFY_BRIEFLY_MS: u64 = 100;
/// How long a slow site is waited for.
const SLOW_MS: u64 = 2000;
/// Far more than a healthy site needs, on any machine.
const AMPLE: Duration = Duration::from_secs(20);
/// A list of the user's is checked within this time, even if no site answers.
const BUDGET: Duration = Duration::from_secs(40);
/// The most one site of the user's gets of it.
const LONGEST: Duration = Duration::from_secs(5);

const N: Amount = Amount::Param("n_sites");
pub(super) const VERDICT: Pick = Pick::what(&["up", "down"]);
const DOWN: Pick = Pick::what(&["down"]);
const ELAPSED: Pick = Pick::what(&["elapsed"]);

/// In the list of the test server, the fifth of every eleven is down.
pub(super) const DOWN_SITES: Amount =
    Amount::Over(&Amount::Plus(&N, &Amount::Is(6)), &Amount::Is(11));

pub(super) const ALL_SITES: Rule = Rule::Unless {
    param: "sites",
    rule: &Rule::Result {
        field: "sites",
        is: N,
    },
};
pub(super) const EACH_ONCE: Rule = Rule::EachOnce {
    of: VERDICT,
    field: "site",
    from: 0,
    count: Amount::Result("sites"),
};
/// Every site of the test server gets the verdict that is known of it.
pub(super) const AS_KNOWN: Rule = Rule::Result {
    field: "surprises",
    is: Amount::Is(0),
};
pub(super) const SOME_DOWN: Rule = Rule::Unless {
    param: "sites",
    rule: &Rule::Count {
        of: DOWN,
        is: DOWN_SITES,
    },
};
pub(super) const NONE_DOWN: Rule = Rule::Unless {
    param: "sites",
    rule: &Rule::Count {
        of: DOWN,
        is: Amount::Is(0),
    },
};
pub(super) const ONE_DOWN: Rule = Rule::Unless {
    param: "sites",
    rule: &Rule::Count {
        of: DOWN,
        is: Amount::Min(&Amount::Is(1), &N),
    },
};
pub(super) const NOTIFIED_ONCE: Rule = Rule::SameValues {
    put: "down",
    take: "notify",
};
pub(super) const NOTIFIED_AFTERWARDS: Rule = Rule::Balance {
    less: "notify",
    more: "down",
};
pub(super) const UP_COUNTED: Rule = Rule::ResultCounts {
    field: "up",
    of: Pick::what(&["up"]),
};
pub(super) const DOWN_COUNTED: Rule = Rule::ResultCounts {
    field: "down",
    of: DOWN,
};
pub(super) const TOTAL_AFTERWARDS: Rule = Rule::AllBefore {
    first: Pick::what(&["up", "down", "notify", "failed", "blocked"]),
    then: Pick::what(&["total"]),
};
pub(super) const ELAPSED_LAST: Rule = Rule::Last { of: ELAPSED };
pub(super) const ELAPSED_IS_RESULT: Rule = Rule::ResultIsValue {
    field: "elapsed_ms",
    of: ELAPSED,
};
pub(super) const IN_ORDER: Rule = Rule::Rising {
    of: VERDICT,
    field: "site",
};
/// The test server is the only process besides main.
pub(super) const SERVER_ENDED: Rule = Rule::Unless {
    param: "sites",
    rule: &Rule::AllEnded {
        kind: LaneKind::Process,
        count: Amount::Is(1),
    },
};
pub(super) const NO_THREADS: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(0),
};

/// What has to be waited for, all in all.
pub(super) const WORK: Amount = Amount::Plus(
    &Amount::Times(&Amount::Is(LATENCY_MS as i64), &Amount::Result("requests")),
    &Amount::Times(&Amount::Is(NOTIFY_MS as i64), &Amount::Result("down")),
);
const SHARED_BY_ONE: Rule = Rule::TimeAtLeast { ms: WORK };
const SHARED_BY_WORKERS: Rule = Rule::TimeAtLeast {
    ms: Amount::Over(&WORK, &Amount::Param("workers")),
};
const SHARED_BY_SIXTEEN: Rule = Rule::TimeAtLeast {
    ms: Amount::Over(&WORK, &Amount::Is(16)),
};
/// So many workers cannot wait for all of it in less than this.
pub(super) const TIME_OF_ONE: Rule = Rule::Unless {
    param: "sites",
    rule: &SHARED_BY_ONE,
};
pub(super) const TIME_OF_WORKERS: Rule = Rule::Unless {
    param: "sites",
    rule: &SHARED_BY_WORKERS,
};
pub(super) const TIME_OF_SIXTEEN: Rule = Rule::Unless {
    param: "sites",
    rule: &SHARED_BY_SIXTEEN,
};
/// All notifications, one after the other.
pub(super) const TIME_OF_NOTIFICATIONS: Rule = Rule::Unless {
    param: "sites",
    rule: &Rule::TimeAtLeast {
        ms: Amount::Times(&Amount::Is(NOTIFY_MS as i64), &Amount::Result("down")),
    },
};
pub(super) const ONE_AT_ONCE: Rule = Rule::ResultAtMost {
    field: "most_at_once",
    max: Amount::Is(1),
};
pub(super) const WORKERS_AT_ONCE: Rule = Rule::ResultAtMost {
    field: "most_at_once",
    max: Amount::Param("workers"),
};
pub(super) const SIXTEEN_AT_ONCE: Rule = Rule::ResultAtMost {
    field: "most_at_once",
    max: Amount::Is(16),
};
/// Workers share the waiting well.
pub(super) const MUCH_FASTER: Rule = Rule::TimeAtMost {
    ms: Amount::Over(&Amount::Times(&WORK, &Amount::Is(2)), &Amount::Is(3)),
};

/// Which sites the test server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sites {
    /// Most are up, some are down; some know only GET.
    Mixed,
    /// All are up.
    Healthy,
    /// The one in the middle never answers.
    OneSlow,
}

/// Whoever checks sites and tells about it. Every worker has its own.
#[derive(Clone)]
pub(super) struct Squirrel {
    pub(super) stage: Stage,
    pub(super) settings: Settings,
    /// How long it takes to tell an owner.
    pub(super) notify_ms: u64,
}

impl Squirrel {
    /// Checks a site, says what was found and tells the owner if it is down, one thing after the other.
    pub(super) fn look(
        &self,
        client: &Patient,
        who: &str,
        site: &Site,
    ) -> Result<Verdict, LessonError> {
        let verdict = client.check(&site.address)?;
        self.tell(who, site, &verdict);
        if !verdict.is_up() {
            self.stage.sleep(self.notify_ms);
            self.notify(who, site, &verdict)?;
        }
        Ok(verdict)
    }

    /// Says what a check has found.
    pub(super) fn tell(&self, who: &str, site: &Site, verdict: &Verdict) {
        tell(&self.stage, who, site, verdict);
    }

    /// Tells the owner.
    pub(super) fn notify(
        &self,
        who: &str,
        site: &Site,
        verdict: &Verdict,
    ) -> Result<(), NotifyError> {
        let log = Log(|site: &Site, verdict: &Verdict| {
            self.stage.print(who, "notify", down(site, verdict));
        });
        log.notify(site, verdict)
    }
}

/// The sites of a round, and the test server they are on.
pub(super) struct Round {
    pub(super) squirrel: Squirrel,
    pub(super) sites: Vec<Site>,
    /// Of the test server's sites it is known what a check has to say.
    known: Option<Vec<Verdict>>,
    server: Option<TestServer>,
    begin: Instant,
}

impl Round {
    /// The user's list if there is one, else sites of a test server, which is started for this round.
    pub(super) fn begin(stage: &Stage, sites: Sites, workers: u32) -> Result<Round, LessonError> {
        let begin = Instant::now();
        if let Some(path) = stage.file("sites") {
            let sites = read_list(path)?;
            let share = BUDGET * workers / u32::try_from(sites.len().max(1)).unwrap_or(u32::MAX);
            return Ok(Round {
                squirrel: Squirrel {
                    stage: stage.clone(),
                    settings: Settings {
                        timeout: share.clamp(Settings::FLOOR, LONGEST),
                        proxy: true,
                    },
                    notify_ms: NOTIFY_BRIEFLY_MS,
                },
                sites,
                known: None,
                server: None,
                begin,
            });
        }
        let server = TestServer::start(Duration::from_millis(LATENCY_MS))?;
        let count = stage.count("n_sites") as usize;
        let (addresses, known): (Vec<String>, Vec<Verdict>) = (0..count)
            .map(|number| site(&server, sites, number, count))
            .unzip();
        let timeout = match sites {
            Sites::OneSlow => Settings::scaled(Duration::from_millis(SLOW_MS)),
            Sites::Mixed | Sites::Healthy => AMPLE,
        };
        Ok(Round {
            squirrel: Squirrel {
                stage: stage.clone(),
                settings: Settings {
                    timeout,
                    proxy: false,
                },
                notify_ms: NOTIFY_MS,
            },
            sites: (0..)
                .zip(addresses)
                .map(|(number, address)| Site { number, address })
                .collect(),
            known: Some(known),
            server: Some(server),
            begin,
        })
    }

    /// The report: one verdict for each site, in the order of the list.
    pub(super) fn end(self, verdicts: &[Verdict]) -> Result<Outcome, LessonError> {
        let up = verdicts.iter().filter(|verdict| verdict.is_up()).count();
        let total = json!({"up": up, "down": verdicts.len() - up});
        self.squirrel.stage.print("main", "total", total);
        let surprises = match &self.known {
            Some(known) => {
                let differ = known
                    .iter()
                    .zip(verdicts)
                    .filter(|(known, found)| known != found);
                differ.count() + known.len().abs_diff(verdicts.len())
            }
            None => 0,
        };
        let outcome = Outcome::none()
            .with("up", up)
            .with("down", verdicts.len() - up)
            .with("surprises", surprises);
        self.close(outcome)
    }

    /// The end of every round: what the test server has counted, and how long it took.
    pub(super) fn close(mut self, outcome: Outcome) -> Result<Outcome, LessonError> {
        let elapsed_ms = Value::from(self.begin.elapsed().as_micros() as f64 / 1000.0);
        let counts = match self.server.take() {
            Some(server) => {
                let counts = server.counts()?;
                server.stop()?;
                counts
            }
            None => Default::default(),
        };
        self.squirrel
            .stage
            .print("main", "elapsed", elapsed_ms.clone());
        Ok(outcome
            .with("sites", self.sites.len())
            .with("requests", counts.requests)
            .with("most_at_once", counts.most_at_once)
            .with("elapsed_ms", elapsed_ms))
    }
}

/// Says what a check has found.
pub(super) fn tell(stage: &Stage, who: &str, site: &Site, verdict: &Verdict) {
    match verdict {
        Verdict::Up(status) => {
            let found = json!({"site": site.number, "address": site.address, "status": status});
            stage.print(who, "up", found);
        }
        _ => stage.print(who, "down", down(site, verdict)),
    }
}

/// What is said of a site that is down.
pub(super) fn down(site: &Site, verdict: &Verdict) -> Value {
    json!({"site": site.number, "address": site.address, "why": verdict.word()})
}

/// A site of the test server, and what is known of it.
fn site(server: &TestServer, sites: Sites, number: usize, count: usize) -> (String, Verdict) {
    match sites {
        Sites::OneSlow if number == count / 2 => (server.slow(number), Verdict::TimedOut),
        Sites::Mixed if number % 11 == 4 => match number / 11 % 6 {
            0 | 2 => (server.unknown(number), Verdict::BadName),
            1 => (server.status(405, number), Verdict::Down(405)),
            3 => (server.status(404, number), Verdict::Down(404)),
            4 => (server.status(500, number), Verdict::Down(500)),
            _ => (server.refused(number), Verdict::Refused),
        },
        Sites::Mixed if number % 11 == 7 => (server.no_head(number), Verdict::Up(200)),
        _ => (server.up(number), Verdict::Up(200)),
    }
}
