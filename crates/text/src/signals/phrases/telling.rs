//! Telling: stories of use, announcements, events.

use super::{Theme, begins, not, says};
use crate::signals::Signal::{Announcement, Event, Story};
use crate::signals::matcher::Rule;

pub(super) const THEME: &[Theme] = &[
    (
        Rule::First(Story),
        &[
            "(we|i|my company|our company|our team|my team|our site) (use|run|deployed|deploy|migrated|switched|moved|chose|adopted|built|wrote|maintain|operate|serve|process|handle|ship|rely on|have used|have run|used|ran|depend on)",
            "(we've|we have|i've|i have|we had|i had) (been |now |successfully |recently |) (using|running|used|run|deployed|migrated|switched|moved|adopted|built|maintaining|operating|serving)",
            "(we're|we are|i'm|i am) (currently |now |happily |successfully |) (using|running|operating|serving|processing|maintaining)",
            "wir (benutzen|nutzen|verwenden|betreiben|setzen)",
            "nous (utilisons|exploitons|avons migré)",
            "(usamos|utilizamos|nós usamos)",
        ],
    ),
    (
        Rule::Then(Story),
        &[
            "in production",
            "in our production",
            "for (the past|the last|over|more than|almost|about|many|several|) (\\d|two|three|four|five|six|seven|eight|ten|twenty|many|several|a few|a couple of|) (years|months)",
            "for (a|over a|about a|more than a|almost a) (year|decade|long time|while)",
            "since (19|20)",
            "for (ages|years|a while now|quite some time)",
            "(at|for) (my|our) (company|work|day job|employer|university|customers|clients|startup|lab|organization|organisation)",
            "(millions|thousands|hundreds|billions) of (users|requests|messages|connections|customers|servers|nodes|machines|devices|clients)",
            "im produktivbetrieb",
            "en production depuis",
            "en producción (desde|hace)",
            "em produção (há|desde)",
        ],
    ),
    (
        says(Story),
        &[
            "success story",
            "(we|i) wrote (a|up a) (blog post|case study|blog) (about|on|describing) (how|our|using|my)",
            "(in production|production use) (for|since) (over |more than |about |almost |the last |the past |) (\\d|a|two|three|four|five|six|many|several|years|months|20)",
        ],
    ),
    (
        not(Story),
        &[
            "(can|could|should|do|did|if|how do|would|when|how can|how should|what should) (we|i) (use|run|deploy|switch|move|migrate|used|deployed|handle|process)",
            "(we|i) (use|used|run) to",
        ],
    ),
    (
        says(Announcement),
        &[
            "(pleased|happy|proud|excited|thrilled|delighted|glad) to (announce|introduce|present|release|inform you)",
            "(i|we) (hereby |) (announce|would like to announce|'d like to announce|want to announce)",
            "(it is|it's) (my|our|a) (great |) (pleasure|honor|honour) to announce",
            "on behalf of the",
            "(is|are) now (available|released|generally available|live|open for)",
            "(has|have) (just |now |finally |) been released",
            "(is|are) (now |finally |) available (for download|on pypi|from|at|in maven central|on maven central|as a)",
            "(just|now|finally|i've|we've) (released|published|uploaded|tagged) (version|a new|the|v|my|new)",
            "new (release|version) (of |is |) (available|is out|has been|released)",
            "release notes",
            "ankündigung",
            "wir freuen uns (euch |ihnen |) (anzukündigen|bekannt)",
            "(nous sommes heureux|j'ai le plaisir) (de |d') (annoncer|vous annoncer)",
            "(nos complace|me complace|tenemos el placer de) anunciar",
            "temos o prazer de anunciar",
        ],
    ),
    (begins(Announcement), &["announcing", "[announce]", "[ann]", "announce:", "announcement:", "ann:"]),
    (
        not(Announcement),
        &[
            "(if|when|once|until|not|hasn't|which|that) (it|this|that|) (is|are|has|have)",
            "(see|read|in|check|from|the) (the |) release notes",
        ],
    ),
    (
        says(Event),
        &[
            "join us (for|at|on|in|this|next|tomorrow|today)",
            "(register|sign up) (now|here|at|today|for the (event|conference|meetup|workshop|webinar|sprint))",
            "call for (papers|participation|proposals|speakers|talks|presentations|submissions)",
            "cfp (is |) (open|closes|deadline|for)",
            "save the date",
            "rsvp",
            "(will|is going to|is scheduled to) (be held|take place)",
            "takes place (on|at|in)",
            "see you (at|in|there at) (the |) (fosdem|pycon|europython|linuxcon|apachecon|meetup|conference|sprint|sprints|summit|guadec|akademy|debconf|oscon)",
            "(meetup|conference|hackathon|sprint|workshop|webinar|office hours|community call|community meeting|next meeting|bug day) (is|are|will be|) (on|at|tomorrow|this|next|scheduled|starts|takes)",
            "(i'm|i am|i'll be|i will be|we'll be|we are|we're) (speaking|giving a talk|presenting|hosting|sprinting|holding|organizing|organising) (at|a|an|the|on)",
            "registration (is |) (now |) (open|opens|closes)",
            "tickets are (now |) (available|on sale)",
            "(treffen|stammtisch|konferenz) (ist |findet |) (am|statt|in)",
            "(aura|auront) lieu (le|à|au)",
            "(se celebrará|tendrá lugar|acontecerá|será realizado)",
        ],
    ),
    (
        not(Event),
        &[
            "(call|garbage collection|request|lookup|event|change|conversion|initialization|processing|update|work|migration|action|callback|switch|handshake|discussion|test|exception) (will|to|is going to) (be held|take place)",
            "(see|sign up|register) (here|at) (for the code|the bug|the callback|the handler)",
        ],
    ),
];
