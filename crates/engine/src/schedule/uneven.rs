//! Uneven durations out of names and a number: no two deployments of a real pipeline take the same
//! time, and even ones hide what a sliding window does.
//!
//! Whole numbers only, so that every machine finds the same ones. Each name is hashed once.

use crate::{Deployment, Ms, Stage, Target, Work};

/// The hashes of a stage's names.
pub(crate) struct UnevenDurations {
    stage: u64,
    services: Vec<u64>,
    targets: Vec<u64>,
    /// `true` where a strategy repeats pairs, so that the names alone don't tell deployments apart.
    repeats: bool,
}

impl UnevenDurations {
    /// `None` for a stage that deploys nothing.
    pub(crate) fn new(stage: &Stage, seed: u64) -> Option<Self> {
        let Work::Deploy(deploy) = &stage.work else { return None };
        let services: Vec<u64> =
            deploy.services.items.iter().map(|service| hash([Some(&*service.name.text)])).collect();
        let targets: Vec<u64> = deploy.targets.items.iter().map(hash_of_target).collect();
        let pairs = services.len() * targets.len();
        let repeats = stage.looping.as_ref().is_some_and(|looping| looping.children.len() > pairs);
        let stage = mix(hash([Some(&*stage.identifier)]), seed);
        Some(Self { stage, services, targets, repeats })
    }

    /// Duration of a deployment, where `usual` is the usual one.
    pub(crate) fn of(&self, index: u32, deployment: Deployment, usual: Ms) -> Ms {
        let name = |hashes: &[u64], index: Option<u32>| {
            index.and_then(|index| hashes.get(index as usize).copied()).unwrap_or_default()
        };
        let pair = mix(
            mix(self.stage, name(&self.services, deployment.service)),
            name(&self.targets, deployment.target),
        );
        spread(usual, if self.repeats { mix(pair, u64::from(index)) } else { pair })
    }
}

/// From half of `usual` to twice as long, in whole seconds: six of ten are a bit shorter than usual,
/// one of fifteen takes more than one and a half times as long, and the average is near to `usual`.
/// As it is where that range holds no whole second.
fn spread(usual: Ms, random: u64) -> Ms {
    // The average of two numbers is seldom at the ends; its square leans to the short ones.
    let average = ((random >> 32) + (random & 0xFFFF_FFFF)) / 2;
    let share = u128::from((average * average) >> 32);
    let usual_ms = u128::from(usual.0);
    let ms = usual_ms / 2 + ((3 * usual_ms * share) >> 33);
    let (shortest, longest) = (usual_ms.div_ceil(2).div_ceil(1000), 2 * usual_ms / 1000);
    if shortest > longest {
        return usual;
    }
    let seconds = ((ms + 500) / 1000).clamp(shortest, longest);
    u64::try_from(seconds * 1000).map_or(usual, Ms)
}

fn hash_of_target(target: &Target) -> u64 {
    let name = |name: &Option<crate::Reference>| name.as_ref().map(|name| name.text.clone());
    let (environment, infrastructure) = (name(&target.environment), name(&target.infrastructure));
    hash([environment.as_deref(), infrastructure.as_deref(), target.detail.as_deref()])
}

/// FNV-1a over the texts, each closed by a byte that no text holds.
fn hash<const N: usize>(texts: [Option<&str>; N]) -> u64 {
    let bytes = texts.iter().flat_map(|text| {
        let text = text.map_or(&[][..], str::as_bytes);
        text.iter().copied().chain([0xFF])
    });
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// SplitMix64: each bit of both changes half of the bits.
fn mix(a: u64, b: u64) -> u64 {
    let mut z = (a ^ b.rotate_left(32)).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Assumptions, Child, LoopValues, Looping, OnFailure, Plan, samples, schedule};

    fn seconds(plan: &Plan, assumptions: Assumptions) -> Vec<u64> {
        let run = schedule(plan, &assumptions);
        let runs = run.stages.iter().flat_map(|stage| &stage.runs);
        runs.map(|run| (run.end - run.start).0 / 1000).collect()
    }

    fn uneven(seed: u64) -> Assumptions {
        Assumptions { uneven: Some(seed), ..Assumptions::default() }
    }

    #[test]
    fn names_and_seed_decide_and_a_given_duration_wins() {
        let stages = [samples::deploy((2, true), (2, true), 0), samples::other("b")];
        let plan = samples::plan(stages);
        let found = seconds(&plan, uneven(1));
        // On every machine the same; what deploys nothing keeps the default.
        assert_eq!(found, [30, 72, 63, 55, 60]);
        assert_ne!(found, seconds(&plan, uneven(2)));
        // In another order each pair keeps its own.
        let by_service = samples::plan([samples::deploy((2, false), (2, true), 0)]);
        assert_eq!(seconds(&by_service, uneven(1)), [0, 2, 1, 3].map(|i| found[i]));
        let durations = samples::minutes(&[("S2@I1", 5), ("@I2", 7)]);
        let some_given = Assumptions { durations, ..uneven(1) };
        assert_eq!(seconds(&plan, some_given)[..4], [found[0], 300, 420, 420]);
        let durations = samples::minutes(&[("stage:a", 9)]);
        let all_given = Assumptions { durations, ..uneven(1) };
        assert_eq!(seconds(&plan, all_given), [540, 540, 540, 540, 60]);
    }

    #[test]
    fn children_of_a_strategy_differ_too() {
        let child =
            |position| Child { position, service: Some(0), target: Some(0), is_placeholder: false };
        let looping = Looping {
            span: None,
            values: LoopValues::Times,
            children: (0..8).map(child).collect(),
            max_concurrency: 8,
            written_limit: None,
            on_failure: OnFailure::default(),
            node_name: None,
        };
        let stage = samples::deploy((1, true), (1, true), 0);
        let plan = samples::plan([Stage { looping: Some(looping), ..stage }]);
        let mut found = seconds(&plan, uneven(1));
        found.dedup();
        assert!(found.len() > 4, "{found:?}");
    }

    #[test]
    fn most_are_a_bit_short_and_some_are_long() {
        let all: Vec<u64> = (0..10_000).map(|i| spread(Ms(600_000), mix(7, i)).0).collect();
        assert!(all.iter().all(|ms| (300_000..=1_200_000).contains(ms) && ms % 1000 == 0));
        let between = |from: u64, to: u64| all.iter().filter(|ms| (from..to).contains(ms)).count();
        let shares = [between(300_000, 600_000), between(900_000, 1_200_001)];
        assert!((6_000..7_000).contains(&shares[0]), "{shares:?}");
        assert!((500..900).contains(&shares[1]), "{shares:?}");
        let average = all.iter().sum::<u64>() / 10_000;
        assert!((540_000..600_000).contains(&average), "{average}");
    }

    #[test]
    fn no_duration_leaves_its_range() {
        for usual in
            [0, 1, 250, 499, 500, 999, 1_000, 1_001, 1_500, 60_000, 3_153_600_000_000, u64::MAX]
        {
            for random in [0, 1, u64::MAX / 2, u64::MAX, 0xFFFF_FFFF] {
                let found = spread(Ms(usual), random).0;
                let range = u128::from(usual).div_ceil(2)..=2 * u128::from(usual);
                assert!(range.contains(&u128::from(found)), "{usual} {random}: {found}");
                assert!(found == usual || found.is_multiple_of(1000));
            }
        }
    }
}
