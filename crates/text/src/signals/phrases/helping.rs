//! Helping: answers, pages pointed to, offers.

use super::{Theme, begins, not, says};
use crate::signals::Signal::{Answer, Offer, PointsToPage};
use crate::signals::matcher::Rule;

pub(super) const THEME: &[Theme] = &[
    (
        says(Answer),
        &[
            "(solution|fix|workaround|work around|work-around|easiest way|simplest way|best way) (is|was|would be|might be|could be) (to|that|using|by|in)",
            "(the|your) (problem|issue|error|mistake) (is|here is|seems to be|is probably|is likely) (that|in|because|due|your|the)",
            "(this|that|it's|that's) (happens|is|) (probably|likely|) because (you|your|of|the)",
            "(you're|you are) (probably |likely |most likely |) (missing|looking for|using the wrong|calling|not calling|passing|trying to|mixing|blocking)",
            "(what|all) you (want|need|have to do|need to do|are looking for|can do|could do|should do) is",
            "try (using|adding|setting|running|changing|removing|installing|passing|calling|putting|replacing|upgrading|disabling|enabling|downgrading|switching|restarting|reinstalling|rebooting)",
            "(yes|no|sure|yeah|nope|yep) you (can|can't|could|should|need|have|don't|cannot|just|may|must)",
            "(it|this) (should|will|would) work (if you|when you|once you|with|after you)",
            "(works for me|worked for me|i solved (it|this) by|i fixed (it|this) by|what i did was|what worked for me|what i do is|i usually|i ended up)",
            "(that|this|it|which|what) (means|is saying) (that |) (you|your|the)",
            "(du|sie) (kannst|können|musst|müssen|solltest|sollten) (das |es |einfach |) (mit|über|den|die|in)",
            "(tu|vous) (peux|pouvez|dois|devez|devriez) (utiliser|essayer|installer|ajouter|faire)",
            "(puedes|debes|tienes que|prueba|intenta|pode|tente|você (pode|deve|precisa)) (usar|con|instalar|hacer|a|de)",
        ],
    ),
    (
        Rule::First(Answer),
        &[
            "you (can|could|should|need to|have to|must|might want to|may want to|just need to|probably want to|only need to|'ll need to|'ll have to)",
            "you'll (need|have|want) to",
        ],
    ),
    (
        Rule::Then(Answer),
        &[
            "(use|try|set|add|install|run|do|call|pass|check|change|put|write|remove|create|configure|enable|disable|specify|override|subclass|start|look|upgrade|update|define|replace|wrap|edit|type|select|click|download|boot|mount|reboot|build|import|implement|return|consider|delete|restart|switch|make|get)",
        ],
    ),
    (
        begins(Answer),
        &[
            "try (this|that|with|to|it|sudo|the|a|adding|using|running)",
            "use (the|a|this|that|sudo|apt-get|something like)",
            "just (use|run|type|install|add|do|set|try)",
            "make sure (that |) (you|your|the|it)",
            "check (that|if|whether|your|the|out)",
            "have you tried",
            "did you try",
            "you forgot (to|the|a)",
        ],
    ),
    (
        not(Answer),
        &[
            "(if|can|could|would|will|do|did|should|that|what|when|how|before|so|hope|whether|wish|once|as|unless|let me know (what|if|when)) you (can|could|should|need|have|want|might|may)",
            "i (can|could|should|need) (try|use)",
            "(i|we|i've|i'm|after|tried|been|and|started|without|i was|considered|instead of) (tried |was |) (try|by|trying) (using|adding|setting)",
            "you can (see|find) (the|my|it|a) (full|code|log|output|error|config|traceback|patch)",
        ],
    ),
    (
        says(PointsToPage),
        &[
            "rtfm",
            "(is|are|it's|its|this is|that's) (well |) (documented|described|explained) (here|there|at|in the|on the|under)",
            "(siehe|schau|lies) (in |dir |) (die|der|das) (doku|dokumentation|anleitung|faq|wiki|handbuch)",
            "(voir|lisez|lire|regarde|consultez) (la|le) (doc|documentation|wiki|faq|manuel)",
            "(mira|lee|consulta|ver|veja|leia|consulte) (la|el|a|o) (documentación|documentação|wiki|faq|manual)",
        ],
    ),
    (
        Rule::First(PointsToPage),
        &[
            "(see|read|check|check out|look at|have a look at|take a look at|refer to|consult|documented in|described in|explained in|covered in) (the|our|its)",
        ],
    ),
    (
        Rule::Then(PointsToPage),
        &[
            "(docs|documentation|faq|wiki|manual|man page|manpage|user guide|tutorial|howto|how-to|readme|api docs|release notes|changelog|reference manual)",
        ],
    ),
    (
        not(PointsToPage),
        &[
            "(i|we|i've|i have|having|after|already|couldn't|can't|don't|didn't) (already|also|) (see|read|checked|look at|looked at|reading|searched|followed|find|understand)",
            "(nothing|not|isn't|n't) (it's |) (in|documented in|described in|explained in|mentioned in|covered in) the",
            "add (it|this|that) to the",
            "should be (in|documented in|described in|explained in|mentioned in) the",
        ],
    ),
    (
        says(Offer),
        &[
            "(happy|glad|willing) to (help|review|test|contribute|submit|send|assist|lend a hand|work on|volunteer|write|take|pitch in|provide)",
            "(i can|i could|i will|i want to|i would like to|i would love to|i'd like to|i'd love to|i'll|i wish to) (help you|help out|help with|help on|help the|help test|help fix|help if|contribute|volunteer|lend a hand|pitch in|get involved)",
            "let me know (if|how|what|whether|where) (i can|you need|there's anything|there is anything|you want|you'd like|i could|i may) (help|any help|i can|me to|contribute|anything|assist|do|a hand|some help|do to help)",
            "(i'll|i will|i can|we'll|let me) (look into|work on|review|submit|send|write|prepare|put together|come up with|tackle) (it|this|that|a patch|a pr|a pull request|a fix|a test|some docs|your patch|your pr)",
            "(i|we) volunteer (to|for)",
            "count me in",
            "(i'm|i am|we're|we are) looking for (a way|ways) to (contribute|help|get involved)",
            "feel free to (ping|contact|ask|email|mail|message|reach out to|pm) (me|us)",
            "(i'm|i am) available (to|for|if)",
            "(ich kann|ich könnte|kann ich) (gerne |gern |dabei |) helfen",
            "je (peux|veux bien|serais ravi d') (aider|contribuer|vous aider)",
            "(puedo|quiero|quisiera|me gustaría|posso|gostaria de) (ayudar|contribuir|colaborar|ajudar)",
        ],
    ),
    (
        Rule::First(Offer),
        &[
            "(i'd|i would|i'm|i am|we'd|we're|we would) (be|) (more than|very|quite|) (happy|glad|willing|pleased|ready|prepared) to",
            "(i'd|i would|i'm|i am) (be|) interested in",
        ],
    ),
    (
        Rule::Then(Offer),
        &[
            "(help|helping|contribute|contributing|review|reviewing|test|testing|work on|working on|volunteer|submit|write|send|maintain|maintaining|take|assist|prepare|provide|implement|document|translate|join|mentor|mentoring|volunteering)",
        ],
    ),
    (
        not(Offer),
        &[
            "(anyone|anybody|someone|somebody|who|you|you'd|you're|nobody|people|they) (be|would be|is|are|) (happy|glad|willing|interested)",
            "(glad|happy) to (hear|see|know|report|announce)",
            "can't help",
            "(can|could|how) i help (it|but)",
            "i can('t| not) help",
        ],
    ),
];
