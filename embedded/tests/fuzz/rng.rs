//! Random choices that a seed decides.

/// How much rarer nonsense is in a calm sequence than in a wild one.
const CALM: usize = 12;

/// SplitMix64.
#[derive(Clone, Debug)]
pub(crate) struct Rng {
    state: u64,
    calm: bool,
}

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = Self { state: seed, calm: false };
        // Whoever talks nonsense all the time does not get far.
        rng.calm = !rng.once_in(3);
        rng
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than this.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }

    /// Once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Once in so many times in a wild sequence, and seldom in a calm one: for what makes no sense.
    pub(crate) fn odd(&mut self, times: usize) -> bool {
        self.once_in(if self.calm { CALM * times } else { times })
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    pub(crate) fn try_pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(self.pick(from)) }
    }

    pub(crate) fn maybe<T>(&mut self, times: usize, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.once_in(times) { Some(value(self)) } else { None }
    }

    /// Bytes without a meaning.
    pub(crate) fn garbage(&mut self) -> Vec<u8> {
        let length = self.below(40);
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }

    /// A message that is damaged.
    pub(crate) fn damage(&mut self, mut message: Vec<u8>) -> Vec<u8> {
        for _ in 0..=self.below(3) {
            let at = self.below(message.len() + 1);
            match self.below(4) {
                0 => message.truncate(at),
                1 => message.insert(at, self.next().to_le_bytes()[0]),
                2 => {
                    let garbage = self.garbage();
                    message.splice(at..at, garbage);
                }
                _ => {
                    if let Some(byte) = message.get_mut(at) {
                        *byte ^= 1 << self.below(8);
                    }
                }
            }
        }
        message
    }
}
