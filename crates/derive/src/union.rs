//! Disjoint sets: which messages, or identities, belong together.

/// A union-find over `0..len`, with path halving and the smaller number as the root.
#[derive(Debug)]
pub struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    /// Everything for itself.
    pub fn new(len: usize) -> Groups {
        Groups { parent: (0..len as u32).collect() }
    }

    /// One more member, for itself.
    pub fn add(&mut self) -> u32 {
        let number = self.parent.len() as u32;
        self.parent.push(number);
        number
    }

    /// The group of `member`, named by one of its members.
    pub fn find(&mut self, mut member: u32) -> u32 {
        while self.parent[member as usize] != member {
            let grand = self.parent[self.parent[member as usize] as usize];
            self.parent[member as usize] = grand;
            member = grand;
        }
        member
    }

    /// Puts the groups of `a` and `b` together.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_are_harmless() {
        let mut groups = Groups::new(5);
        groups.join(0, 1);
        groups.join(1, 2);
        groups.join(2, 0);
        groups.join(4, 3);
        assert_eq!((0..5).map(|member| groups.find(member)).collect::<Vec<_>>(), [0, 0, 0, 3, 3]);
    }
}
