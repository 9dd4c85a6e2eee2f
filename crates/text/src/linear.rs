//! Linear models over what stands in a text: words, neighbours, parts of words, each with a weight for each
//! class. Small, quick, and every decision can be taken apart into the words that made it.
//!
//! There is no list of features: each is hashed into one of a fixed number of buckets (K. Weinberger et al.,
//! Feature Hashing for Large Scale Multitask Learning, 2009), and a bucket has the weights.

use std::ops::Range;

/// Buckets of every model, a power of two: collisions cost less than can be measured, and a model of three
/// classes has less than a megabyte.
pub const BUCKETS: usize = 1 << 18;
/// Groups of features that are each made to weigh the same, however many there are.
pub const GROUPS: usize = 10;

const MAGIC: &[u8] = b"SBLIN01\n";

/// FNV-1a of 64 bits (G. Fowler, L. C. Noll, K.-P. Vo), begun from the hash of what came before: the same on
/// every machine, for ever.
pub fn hash(begun: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(begun, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

/// What [`hash`] begins with.
pub const HASH_OF_NOTHING: u64 = 0xcbf2_9ce4_8422_2325;

/// Something that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Where its weights are, below [`BUCKETS`].
    pub bucket: u32,
    /// Its group, below [`GROUPS`].
    pub group: u8,
    /// The words of the text that it was seen in; empty where it is not in the words.
    pub place: Range<u32>,
}

/// All that stands in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bag {
    /// Its features, in no particular order.
    pub features: Vec<Feature>,
    counts: [u32; GROUPS],
}

impl Bag {
    /// Puts one in, known by a hash. Groups are told apart whatever the hash is.
    pub fn add(&mut self, group: u8, hash_of_it: u64, place: Range<usize>) {
        let group = group.min(GROUPS as u8 - 1);
        let mixed = hash(hash_of_it, &[group]);
        let bucket = (mixed ^ mixed >> 32) as u32 & (BUCKETS as u32 - 1);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.features.push(Feature { bucket, group, place: number(place.start)..number(place.end) });
        self.counts[usize::from(group)] += 1;
    }

    /// Keeps the first of each bucket: what is said twice counts once.
    pub fn unique(&mut self) {
        self.features.sort_by_key(|feature| feature.bucket);
        self.features.dedup_by_key(|feature| feature.bucket);
        self.counts = [0; GROUPS];
        for feature in &self.features {
            self.counts[usize::from(feature.group)] += 1;
        }
    }

    /// What one feature of each group counts: a group of n has the length 1 when each of its features counts
    /// 1 / √n.
    pub fn values(&self) -> [f32; GROUPS] {
        self.counts.map(|count| 1.0 / (count.max(1) as f32).sqrt())
    }
}

/// Weights of `CLASSES` classes.
pub struct Model<'a, const CLASSES: usize> {
    bias: [f32; CLASSES],
    scale: f32,
    weights: &'a [[u8; CLASSES]],
}

impl<'a, const CLASSES: usize> Model<'a, CLASSES> {
    /// Reads what [`write()`] wrote; nothing where it is not whole.
    pub fn read(bytes: &'a [u8]) -> Option<Model<'a, CLASSES>> {
        let bytes = bytes.strip_prefix(MAGIC)?;
        let (classes, bytes) = number(bytes)?;
        let (scale, mut bytes) = number(bytes)?;
        if usize::try_from(u32::from_le_bytes(classes)).ok()? != CLASSES {
            return None;
        }
        let mut bias = [0.0; CLASSES];
        for value in &mut bias {
            let (number, rest) = number(bytes)?;
            *value = f32::from_le_bytes(number);
            bytes = rest;
        }
        let (weights, rest) = bytes.as_chunks();
        (weights.len() == BUCKETS && rest.is_empty()).then_some(Model {
            bias,
            scale: f32::from_le_bytes(scale),
            weights,
        })
    }

    /// How likely each class is; the sum is 1.
    pub fn judge(&self, bag: &Bag) -> [f32; CLASSES] {
        let values = bag.values();
        let mut sums = self.bias;
        for feature in &bag.features {
            let value = self.scale * values[usize::from(feature.group)];
            for (sum, weight) in sums.iter_mut().zip(self.weights_of(feature)) {
                *sum += weight * value;
            }
        }
        softmax(sums)
    }

    /// The places in the text that spoke most for a class, and against the others; strongest first, not
    /// overlapping, `most` at most.
    pub fn why(&self, bag: &Bag, class: usize, most: usize) -> Vec<Range<usize>> {
        let values = bag.values();
        let mut places: Vec<(u32, u32, f32)> = Vec::new();
        for feature in bag.features.iter().filter(|feature| !feature.place.is_empty()) {
            let weights = self.weights_of(feature);
            let others = weights.iter().sum::<f32>() / CLASSES as f32;
            let speaks = (weights.get(class).copied().unwrap_or(0.0) - others) * values[usize::from(feature.group)];
            places.push((feature.place.start, feature.place.end, speaks));
        }
        places.sort_by_key(|place| (place.0, place.1));
        places.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            kept.2 += if same { next.2 } else { 0.0 };
            same
        });
        places.sort_by(|a, b| b.2.total_cmp(&a.2));
        let mut why: Vec<Range<usize>> = Vec::new();
        for (start, end, speaks) in places {
            let place = start as usize..end as usize;
            if why.len() == most || speaks <= 0.0 {
                break;
            }
            if !why.iter().any(|other| other.start < place.end && place.start < other.end) {
                why.push(place);
            }
        }
        why
    }

    /// The weights in the file's scale.
    fn weights_of(&self, feature: &Feature) -> [f32; CLASSES] {
        let square = |byte: u8| f32::from(byte.cast_signed()) * f32::from(byte.cast_signed()).abs();
        self.weights.get(feature.bucket as usize).map_or([0.0; CLASSES], |weights| weights.map(square))
    }
}

