//! What the slots of a text stand for. Machines, systems and versions belong to the conversation, so
//! that an answer names what the question named; numbers are drawn where they stand.

use crate::clock::{Seconds, local, put};
use crate::conversation::Conversation;
use crate::rng::{Rng, mix};
use crate::template::{Slot, Template};
use crate::world::World;

const SYSTEMS: &[&str] = &[
    "Debian 12",
    "Ubuntu 22.04",
    "Ubuntu 24.04",
    "RHEL 9",
    "Rocky Linux 9",
    "Alpine 3.20",
    "Fedora 40",
    "FreeBSD 14",
    "Amazon Linux 2023",
    "openSUSE 15.6",
    "macOS 14",
    "Windows Server 2022",
];
const STREAMS: &[&str] = &[
    "orders",
    "payments",
    "telemetry",
    "sensors",
    "audit",
    "clicks",
    "invoices",
    "shipments",
    "sessions",
    "metrics.raw",
    "mail.out",
    "jobs",
    "orders.eu",
    "stock",
    "alerts",
];
const NODES: &[&str] = &[
    "rw-01",
    "rw-02",
    "rw-03",
    "broker-a",
    "broker-b",
    "mq1",
    "mq2",
    "node4",
    "stream-3",
    "hera",
    "zeus",
    "relay-west",
];
const PORTS: &[&str] = &["5680", "5681", "5690", "8443", "9092", "15680"];

/// The values for one message.
pub(crate) struct Facts<'a> {
    pub(crate) world: &'a World,
    pub(crate) conversation: &'a Conversation,
    /// When it is said: decides the versions.
    pub(crate) time: Seconds,
    /// How the two sides are called here.
    pub(crate) asker: &'a str,
    pub(crate) helper: &'a str,
}

impl Facts<'_> {
    /// Fills a template.
    pub(crate) fn tell(&self, template: &Template, rng: &mut Rng, out: &mut String) {
        template.fill(rng, out, &mut |slot, rng, out| self.value(slot, rng, out));
    }

    fn value(&self, slot: Slot, rng: &mut Rng, out: &mut String) {
        let topic = self.world.topics.list.get(self.conversation.topic);
        match slot {
            Slot::Version => out.push_str(self.world.calendar.versions(self.time).0),
            Slot::Older => out.push_str(self.world.calendar.versions(self.time).1),
            Slot::Asker => out.push_str(self.asker),
            Slot::Helper => out.push_str(self.helper),
            Slot::Docs => out.push_str(topic.map_or("", |topic| &topic.docs)),
            Slot::Area => out.push_str(topic.map_or("", |topic| &topic.area)),
            Slot::Node => out.push_str(self.steady(NODES, 0)),
            // A step other than the list's length, so that it is another one.
            Slot::Node2 => out.push_str(self.steady(NODES, 5)),
            Slot::Os => out.push_str(self.steady(SYSTEMS, 0)),
            Slot::Stream => out.push_str(self.steady(STREAMS, 0)),
            Slot::Port => out.push_str(self.steady(PORTS, 0)),
            Slot::Host => put(out, format_args!("{}.mq.example", self.steady(STREAMS, 7).replace('.', "-"))),
            Slot::Ip => {
                // 192.0.2.0/24 and 198.51.100.0/24 are for documentation (RFC 5737).
                let bits = mix(self.conversation.seed ^ 0x1b);
                let net = if bits & 1 == 0 { "192.0.2" } else { "198.51.100" };
                put(out, format_args!("{net}.{}", bits >> 8 & 0xff));
            }
            Slot::Time => {
                let at = local(self.time - 3_600 + rng.below(3_600) as Seconds, 0);
                put(out, format_args!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second()));
            }
            Slot::N => put(out, format_args!("{}", rng.between(2, 12))),
            Slot::N2 => put(out, format_args!("{}", rng.between(13, 60))),
            Slot::Big => {
                let digits = [1_000, 10_000, 100_000, 1_000_000];
                let scale = *rng.pick(&digits);
                put(out, format_args!("{}", scale + rng.below(scale * 8)));
            }
            Slot::Ms => put(out, format_args!("{}", rng.between(2, 90) * 10)),
            Slot::Secs => put(out, format_args!("{}", rng.between(1, 18) * 5)),
            Slot::Mb => put(out, format_args!("{}", 64 * rng.between(1, 32))),
            Slot::Gb => put(out, format_args!("{}", rng.between(2, 400))),
            Slot::Pct => put(out, format_args!("{}", rng.between(11, 97))),
            Slot::Pid => put(out, format_args!("{}", rng.between(101, 32_000))),
            Slot::Hex => put(out, format_args!("{:08x}", rng.next() as u32)),
        }
    }

    /// One of `list`, the same in the whole conversation; `step` gives another one.
    fn steady<'a>(&self, list: &[&'a str], step: usize) -> &'a str {
        let at = mix(self.conversation.seed ^ list.len() as u64) as usize % list.len();
        list[(at + step) % list.len()]
    }
}