/// The file of a model: the magic `SBLIN01\n`; u32 classes; f32 scale; f32 bias of each class; then for each
/// bucket a signed byte for each class, whose square, with its sign, is to be multiplied with the scale: most
/// weights are small, and squares are fine where it matters. Little-endian.
pub fn write<const CLASSES: usize>(bias: &[f32; CLASSES], weights: &[[f32; CLASSES]]) -> Vec<u8> {
    let most = weights.iter().flatten().fold(f32::MIN_POSITIVE, |most, weight| most.max(weight.abs()));
    let scale = most / (127.0 * 127.0);
    let mut bytes = MAGIC.to_vec();
    bytes.extend((CLASSES as u32).to_le_bytes());
    bytes.extend(scale.to_le_bytes());
    bytes.extend(bias.iter().flat_map(|value| value.to_le_bytes()));
    let root = |weight: &f32| ((weight.abs() / scale).sqrt().copysign(*weight).round() as i8).cast_unsigned();
    bytes.extend(weights.iter().flatten().map(root));
    bytes
}

/// Likelihoods of sums of weights (the logistic function of several classes).
pub fn softmax<const CLASSES: usize>(sums: [f32; CLASSES]) -> [f32; CLASSES] {
    let most = sums.iter().fold(f32::MIN, |most, sum| most.max(*sum));
    let powers = sums.map(|sum| (sum - most).exp());
    let all: f32 = powers.iter().sum();
    powers.map(|power| power / all)
}

/// The likeliest class.
pub fn likeliest<const CLASSES: usize>(likely: &[f32; CLASSES]) -> usize {
    (0..CLASSES).max_by(|a, b| likely[*a].total_cmp(&likely[*b])).unwrap_or(0)
}

fn number(bytes: &[u8]) -> Option<([u8; 4], &[u8])> {
    bytes.split_first_chunk().map(|(number, rest)| (*number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag() -> Bag {
        let mut bag = Bag::default();
        bag.add(0, hash(HASH_OF_NOTHING, b"one"), 0..3);
        bag.add(0, hash(HASH_OF_NOTHING, b"two"), 4..7);
        bag
    }

    fn file() -> Vec<u8> {
        let mut weights = vec![[0.0; 2]; BUCKETS];
        weights[bag().features[1].bucket as usize] = [-1.0, 1.0];
        write(&[0.5, 0.0], &weights)
    }

    #[test]
    fn what_is_written_is_read_and_judges() {
        let file = file();
        let model = Model::<2>::read(&file).unwrap();
        let likely = model.judge(&bag());
        let expected = softmax([0.5 - 0.5_f32.sqrt(), 0.5_f32.sqrt()]);
        assert!((likely[1] - expected[1]).abs() < 1e-4 && likeliest(&likely) == 1);
        assert_eq!(model.why(&bag(), 1, 3).first(), Some(&(4..7)));
        assert!(model.why(&bag(), 0, 3).is_empty());
    }

    #[test]
    fn a_damaged_file_is_no_model() {
        let file = file();
        assert!(Model::<3>::read(&file).is_none());
        for end in [0, 8, 12, 20, 24, file.len() - 1] {
            assert!(Model::<2>::read(&file[..end]).is_none(), "cut at {end}");
        }
    }

    #[test]
    fn twice_counts_once() {
        let mut twice = bag();
        twice.add(0, hash(HASH_OF_NOTHING, b"one"), 8..11);
        assert!(twice.values()[0] < bag().values()[0]);
        twice.unique();
        assert_eq!(twice.values(), bag().values());
    }
}
